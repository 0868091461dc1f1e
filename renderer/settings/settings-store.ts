import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import type { AboutView } from '../../shared/start.ts';
import type { MainProcess } from '../main-process.ts';

export interface SettingsStore {
  readonly settings: Settings;
  readonly load: () => Promise<void>;
  /** Shows the change at once; main's answer then stands. */
  readonly change: (patch: SettingsPatch) => Promise<void>;
  readonly about: () => Promise<AboutView>;
}

export function createSettingsStore(main: MainProcess): StoreApi<SettingsStore> {
  const store = createStore<SettingsStore>()((set) => ({
    // Until main answers, which is before the first frame.
    settings: { theme: 'system', sorts: {}, panel: 'none', firstRunDone: true },
    load: async () => set({ settings: await main.ask('settings.get') }),
    change: async (patch) => {
      set(({ settings }) => ({ settings: { ...settings, ...withoutUndefined(patch) } }));
      set({ settings: await main.ask('settings.change', patch) });
    },
    about: () => main.ask('start.about'),
  }));
  main.on('settings.changed', (settings) => store.setState({ settings }));
  return store;
}

function withoutUndefined(patch: SettingsPatch): Partial<Settings> {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
}

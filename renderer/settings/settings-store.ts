import { createStore, type StoreApi } from 'zustand/vanilla';
import { defaultSoundSettings } from '../../shared/default-sound.ts';
import type { Settings, SettingsPatch } from '../../shared/settings.ts';
import type { RestorePreview, Snapshot, SnapshotId } from '../../shared/snapshots.ts';
import type { AboutView } from '../../shared/start.ts';
import type { MainProcess } from '../main-process.ts';

export interface SettingsStore {
  readonly settings: Settings;
  readonly load: () => Promise<void>;
  /** Shows the change at once; main's answer then stands. */
  readonly change: (patch: SettingsPatch) => Promise<void>;
  readonly about: () => Promise<AboutView>;
  /** Copies of the library, newest first. */
  readonly snapshots: () => Promise<readonly Snapshot[]>;
  /** False: nothing was new. */
  readonly makeSnapshot: () => Promise<boolean>;
  readonly previewRestore: (id: SnapshotId) => Promise<RestorePreview>;
  readonly restoreSnapshot: (id: SnapshotId) => Promise<void>;
}

export function createSettingsStore(main: MainProcess): StoreApi<SettingsStore> {
  /** Changes that main has not answered yet: till then what it says is older than what is shown. */
  let pending = 0;
  const store = createStore<SettingsStore>()((set) => ({
    // Until main answers, which is before the first frame.
    settings: {
      theme: 'system',
      sorts: {},
      panel: 'none',
      firstRunDone: true,
      notifications: true,
      tray: true,
      keepPlaying: false,
      metricsLevel: 0,
      sound: defaultSoundSettings,
    },
    load: async () => set({ settings: await main.ask('settings.get') }),
    change: async (patch) => {
      set(({ settings }) => ({ settings: patched(settings, patch) }));
      pending += 1;
      const settings = await main.ask('settings.change', patch).finally(() => (pending -= 1));
      if (pending === 0) set({ settings });
    },
    about: () => main.ask('start.about'),
    snapshots: () => main.ask('snapshots.all'),
    makeSnapshot: () => main.ask('snapshots.make'),
    previewRestore: (id) => main.ask('snapshots.preview', { id }),
    restoreSnapshot: (id) => main.ask('snapshots.restore', { id }),
  }));
  main.on('settings.changed', (settings) => {
    if (pending === 0) store.setState({ settings });
  });
  return store;
}

function patched(settings: Settings, patch: SettingsPatch): Settings {
  const sound = { ...settings.sound, ...withoutUndefined(patch.sound ?? {}) };
  return { ...settings, ...withoutUndefined(patch), sound };
}

/** What is left out of a patch and what is undefined in it are the same. */
function withoutUndefined<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Fields]?: Exclude<Fields[Key], undefined>;
  };
}

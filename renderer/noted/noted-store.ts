import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Figures, InspectorView } from '../../shared/metrics.ts';
import type { MainProcess } from '../main-process.ts';

export interface NotedStore {
  /** As they were when last asked for; null: not yet. */
  readonly inspector: InspectorView | null;
  readonly figures: Figures | null;
  readonly load: () => Promise<void>;
  /** JSON of what would leave of the last day. */
  readonly preview: (level: 1 | 2) => Promise<string>;
  readonly removeAll: () => Promise<void>;
}

export function createNotedStore(main: MainProcess): StoreApi<NotedStore> {
  return createStore<NotedStore>()((set, get) => ({
    inspector: null,
    figures: null,
    load: async () => {
      const [inspector, figures] = await Promise.all([
        main.ask('metrics.inspect'),
        main.ask('metrics.figures'),
      ]);
      set({ inspector, figures });
    },
    preview: (level) => main.ask('metrics.preview', { level }),
    removeAll: async () => {
      await main.ask('metrics.removeAll');
      await get().load();
    },
  }));
}

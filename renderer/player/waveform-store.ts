import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Id } from '../../shared/track.ts';
import type { MainProcess } from '../main-process.ts';

/** The outline of the one track that the seek bar shows. */
export interface WaveformStore {
  readonly trackId: Id | null;
  /** A byte for each of equally long stretches; null: not known yet. */
  readonly bytes: Uint8Array | null;
  /** Null: of none. */
  readonly show: (trackId: Id | null) => Promise<void>;
}

export function createWaveformStore(main: MainProcess): StoreApi<WaveformStore> {
  const store = createStore<WaveformStore>()((set, get) => ({
    trackId: null,
    bytes: null,
    show: async (trackId) => {
      if (trackId !== get().trackId) set({ trackId, bytes: null });
      if (trackId === null) return;
      const bytes = await main.ask('sounds.waveform', { id: trackId });
      if (trackId === get().trackId) set({ bytes });
    },
  }));

  main.on('sounds.changed', ({ id }) => {
    const { trackId, show } = store.getState();
    if (id === trackId) void show(id);
  });
  return store;
}

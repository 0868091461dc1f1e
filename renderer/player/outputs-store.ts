import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SoundOutput } from '../../shared/sound-settings.ts';

export interface OutputsStore {
  /** As of the last look, without the system's own choice. */
  readonly outputs: readonly SoundOutput[];
  /** Asks the system which there are. */
  readonly look: () => Promise<void>;
}

export function createOutputsStore(
  look: () => Promise<readonly SoundOutput[]>,
): StoreApi<OutputsStore> {
  return createStore<OutputsStore>()((set) => ({
    outputs: [],
    look: async () => set({ outputs: await look() }),
  }));
}

import type { SavedPlace } from './saved-session.ts';

/** Where the session outlives the process. The library process holds it; main calls it remotely. */
export interface SessionStore {
  /** Null: nothing was ever saved. What is damaged inside is judged by `restoreSession`. */
  load(): Promise<SavedSession | null>;
  /** One transaction. A part that is absent stays as it was saved last. */
  save(part: SavedPart): Promise<void>;
}

export interface SavedPart {
  readonly queue?: SavedQueue;
  readonly place?: SavedPlace;
}

/** As read back: unchecked until `restoreSession` has judged it. */
export interface SavedSession {
  readonly queue: SavedQueue;
  /** A `SavedPlace` if all is well; null when it was missing or unreadable. */
  readonly place: unknown;
}

/** The heavy part, written only when the queue itself changes. */
export interface SavedQueue {
  /** Parallel, in list order. */
  readonly entryIds: Uint32Array;
  readonly trackIds: Uint32Array;
  /** Play order as list positions; null when it is the list's own. */
  readonly order: Uint32Array | null;
  /** Shuffled rounds gone by, oldest first, one after the other, each as long as the list. */
  readonly past: Uint32Array;
}

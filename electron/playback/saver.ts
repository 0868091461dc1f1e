import type { SavedPart } from './saved-session.ts';
import { isSavedAlike, savedPlaceOf, savedQueueOf } from './saved-session.ts';
import type { SessionStore } from './session-store.ts';
import type { SessionState } from './session-state.ts';

export interface Saver {
  /** To be called after every step: what changed is written, a mere position once a second. */
  readonly follow: (state: SessionState) => void;
  /** Writes what is not written yet, and waits for it. */
  readonly flush: () => Promise<void>;
}

const positionInterval = 1000;

/**
 * Writes the session one part at a time, always the newest; the queue's long arrays only when they
 * are others. A write that fails is tried again with the next change or tick.
 * @param monotonic milliseconds
 */
export function createSaver(
  store: SessionStore,
  first: SessionState,
  monotonic: () => number,
  trouble: (what: string, cause: unknown) => void,
): Saver {
  let newest = first;
  let saved = first;
  let savedAt = monotonic();
  let writing: Promise<void> | null = null;

  /** Until nothing is left to write at once: what changed while it wrote is written next. */
  async function write(): Promise<void> {
    do {
      const state = newest;
      savedAt = monotonic();
      try {
        await store.save(partOf(saved, state));
        saved = state;
      } catch (error) {
        trouble('The session was not saved', error);
        return;
      }
    } while (!isOnlyPosition(saved, newest));
  }

  function start(): Promise<void> {
    writing ??= write().finally(() => {
      writing = null;
    });
    return writing;
  }

  return {
    follow(state) {
      newest = state;
      if (state === saved || writing !== null) return;
      const waits = isOnlyPosition(saved, state) && monotonic() - savedAt < positionInterval;
      if (!waits) void start();
    },
    async flush() {
      await writing;
      if (newest !== saved) await start();
    },
  };
}

function partOf(saved: SessionState, state: SessionState): SavedPart {
  const place = savedPlaceOf(state);
  if (isSavedAlike(saved.queue, state.queue)) return { place };
  return { place, queue: savedQueueOf(state.queue) };
}

function isOnlyPosition(one: SessionState, other: SessionState): boolean {
  return (
    one.queue === other.queue &&
    one.now === other.now &&
    one.status === other.status &&
    one.seek === other.seek &&
    one.volume === other.volume &&
    one.muted === other.muted &&
    one.repeat === other.repeat &&
    one.timesLeft === other.timesLeft &&
    // What was earned is not left to the next second.
    one.breaks.quietSeconds >= other.breaks.quietSeconds
  );
}

import { randomUUID } from 'node:crypto';
import type { NewEvent } from './event-log.ts';
import type { EventData, EventType } from './registry.ts';

/** Notes an event of the registry. `at`, in milliseconds since 1970, when it is not now. */
export type Note = <Type extends EventType>(type: Type, data: EventData<Type>, at?: number) => void;

/** Gathers events and hands them to the journal some at a time. */
export interface Recorder {
  readonly note: Note;
  /**
   * Hands over what has been gathered; to be awaited before quitting.
   * @throws when it can't be written now: it is kept, and goes with the next
   */
  readonly flush: () => Promise<void>;
}

export interface RecorderParts {
  readonly record: (events: readonly NewEvent[]) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly trouble: (what: string, cause: unknown) => void;
}

const gatherMilliseconds = 3000;
/** While nothing can be written the newest are kept. */
const mostGathered = 1000;

export function createRecorder({ record, now, trouble }: RecorderParts): Recorder {
  let gathered: readonly NewEvent[] = [];
  let timer: NodeJS.Timeout | null = null;

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const events = gathered;
    gathered = [];
    if (events.length === 0) return;
    try {
      await record(events);
    } catch (error) {
      // The journal takes each event once, should it have come there all the same.
      gathered = [...events, ...gathered].slice(-mostGathered);
      throw error;
    }
  }

  return {
    note(type, data, at = now()) {
      gathered = [...gathered, { id: randomUUID(), type, at, data }].slice(-mostGathered);
      timer ??= setTimeout(() => {
        void flush().catch((error: unknown) => trouble('Events could not be noted', error));
      }, gatherMilliseconds);
    },
    flush,
  };
}

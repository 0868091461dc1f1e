import { withinSeconds } from '../scan/pipeline.ts';
import type { StartThread, Thread } from '../scan/threads.ts';

/** Hears files in a thread of its own: a disk that sleeps would keep every query waiting. */
export interface Hearing {
  /** @returns the hash of a file's sound; null: it has none that can be told. Never rejects. */
  readonly hear: (path: string) => Promise<string | null>;
  readonly close: () => void;
}

const secondsPerFile = 10;
/** A thread holds memory, so one that has nothing to do is ended. */
const idleMilliseconds = 5000;

export function createHearing(startThread: StartThread): Hearing {
  let thread: Thread | null = null;
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;

  function close(): void {
    clearTimeout(timer);
    thread?.stop();
    thread = null;
  }

  return {
    async hear(path) {
      clearTimeout(timer);
      const mine = (thread ??= startThread());
      asked += 1;
      const sound = await withinSeconds(secondsPerFile * asked, mine.work.sounds.hear(path)).catch(
        () => null,
      );
      asked -= 1;
      if (sound === 'too_long' && thread === mine) close();
      if (asked === 0) timer = setTimeout(close, idleMilliseconds).unref();
      return sound === 'too_long' ? null : sound;
    },
    close,
  };
}

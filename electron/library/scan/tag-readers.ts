import { withinSeconds } from './pipeline.ts';
import type { FileReading, FileToAsk } from './thread-work.ts';
import type { StartThread, Thread } from './threads.ts';

/** Reads files in threads, which are begun when first needed. */
export interface TagReaders {
  /**
   * In the order of the files. Never rejects: a file that ends the thread, or takes more than ten
   * seconds, is skipped.
   */
  readonly read: (files: readonly FileToAsk[]) => Promise<readonly FileReading[]>;
  readonly close: () => void;
}

/**
 * A file that takes longer waits for its disk, which is asked for two at a time then. From memory a
 * second thread gains nothing: it would take the writer's processor.
 */
const waitingMilliseconds = 0.5;

interface Reader {
  thread: Thread | null;
  /** What it has been asked for and not answered. */
  asked: number;
}

export function createTagReaders(
  startThread: StartThread,
  { secondsPerFile = 10 }: { readonly secondsPerFile?: number } = {},
): TagReaders {
  const [first, second]: readonly [Reader, Reader] = [
    { thread: null, asked: 0 },
    { thread: null, asked: 0 },
  ];
  let isWaiting = false;
  /** For files that may end their thread: one at a time, so that none is taken for another. */
  const apart: Reader = { thread: null, asked: 0 };
  let lastApart: Promise<unknown> = Promise.resolve();
  let isClosed = false;

  /** @returns null when the thread died of it or did not answer in time */
  async function readBy(
    reader: Reader,
    files: readonly FileToAsk[],
  ): Promise<readonly FileReading[] | null> {
    if (isClosed) return null;
    const thread = (reader.thread ??= startThread());
    reader.asked += 1;
    const filesAsked = files.length * reader.asked;
    const startedAt = performance.now();
    const readings = await withinSeconds(
      secondsPerFile * reader.asked,
      thread.work.tags.read(files),
    ).catch(() => null);
    reader.asked -= 1;
    isWaiting = performance.now() - startedAt > waitingMilliseconds * filesAsked;
    if (readings !== null && readings !== 'too_long') return readings;
    thread.stop();
    if (reader.thread === thread) reader.thread = null;
    return null;
  }

  async function readApart(files: readonly FileToAsk[]): Promise<readonly FileReading[]> {
    const all: FileReading[] = [];
    for (const file of files) {
      const readings = await readBy(apart, [file]);
      all.push(...(readings ?? [{ kind: 'skipped', reason: 'unreadable' } as const]));
    }
    return all;
  }

  return {
    async read(files) {
      const reader = isWaiting && second.asked < first.asked ? second : first;
      const readings = await readBy(reader, files);
      if (readings !== null) return readings;
      const reading = lastApart.then(() => readApart(files));
      lastApart = reading;
      return reading;
    },
    close() {
      isClosed = true;
      for (const { thread } of [first, second, apart]) thread?.stop();
    },
  };
}

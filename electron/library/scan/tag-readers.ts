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
  /** On the clock of `performance`; null: its thread is still to give its first answer. */
  answeredAt: number | null;
}

export function createTagReaders(
  startThread: StartThread,
  { secondsPerFile = 10 }: { readonly secondsPerFile?: number } = {},
): TagReaders {
  const [first, second] = [newReader(), newReader()] as const;
  let isWaiting = false;
  /** For files that may end their thread: one at a time, so that none is taken for another. */
  const apart = newReader();
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
    const askedAt = performance.now();
    const readings = await withinSeconds(
      secondsPerFile * reader.asked,
      thread.work.tags.read(files),
    ).catch(() => null);
    reader.asked -= 1;
    note(reader, askedAt, files.length);
    if (readings !== null && readings !== 'too_long') return readings;
    thread.stop();
    if (reader.thread === thread) Object.assign(reader, { thread: null, answeredAt: null });
    return null;
  }

  /** A thread answers in turn, and the first time only when it has begun. */
  function note(reader: Reader, askedAt: number, files: number): void {
    const before = reader.answeredAt;
    reader.answeredAt = performance.now();
    if (before === null) return;
    const milliseconds = reader.answeredAt - Math.max(askedAt, before);
    isWaiting = milliseconds > waitingMilliseconds * files;
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

function newReader(): Reader {
  return { thread: null, asked: 0, answeredAt: null };
}

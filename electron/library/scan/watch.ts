import { stat } from 'node:fs/promises';
import type { Id } from '../../../shared/track.ts';
import type { SourceRow } from '../sources.ts';
import { isOnNetwork } from './watch-mounts.ts';
import { createQuiet, type Quiet, type QuietTimes } from './watch-quiet.ts';
import { watchFolder } from './watch-folder.ts';

export interface WatchTimes extends QuietTimes {
  /** How often it is looked whether a source is there. */
  readonly probeMilliseconds: number;
  /** How often a source that can't be watched is looked through. */
  readonly pollMilliseconds: number;
}

export const usualTimes: WatchTimes = {
  quietMilliseconds: 1000,
  longestMilliseconds: 20_000,
  probeMilliseconds: 20_000,
  pollMilliseconds: 5 * 60_000,
};

export interface WatchParts {
  readonly times: WatchTimes;
  readonly sources: () => readonly SourceRow[];
  /** Asks for a look at these folders of a source, relative to it; null: at all of it. */
  readonly look: (source: Id, folders: readonly string[] | null) => void;
  readonly holdsTracks: (source: Id, folder: string) => boolean;
  /** Tells why a source is not watched. */
  readonly fault: (message: string, cause: unknown) => void;
}

/** Follows what happens to the sources on disk while the app runs. */
export interface Watch {
  /** Follows the sources that there are now, and those alone. */
  readonly follow: () => void;
  /** Resolves when all that can be watched is. */
  readonly ready: () => Promise<void>;
  readonly close: () => Promise<void>;
}

interface Followed {
  readonly source: SourceRow;
  /** Which folder stood at the source's path; null: none. Another drive is another folder. */
  folder: string | null;
  unwatch: (() => Promise<void>) | null;
  /** When it was last looked through, on the clock of `performance`. */
  lookedAt: number;
  /** What is under way for it; a lost network drive may keep one waiting for ever. */
  working: Promise<void> | null;
  /**
   * Folders came or went. On Linux each folder is watched for itself, and one that is new, with what
   * lies in it, is not: the watch is begun anew.
   */
  isStale: boolean;
  ended: boolean;
  readonly quiet: Quiet<string | null>;
}

export function createWatch(parts: WatchParts): Watch {
  const { times, look, fault } = parts;
  const all = new Map<Id, Followed>();
  let timer: NodeJS.Timeout | null = null;

  function begin(source: SourceRow): void {
    const followed: Followed = {
      source,
      folder: null,
      unwatch: null,
      lookedAt: performance.now(),
      working: null,
      isStale: false,
      ended: false,
      quiet: createQuiet(times, (folders: readonly (string | null)[]) =>
        settled(followed, folders),
      ),
    };
    all.set(source.id, followed);
    probe(followed);
  }

  async function end(followed: Followed): Promise<void> {
    all.delete(followed.source.id);
    followed.ended = true;
    followed.quiet.close();
    await followed.unwatch?.();
  }

  function settled(followed: Followed, folders: readonly (string | null)[]): void {
    const touched = folders.filter((folder) => folder !== null);
    if (touched.length === folders.length) {
      look(followed.source.id, touched);
      return;
    }
    followed.isStale = true;
    probe(followed);
  }

  /** Sees whether the source is there, and the same; watches it anew if not. */
  function probe(followed: Followed): void {
    followed.working ??= bringUpToDate(followed)
      .catch((error: unknown) => fault(`Following ${followed.source.path}`, error))
      .finally(() => {
        followed.working = null;
        if (followed.isStale && !followed.ended) probe(followed);
      });
  }

  async function bringUpToDate(followed: Followed): Promise<void> {
    const { path } = followed.source;
    const wasStale = followed.isStale;
    followed.isStale = false;
    const folder = await folderAt(path);
    if (folder === followed.folder && !wasStale) {
      const isPolled = followed.unwatch === null && folder !== null;
      const lookedFor = performance.now() - followed.lookedAt;
      if (isPolled && lookedFor >= times.pollMilliseconds) lookThrough(followed);
      return;
    }
    followed.folder = folder;
    await followed.unwatch?.();
    followed.unwatch = null;
    if (folder !== null && !(await isOnNetwork(path))) followed.unwatch = await watch(followed);
    if (isEnded(followed)) await followed.unwatch?.();
    // Looked at after the watch began, so that nothing falls between the two.
    else lookThrough(followed);
  }

  function lookThrough(followed: Followed): void {
    followed.lookedAt = performance.now();
    if (!followed.ended) look(followed.source.id, null);
  }

  async function watch(followed: Followed): Promise<(() => Promise<void>) | null> {
    const { id, path } = followed.source;
    try {
      return await watchFolder(path, {
        touched: (folder) => followed.quiet.say(folder),
        reshaped: () => followed.quiet.say(null),
        holdsTracks: (folder) => !followed.ended && parts.holdsTracks(id, folder),
      });
    } catch (error) {
      const minutes = times.pollMilliseconds / 60_000;
      fault(`${path} can't be watched and is looked through every ${minutes} minutes`, error);
      return null;
    }
  }

  return {
    follow() {
      const sources = parts.sources().filter(({ kind }) => kind !== 'opened');
      for (const followed of all.values()) {
        const isSame = sources.some(
          ({ id, path }) => id === followed.source.id && path === followed.source.path,
        );
        if (!isSame) void end(followed);
      }
      for (const source of sources) if (!all.has(source.id)) begin(source);
      timer ??= setInterval(() => {
        for (const followed of all.values()) probe(followed);
      }, times.probeMilliseconds);
    },
    async ready() {
      for (const { working } of all.values()) await working;
    },
    async close() {
      if (timer !== null) clearInterval(timer);
      await Promise.all([...all.values()].map(end));
    },
  };
}

/** Asked anew: it may have ended while the disk was asked. */
function isEnded({ ended }: Followed): boolean {
  return ended;
}

/** @returns what tells one folder from another at the same path; null: there is none */
async function folderAt(path: string): Promise<string | null> {
  return stat(path).then(
    (found) => (found.isDirectory() ? `${found.dev}:${found.ino}` : null),
    () => null,
  );
}

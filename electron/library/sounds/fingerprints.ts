import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import type { Typing } from '../typing.ts';
import { type FoundTrack, followSound } from './moved-sounds.ts';
import { partSound } from './part-sound.ts';

/** A file whose sound is not known, or not since it changed. */
export interface UnheardFile {
  readonly id: Id;
  readonly root: string;
  readonly folder: string;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  /** Hash of the sound that it had when it was last heard. */
  readonly sound: string | null;
  /** Null: the track is the whole file. */
  readonly partStart: number | null;
}

export interface FingerprintParts {
  readonly db: Database;
  /** Hash of a file's sound, null when it has none that can be told. May reject. */
  readonly hear: (path: string) => Promise<string | null>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** While true nothing is read: a scan needs the disk. */
  readonly isBusy: () => boolean;
  readonly typing: Pick<Typing, 'paused'>;
  /** A missing track has its file again. */
  readonly followed: (track: FoundTrack) => void;
  /** Reading ended, and something was heard. */
  readonly heard: () => void;
  readonly fault: (message: string, cause: unknown) => void;
}

/** Reads in the background how files sound, so that they are known again wherever they turn up. */
export interface Fingerprints {
  /** Goes through what was not heard yet, unless it does already. */
  readonly begin: () => void;
  /** Resolves when nothing is left to be heard, or reading gave way to a scan. */
  readonly idle: () => Promise<void>;
  /** Ends it for good. */
  readonly close: () => Promise<void>;
}

const filesAtOnce = 32;
/** The disk and this process are left alone as long as they were kept busy, within these bounds. */
const shortestRestMilliseconds = 2;
const longestRestMilliseconds = 200;

const unheardFiles = query<UnheardFile>(
  `SELECT tracks.id, sources.path AS root, folder, name, size, modified, audio_hash AS sound,
    part_start AS partStart
  FROM tracks JOIN sources ON sources.id = source_id
  WHERE audio_modified IS NOT modified AND tracks.id > ? AND state = 'here' AND away = 0
  ORDER BY tracks.id LIMIT ?`,
);

export function createFingerprints(parts: FingerprintParts): Fingerprints {
  const { db, isBusy } = parts;
  let closed = false;
  let running: Promise<void> | null = null;

  function isOver(): boolean {
    return closed || isBusy();
  }

  async function run(): Promise<void> {
    let last = 0;
    let files = db.all(unheardFiles, last, filesAtOnce);
    if (files.length === 0) return;
    while (files.length > 0) {
      for (const file of files) {
        if (isOver()) break;
        last = file.id;
        const startedAt = performance.now();
        const found = await hearFile(parts, file);
        if (found !== null) parts.followed(found);
        const busy = performance.now() - startedAt;
        await wait(Math.min(Math.max(busy, shortestRestMilliseconds), longestRestMilliseconds));
        await parts.typing.paused();
      }
      files = isOver() ? [] : db.all(unheardFiles, last, filesAtOnce);
    }
    if (!closed) parts.heard();
  }

  return {
    begin() {
      if (closed || running !== null) return;
      running = run()
        .catch((error: unknown) => parts.fault('Listening to files stopped', error))
        .finally(() => (running = null));
    },
    idle: async () => {
      while (running !== null) await running;
    },
    async close() {
      closed = true;
      await running;
    },
  };
}

/**
 * Hears one file and notes it. A file that changes meanwhile, or is not as its row says, is left for
 * the next time.
 * @returns what else became known by it: that a lost track turned up; null: nothing
 */
export async function hearFile(
  { db, hear, now }: Pick<FingerprintParts, 'db' | 'hear' | 'now'>,
  file: UnheardFile,
): Promise<FoundTrack | null> {
  const path = join(file.root, file.folder, file.name);
  if (!(await isUnchanged(path, file))) return null;
  const sound = partSound(await hear(path).catch(() => null), file);
  if (!(await isUnchanged(path, file))) return null;
  return db.transaction(() => {
    const { changes } = db.run(
      `UPDATE tracks SET audio_hash = ?, audio_modified = modified
      WHERE id = ? AND size = ? AND modified = ? AND state = 'here'`,
      sound,
      file.id,
      file.size,
      file.modified,
    );
    if (changes === 0 || sound === null) return null;
    return followSound(db, { id: file.id, sound, soundBefore: file.sound }, now());
  });
}

async function isUnchanged(path: string, { size, modified }: UnheardFile): Promise<boolean> {
  return stat(path).then(
    (found) => found.size === size && Math.floor(found.mtimeMs) === modified,
    () => false,
  );
}

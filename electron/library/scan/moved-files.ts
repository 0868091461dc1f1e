import type { BigIntStats } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import type { PreparedTags } from '../prepare-tags.ts';
import type { ChangedFile } from './compare.ts';
import { partSound } from '../sounds/part-sound.ts';
import type { FilePlace } from '../track-rows.ts';

interface Lookalike {
  readonly id: Id;
  readonly root: string;
  readonly folder: string;
  readonly name: string;
  readonly state: 'here' | 'missing' | 'removed';
  readonly away: number;
  readonly sound: string | null;
  readonly partStart: number | null;
}

const lookalikes = query<Lookalike>(
  `SELECT tracks.id, sources.path AS root, folder, name, state, away, audio_hash AS sound,
    part_start AS partStart
  FROM tracks JOIN sources ON sources.id = source_id
  WHERE size = ? AND modified = ? AND format = ? AND abs(seconds - ?) < 0.05
    AND artist = ? AND (? = '' OR title = ?) AND part = ? AND tracks.id <> ?
  ORDER BY name = ? DESC, tracks.id LIMIT 20`,
);

const soundOf = query<{ readonly format: string; readonly seconds: number }>(
  'SELECT format, seconds FROM tracks WHERE id = ?',
);

const sameStamp = query<{ readonly id: number }>(
  `SELECT wanted.key AS id FROM json_each(?) AS wanted WHERE EXISTS (
    SELECT 1 FROM tracks WHERE size = wanted.value->>0 AND modified = wanted.value->>1)`,
);

/** Those of the files for which `ownerOf` may find a row: one question for all that are new. */
export function mayHaveMoved<
  Read extends {
    readonly file: Pick<FilePlace, 'size' | 'modified'> & Pick<ChangedFile, 'id' | 'hasParts'>;
  },
>(db: Database, reads: readonly Read[]): Read[] {
  const stamps = reads.map(({ file }) => [file.size, file.modified]);
  const known = new Set(db.all(sameStamp, JSON.stringify(stamps)).map(({ id }) => id));
  return reads.filter(({ file }, index) => file.id !== null || file.hasParts || known.has(index));
}

/** A file that was read, and where it lies. */
export interface ReadFile {
  readonly path: string;
  readonly file: FilePlace;
  readonly tags: Pick<PreparedTags, 'format' | 'seconds' | 'artists' | 'title' | 'part'>;
  /** The row that stands at its place; null: none. */
  readonly id: Id | null;
}

/**
 * The row that a new or changed file belongs to: that of a file with the same size, time, length and
 * tags that lay elsewhere and is not there any more; else the one at its place, if it is as long. A file on a drive
 * that is away did not move, and of a file and its copy the one that stayed keeps the row.
 * @param taken rows given out already in this scan; the one found is added
 * @param hear the hash of a file's sound, null when it has none
 * @returns null: the file is a new track, as far as can be told before all are read
 */
export async function ownerOf(
  db: Database,
  read: ReadFile,
  taken: Set<Id>,
  hear: (path: string) => Promise<string | null>,
): Promise<Id | null> {
  const { file, tags } = read;
  const rows = db.all(
    lookalikes,
    file.size,
    file.modified,
    tags.format,
    tags.seconds,
    tags.artists.join(', '),
    tags.title,
    tags.title,
    tags.part,
    read.id ?? 0,
    file.name,
  );
  for (const row of rows) {
    if (taken.has(row.id) || (await isThere(row, read, hear))) continue;
    // Another file may have got it while the disk was asked.
    if (taken.has(row.id)) continue;
    taken.add(row.id);
    return row.id;
  }
  if (read.id === null || taken.has(read.id) || !isAsLong(db, read.id, tags)) return null;
  taken.add(read.id);
  return read.id;
}

/** New tags leave a file as long as it was; otherwise another file may have taken its name. */
function isAsLong(db: Database, id: Id, { format, seconds }: ReadFile['tags']): boolean {
  const row = db.first(soundOf, id);
  return row?.format === format && Math.abs(row.seconds - seconds) < 0.05;
}

async function isThere(
  row: Lookalike,
  { path, file }: ReadFile,
  hear: (path: string) => Promise<string | null>,
): Promise<boolean> {
  if (row.state !== 'here') return false;
  if (row.away === 1) return true;
  const before = join(row.root, row.folder, row.name);
  const [old, now] = await Promise.all([fileAt(before), fileAt(path)]);
  if (old === 'none' || old === 'unknown') return old === 'unknown';
  if (now === 'none' || now === 'unknown') return true;
  if (await isOneFile(before, old, path, now)) return false;
  // Another file lies there now, unless it is the same sound with other tags.
  const isChanged =
    Number(old.size) !== file.size || Math.floor(Number(old.mtimeMs)) !== file.modified;
  return !isChanged || (row.sound !== null && partSound(await hear(before), row) === row.sound);
}

/**
 * Disks that ignore case, or the form in which accents are written, answer to an old spelling too;
 * so do links to folders. A file with two names of its own (a hard link) is two files to us.
 */
async function isOneFile(
  before: string,
  old: BigIntStats,
  path: string,
  now: BigIntStats,
): Promise<boolean> {
  if (old.dev !== now.dev || old.ino !== now.ino) return false;
  if (old.nlink === 1n) return true;
  return (await realpath(before)) === (await realpath(path));
}

async function fileAt(path: string): Promise<BigIntStats | 'none' | 'unknown'> {
  return stat(path, { bigint: true }).catch((error: unknown) => {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'none' : 'unknown';
  });
}

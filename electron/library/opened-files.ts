import { stat } from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';
import type { Skipped } from '../../shared/library.ts';
import type { Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';
import { prepareTags } from './prepare-tags.ts';
import { withinSeconds } from './scan/pipeline.ts';
import { parseTags } from './tags/read-tags.ts';
import { openedFilesSource, pathWithin, sourceRows } from './sources.ts';
import { type FilePlace, writeTracks } from './track-rows.ts';

/** A file that never ends being read, on a dying disk or a lost network drive, is left. */
const longestSeconds = 10;
const rowAt = query<{
  readonly id: Id;
  readonly size: number;
  readonly modified: number;
  readonly state: string;
}>('SELECT id, size, modified, state FROM tracks WHERE source_id = ? AND folder = ? AND name = ?');

/**
 * The track of one file that the listener opened, read now when it is new or changed. A file outside
 * every source gets a row as well, so that it plays, is liked and found like any other.
 * @param now milliseconds since 1970
 */
export async function openFile(
  db: Database,
  path: string,
  now: number,
): Promise<{ readonly id: Id } | Skipped> {
  const absolute = resolve(path);
  const found = await stat(absolute).catch(() => null);
  if (found === null) return { path, reason: 'unreadable' };
  if (!found.isFile()) return { path, reason: 'not_a_file' };
  const file: FilePlace = {
    ...placeOf(db, absolute),
    size: found.size,
    modified: Math.floor(found.mtimeMs),
  };
  const row = db.first(rowAt, file.sourceId, file.folder, file.name);
  const isSame = row?.size === file.size && row.modified === file.modified;
  if (row?.state === 'here' && isSame) return { id: row.id };
  // Not the fast way, which would keep this thread waiting for a slow disk.
  const reading = await withinSeconds(longestSeconds, parseTags(absolute));
  if (reading === 'too_long' || reading.kind === 'gone') return { path, reason: 'unreadable' };
  if (reading.kind === 'skipped') return { path, reason: reading.reason };
  const tags = prepareTags(file.name, reading.tags);
  const id = writeTracks(db, (save) => {
    // The file may have got its row while it was read.
    const known = db.first(rowAt, file.sourceId, file.folder, file.name)?.id ?? null;
    return save(known, file, tags, now);
  });
  return id === null ? { path, reason: 'unreadable' } : { id };
}

function placeOf(db: Database, path: string): Pick<FilePlace, 'sourceId' | 'folder' | 'name'> {
  const name = basename(path);
  for (const source of sourceRows(db)) {
    const within = pathWithin(source, path);
    if (within === null) continue;
    return {
      sourceId: source.id,
      folder: within.slice(0, Math.max(0, within.length - name.length - 1)),
      name,
    };
  }
  return {
    sourceId: openedFilesSource(db),
    folder: dirname(path).split(sep).join('/'),
    name,
  };
}

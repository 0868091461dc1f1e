import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Skipped } from '../../shared/library.ts';
import type { Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';
import { fileTracks } from './cue/cue-tracks.ts';
import { type FolderCues, readFolderCues } from './cue/folder-cues.ts';
import { matchParts, partRows, saveParts } from './cue/save-parts.ts';
import { type PreparedTags, prepareTags } from './prepare-tags.ts';
import { withinSeconds } from './scan/pipeline.ts';
import { kindOf } from './scan/walk.ts';
import { parseTags } from './tags/read-tags.ts';
import { openedFilesSource, pathWithin, sourceRows } from './sources.ts';
import { type FilePlace, type SaveTrack, writeTracks } from './track-rows.ts';

/** A file that never ends being read, on a dying disk or a lost network drive, is left. */
const longestSeconds = 10;
const rowsHere = query<{ readonly id: Id }>(
  `SELECT id FROM tracks WHERE source_id = ? AND folder = ? AND name = ?
    AND size = ? AND modified = ? AND state = 'here' ORDER BY part`,
);
const wholeRow = query<{ readonly id: Id }>(
  'SELECT id FROM tracks WHERE source_id = ? AND folder = ? AND name = ? AND part = 0',
);

/**
 * The tracks of one file that the listener opened, read now when it is new or changed: one, or those
 * of its cue sheet, or of the files that a sheet means. A file outside every source gets rows as
 * well, so that it plays, is liked and found like any other.
 * @param now milliseconds since 1970
 */
export async function openFile(
  db: Database,
  path: string,
  now: number,
): Promise<{ readonly ids: readonly Id[] } | Skipped> {
  const absolute = resolve(path);
  const cues = await cuesBeside(absolute);
  if (kindOf(absolute) !== 'cue') return openSound(db, absolute, cues, now);
  const ids: Id[] = [];
  for (const [name, { sheetName }] of cues.files) {
    if (sheetName !== basename(absolute)) continue;
    const opened = await openSound(db, join(dirname(absolute), name), cues, now);
    if ('ids' in opened) ids.push(...opened.ids);
  }
  return ids.length > 0 ? { ids } : { path, reason: 'not_audio' };
}

async function openSound(
  db: Database,
  path: string,
  cues: FolderCues,
  now: number,
): Promise<{ readonly ids: readonly Id[] } | Skipped> {
  const found = await stat(path).catch(() => null);
  if (found === null) return { path, reason: 'unreadable' };
  if (!found.isFile()) return { path, reason: 'not_a_file' };
  const place: FilePlace = {
    ...placeOf(db, path),
    size: found.size,
    modified: Math.floor(found.mtimeMs),
  };
  const cue = cues.files.get(place.name) ?? null;
  const known = idsHere(db, place);
  if (known.length === (cue?.tracks.length ?? known.length) && known.length > 0) {
    return { ids: known };
  }
  // Not the fast way, which would keep this thread waiting for a slow disk.
  const reading = await withinSeconds(longestSeconds, parseTags(path));
  if (reading === 'too_long' || reading.kind === 'gone') return { path, reason: 'unreadable' };
  if (reading.kind === 'skipped') return { path, reason: reading.reason };
  const { tags } = reading;
  const tracks = fileTracks(place.name, tags, cue) ?? [prepareTags(place.name, tags)];
  writeTracks(db, (save) => saveTracks(db, save, place, tracks, now));
  const ids = idsHere(db, place);
  return ids.length === 0 ? { path, reason: 'unreadable' } : { ids };
}

/** The file may have got its rows while it was read. */
function saveTracks(
  db: Database,
  save: SaveTrack,
  place: FilePlace,
  tracks: readonly PreparedTags[],
  now: number,
): void {
  const rows = partRows(db, place);
  const [only, ...others] = tracks;
  if (others.length > 0 || rows.some(({ part }) => part > 0)) {
    saveParts(db, save, place, tracks, matchParts(rows, tracks, place), now);
  } else if (only !== undefined) {
    const { sourceId, folder, name } = place;
    save(db.first(wholeRow, sourceId, folder, name)?.id ?? null, place, only, now);
  }
}

function idsHere(db: Database, { sourceId, folder, name, size, modified }: FilePlace): Id[] {
  return db.all(rowsHere, sourceId, folder, name, size, modified).map(({ id }) => id);
}

/** What the sheets in the file's folder say. */
async function cuesBeside(path: string): Promise<FolderCues> {
  const folder = dirname(path);
  const names = (await readdir(folder).catch(() => [])).sort();
  const sheets = names.filter((name) => kindOf(name) === 'cue');
  const sounds = names.filter((name) => kindOf(name) === 'audio');
  return readFolderCues(folder, sheets, sounds);
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

import { stat } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { RefrainError } from '../../shared/errors.ts';
import type { FolderPage, Source } from '../../shared/library.ts';
import type { Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';
import { dropTracks } from './track-rows.ts';

export interface SourceRow {
  readonly id: Id;
  readonly path: string;
  readonly kind: 'folder' | 'sample' | 'opened';
}

const rows = query<SourceRow>('SELECT id, path, kind FROM sources WHERE removed = 0 ORDER BY id');
const present = query<{ id: Id }>('SELECT id FROM sources WHERE id = ? AND removed = 0');
const shown = `SELECT id, path, kind = 'sample' AS sample, away,
    (SELECT count(*) FROM tracks WHERE source_id = sources.id AND state <> 'removed') AS tracks
  FROM sources WHERE removed = 0 AND kind <> 'opened'`;
type ShownRow = Record<'id' | 'sample' | 'away' | 'tracks', number> & { readonly path: string };
const shownRows = query<ShownRow>(`${shown} ORDER BY path`);
const shownRow = query<ShownRow>(`${shown} AND id = ?`);
const halfRemoved = query<{ id: Id }>(
  `SELECT id FROM sources WHERE removed = 1 AND EXISTS
    (SELECT 1 FROM tracks WHERE source_id = sources.id AND state <> 'removed')`,
);
/** By id, so that each portion goes on where the last one ended; queries wait for one of them. */
const tracksOf = 'SELECT id FROM tracks WHERE +source_id = ? AND id > ? ORDER BY id LIMIT 100';
const byPath = query<{ id: Id }>('SELECT id FROM sources WHERE path = ?');
const sampleRow = query<{ id: Id }>(`SELECT id FROM sources WHERE kind = 'sample'`);
const trackBelow = query<{ id: Id }>(
  `SELECT id FROM tracks WHERE source_id = ?1 AND (folder = ?2 OR (folder > ?3 AND folder < ?4))
  LIMIT 1`,
);
const countsByFolder = query<{ folder: string; tracks: number }>(
  `SELECT folder, count(*) AS tracks FROM tracks
  WHERE source_id = ? AND state <> 'removed' GROUP BY folder`,
);

export function sourceRows(db: Database): SourceRow[] {
  return db.all(rows);
}

/** Whether a source is still one: it may have been taken out, or have become part of another. */
export function isSource(db: Database, id: Id): boolean {
  return db.first(present, id) !== undefined;
}

/** The folders that the listener sees, in the order of their paths. */
export function listSources(db: Database): Source[] {
  return db.all(shownRows).map(asSource);
}

/**
 * Adds a folder, or finds the source that holds it already. Sources inside it become part of it, as
 * do files that were opened from it: their tracks keep their ids.
 * @returns the source's id
 * @throws RefrainError `not_found` when there is no such folder
 */
export async function addSource(db: Database, path: string, sample: boolean): Promise<Id> {
  const folder = resolve(path);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new RefrainError('not_found', 'There is no such folder', { detail: path });
  return db.transaction(() => {
    const around = sourceRows(db).find((source) => isInside(source, folder));
    if (around !== undefined) return around.id;
    const id = sourceAt(db, folder, sample);
    for (const inner of sourceRows(db)) {
      if (inner.id !== id) takeOver(db, inner, id, folder);
    }
    return id;
  });
}

/** The place of files that were opened one by one, from outside every source. */
export function openedFilesSource(db: Database): Id {
  return (
    db.first(byPath, '')?.id ??
    db.run(`INSERT INTO sources (path, kind) VALUES ('', 'opened')`).lastId
  );
}

/**
 * Takes a source out of the library; no file is touched. What the listener made of its tracks is
 * kept and stands again when the folder is added again. The source is gone at once, its tracks some
 * at a time; what was left of it when the process ended is for `finishRemovals`.
 * @param goesOn asked between two portions
 * @throws RefrainError `not_found`
 */
export async function removeSource(
  db: Database,
  id: Id,
  goesOn: () => boolean = () => true,
): Promise<void> {
  if (db.first(shownRow, id) === undefined) {
    throw new RefrainError('not_found', 'There is no such folder');
  }
  db.transaction(() => {
    for (const table of noted) db.run(`DELETE FROM ${table} WHERE source_id = ?`, id);
    db.run('UPDATE sources SET removed = 1 WHERE id = ?', id);
  });
  await dropTracksOf(db, id, goesOn);
}

/** Takes out the tracks that removed sources still have. */
export async function finishRemovals(db: Database, goesOn: () => boolean): Promise<void> {
  for (const { id } of db.all(halfRemoved)) await dropTracksOf(db, id, goesOn);
}

/** Ends early when the source is added again. */
async function dropTracksOf(db: Database, id: Id, goesOn: () => boolean): Promise<void> {
  let after = 0;
  while (goesOn() && !isSource(db, id)) {
    const ids = db.ids(tracksOf, id, after);
    const last = ids.at(-1);
    if (last === undefined) return;
    dropTracks(db, ids, 'removed');
    after = last;
    await nextTurn();
  }
}

/** @throws RefrainError `not_found` */
export function folderPage(db: Database, id: Id, path: string): FolderPage {
  const source = db.first(shownRow, id);
  if (source === undefined) throw new RefrainError('not_found', 'There is no such folder');
  const prefix = path === '' ? '' : `${path}/`;
  const inner = new Map<string, number>();
  for (const { folder, tracks } of db.all(countsByFolder, id)) {
    if (folder === path || !folder.startsWith(prefix)) continue;
    const [name = ''] = folder.slice(prefix.length).split('/');
    inner.set(name, (inner.get(name) ?? 0) + tracks);
  }
  return {
    source: asSource(source),
    path,
    folders: [...inner].map(([name, tracks]) => ({ name, path: prefix + name, tracks })),
    trackIds: db.ids(
      `SELECT id FROM tracks WHERE source_id = ? AND folder = ? AND state <> 'removed'
      ORDER BY name`,
      id,
      path,
    ),
  };
}

/** Whether a source has tracks in a folder, relative to it, or below. */
export function holdsTracks(db: Database, source: Id, folder: string): boolean {
  // '0' follows '/': between the two lie the folders below.
  return db.first(trackBelow, source, folder, `${folder}/`, `${folder}0`) !== undefined;
}

/** A path relative to a source, '/' between parts; null when it lies outside. */
export function pathWithin(source: SourceRow, path: string): string | null {
  if (source.kind === 'opened' || !isInside(source, path)) return null;
  return relative(source.path, path).split(sep).join('/');
}

function isInside(source: SourceRow, path: string): boolean {
  if (source.kind === 'opened') return false;
  const root = source.path.endsWith(sep) ? source.path : source.path + sep;
  return path === source.path || path.startsWith(root);
}

function sourceAt(db: Database, path: string, sample: boolean): Id {
  // The sample music lies where the app lies, which moves with every update.
  const known = db.first(byPath, path) ?? (sample ? db.first(sampleRow) : undefined);
  const kind = sample ? 'sample' : 'folder';
  if (known === undefined) {
    return db.run('INSERT INTO sources (path, kind) VALUES (?, ?)', path, kind).lastId;
  }
  db.run('UPDATE sources SET path = ?, kind = ?, removed = 0 WHERE id = ?', path, kind, known.id);
  return known.id;
}

/** What scans note of folders, beside tracks. */
const noted = ['folder_pictures', 'cue_sheets'];

/** Moves to source `id`, whose folder is `root`, what `inner` has below that folder. */
function takeOver(db: Database, inner: SourceRow, id: Id, root: string): void {
  const prefix = `${root.split(sep).join('/').replace(/\/$/, '')}/`;
  if (inner.kind === 'opened') {
    db.run(
      `UPDATE OR IGNORE tracks SET source_id = ?, folder = substr(folder || '/', ?)
      WHERE source_id = ? AND substr(folder || '/', 1, ?) = ?`,
      id,
      prefix.length + 1,
      inner.id,
      prefix.length,
      prefix,
    );
    db.run(`UPDATE tracks SET folder = rtrim(folder, '/') WHERE source_id = ?`, id);
    return;
  }
  if (!inner.path.startsWith(root.endsWith(sep) ? root : root + sep)) return;
  const path = relative(root, inner.path).split(sep).join('/');
  for (const table of ['tracks', 'albums', ...noted]) {
    db.run(
      `UPDATE OR IGNORE ${table} SET source_id = ?1, folder = rtrim(?2 || '/' || folder, '/')
      WHERE source_id = ?3`,
      id,
      path,
      inner.id,
    );
  }
  for (const table of noted) db.run(`DELETE FROM ${table} WHERE source_id = ?`, inner.id);
  const left = db.first(query<{ id: Id }>('SELECT id FROM tracks WHERE source_id = ?'), inner.id);
  if (left === undefined) db.run('DELETE FROM sources WHERE id = ?', inner.id);
  else db.run('UPDATE sources SET removed = 1 WHERE id = ?', inner.id);
}

function asSource({ id, path, sample, tracks, away }: ShownRow): Source {
  return { id, path, sample: sample === 1, tracks, away: away === 1 };
}

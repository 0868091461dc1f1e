import type { Id } from '../../shared/track.ts';
import { type Database, query, type SqlValue } from '../database.ts';
import { addTrackWords, type FilePlace } from './track-rows.ts';

const rowAt = query<{ readonly id: Id }>(
  'SELECT id FROM tracks WHERE source_id = ? AND folder = ? AND name = ? AND part = 0',
);
const columns = query<{ readonly name: string }>(`SELECT name FROM pragma_table_info('tracks')`);
const wholeRow = query<Readonly<Record<string, SqlValue>>>('SELECT * FROM tracks WHERE id = ?');
/** What stays with a row whatever file it stands for. */
const ownColumns = new Set(['id', 'added']);

/** What a track has once at most, and what names it there. */
const madeOfTracks = [
  ['likes', 'track_id'],
  ['ratings', 'track_id'],
  ['track_loops', 'track_id'],
  ['pair_joins', 'first_id'],
  ['pair_joins', 'second_id'],
] as const;

/**
 * Makes a file's place free for row `id`: another row that stands there lost its file to it, and is
 * missing till its own file is met.
 * @returns the row that was put aside
 */
export function vacate(
  db: Database,
  { sourceId, folder, name }: Pick<FilePlace, 'sourceId' | 'folder' | 'name'>,
  id: Id | null,
): Id | null {
  const occupant = db.first(rowAt, sourceId, folder, name)?.id;
  if (occupant === undefined || occupant === id) return null;
  putAside(db, occupant);
  return occupant;
}

/**
 * Gives the file of row `from` to row `into`, whose own file is gone, with all that was read from it.
 * What the listener made of either is `into`'s then, and `from` is no more.
 */
export function passOn(db: Database, from: Id, into: Id): void {
  db.transaction(() => {
    for (const [table, column] of madeOfTracks) {
      db.run(`UPDATE OR IGNORE ${table} SET ${column} = ?2 WHERE ${column} = ?1`, from, into);
      db.run(`DELETE FROM ${table} WHERE ${column} = ?`, from);
    }
    for (const table of ['plays', 'playlist_items']) {
      db.run(`UPDATE ${table} SET track_id = ?2 WHERE track_id = ?1`, from, into);
    }
    for (const table of ['edited_files', 'pending_edits']) {
      db.run(`UPDATE OR IGNORE ${table} SET track_id = ?2 WHERE track_id = ?1`, from, into);
    }
    giveFile(db, from, into, () => {
      db.run('DELETE FROM track_words WHERE rowid = ?', from);
      db.run('DELETE FROM tracks WHERE id = ?', from);
    });
  });
}

/** As `passOn`, but `from` stays as a missing track: the file at its place was never its own. */
export function giveBack(db: Database, from: Id, into: Id, soundOfFrom: string): void {
  db.transaction(() => {
    giveFile(db, from, into, () => {
      putAside(db, from);
      db.run('UPDATE tracks SET audio_hash = ? WHERE id = ?', soundOfFrom, from);
    });
  });
}

function giveFile(db: Database, from: Id, into: Id, leave: () => void): void {
  const row = db.first(wholeRow, from);
  if (row === undefined) return;
  for (const table of ['track_artists', 'track_genres', 'track_details']) {
    db.run(`DELETE FROM ${table} WHERE track_id = ?`, into);
    db.run(`UPDATE ${table} SET track_id = ?2 WHERE track_id = ?1`, from, into);
  }
  leave();
  const filed = db
    .all(columns)
    .map(({ name }) => name)
    .filter((name) => !ownColumns.has(name));
  db.run(
    `UPDATE tracks SET ${filed.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
    ...filed.map((name) => row[name] ?? null),
    into,
  );
  db.run(`UPDATE tracks SET state = 'here' WHERE id = ?`, into);
  addTrackWords(db, into);
}

/** As `putAside`, for a row whose number another one has now. */
export function standAside(db: Database, id: Id, part: number): void {
  putAside(db, id);
  db.run('UPDATE tracks SET part = ? WHERE id = ?', part, id);
}

/** No file has a slash in its name, so nothing is ever met at such a place. */
function putAside(db: Database, id: Id): void {
  db.run(`UPDATE tracks SET state = 'missing', name = name || '/' || id WHERE id = ?`, id);
}

import type { Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';
import { fold, searchText, sortKey } from './fold.ts';

const artistByKey = query<{ id: Id }>('SELECT id FROM artists WHERE key = ?');
const genreByKey = query<{ id: Id }>('SELECT id FROM genres WHERE key = ?');

/** The artist of that name, made when new; '' is the unknown one. Belongs into a transaction. */
export function artistId(db: Database, name: string): Id {
  const key = fold(name);
  const known = db.first(artistByKey, key);
  if (known !== undefined) return known.id;
  const { lastId } = db.run(
    'INSERT INTO artists (name, key, sort) VALUES (?, ?, ?)',
    name,
    key,
    sortKey(name),
  );
  db.run('INSERT INTO artist_words (rowid, name) VALUES (?, ?)', lastId, searchText(name));
  return lastId;
}

export function genreId(db: Database, name: string): Id {
  const key = fold(name);
  return (
    db.first(genreByKey, key)?.id ??
    db.run('INSERT INTO genres (name, key) VALUES (?, ?)', name, key).lastId
  );
}

/** Removes albums, artists and genres that no track names any more. */
export function removeUnused(db: Database): void {
  db.transaction(() => {
    removeRows(db, 'albums', 'NOT EXISTS (SELECT 1 FROM tracks WHERE album_id = albums.id)');
    db.run(
      'DELETE FROM genres WHERE NOT EXISTS (SELECT 1 FROM track_genres WHERE genre_id = genres.id)',
    );
    removeRows(
      db,
      'artists',
      `NOT EXISTS (SELECT 1 FROM track_artists WHERE artist_id = artists.id)
      AND NOT EXISTS (SELECT 1 FROM tracks WHERE artist_id = artists.id)
      AND NOT EXISTS (SELECT 1 FROM albums WHERE artist_id = artists.id)`,
    );
  });
}

function removeRows(db: Database, table: 'albums' | 'artists', condition: string): void {
  for (const id of db.ids(`SELECT id FROM ${table} WHERE ${condition}`)) {
    db.run(`DELETE FROM ${table} WHERE id = ?`, id);
    db.run(
      `DELETE FROM ${table === 'albums' ? 'album_words' : 'artist_words'} WHERE rowid = ?`,
      id,
    );
  }
}

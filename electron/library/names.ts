import type { Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';
import { fold, searchText, sortKey } from './fold.ts';

interface ArtistRow {
  readonly id: Id;
  readonly sort: string;
}

const artistByKey = query<ArtistRow>('SELECT id, sort FROM artists WHERE key = ?');
const genreByKey = query<{ id: Id }>('SELECT id FROM genres WHERE key = ?');

/**
 * Artists and genres by their names. What was asked once is remembered: one is made for each
 * transaction, and used by nothing outside it, so that no row can change behind its back.
 */
export interface Names {
  /**
   * The artist of that name, made when new; '' is the unknown one.
   * @param written the name to sort by, where a file says one
   */
  readonly artist: (name: string, written?: string) => Id;
  readonly genre: (name: string) => Id;
  /** `searchText`, remembered. */
  readonly words: (text: string) => string;
}

export function createNames(db: Database): Names {
  const artists = new Map<string, ArtistRow>();
  const genres = new Map<string, Id>();
  const words = new Map<string, string>();

  function artistRow(name: string): ArtistRow {
    const key = fold(name);
    const known = db.first(artistByKey, key);
    if (known !== undefined) return known;
    const sort = sortKey(name);
    const { lastId } = db.run(
      'INSERT INTO artists (name, key, sort) VALUES (?, ?, ?)',
      name,
      key,
      sort,
    );
    db.run('INSERT INTO artist_words (rowid, name) VALUES (?, ?)', lastId, wordsOf(name));
    return { id: lastId, sort };
  }

  function wordsOf(text: string): string {
    return remembered(words, text, () => searchText(text));
  }

  return {
    words: wordsOf,
    artist(name, written) {
      const row = remembered(artists, name, () => artistRow(name));
      if (written === undefined) return row.id;
      const sort = sortKey(written);
      if (sort !== row.sort) {
        db.run('UPDATE artists SET sort = ? WHERE id = ?', sort, row.id);
        artists.set(name, { id: row.id, sort });
      }
      return row.id;
    },
    genre: (name) =>
      remembered(genres, name, () => {
        const key = fold(name);
        return (
          db.first(genreByKey, key)?.id ??
          db.run('INSERT INTO genres (name, key) VALUES (?, ?)', name, key).lastId
        );
      }),
  };
}

/** How many rows are looked at between two turns of the event loop. */
const rowsAtOnce = 2000;

/**
 * Removes albums, artists and genres that no track names any more, some at a time.
 * @param turn lets others have their turn
 */
export async function removeUnused(db: Database, turn: () => Promise<void>): Promise<void> {
  await removeRows('albums', 'NOT EXISTS (SELECT 1 FROM tracks WHERE album_id = albums.id)');
  await removeRows('genres', 'NOT EXISTS (SELECT 1 FROM track_genres WHERE genre_id = genres.id)');
  await removeRows(
    'artists',
    `NOT EXISTS (SELECT 1 FROM track_artists WHERE artist_id = artists.id)
    AND NOT EXISTS (SELECT 1 FROM tracks WHERE artist_id = artists.id)
    AND NOT EXISTS (SELECT 1 FROM albums WHERE artist_id = artists.id)`,
  );

  async function removeRows(table: 'albums' | 'artists' | 'genres', unused: string): Promise<void> {
    const most = db.ids(`SELECT max(id) AS id FROM ${table}`)[0] ?? 0;
    for (let from = 0; from <= most; from += rowsAtOnce) {
      db.transaction(() => {
        const ids = db.ids(
          `SELECT id FROM ${table} WHERE id > ? AND id <= ? AND ${unused}`,
          from,
          from + rowsAtOnce,
        );
        for (const id of ids) {
          db.run(`DELETE FROM ${table} WHERE id = ?`, id);
          if (table === 'albums') db.run('DELETE FROM album_words WHERE rowid = ?', id);
          if (table === 'artists') db.run('DELETE FROM artist_words WHERE rowid = ?', id);
        }
      });
      await turn();
    }
  }
}

function remembered<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const found = known.get(key);
  if (found !== undefined) return found;
  const made = make();
  known.set(key, made);
  return made;
}

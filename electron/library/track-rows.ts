import type { Id } from '../../shared/track.ts';
import { type Database, listValue, query } from '../database.ts';
import { albumId } from './albums.ts';
import { searchText, sortKey } from './fold.ts';
import { artistId, genreId } from './names.ts';
import type { Tags } from './tags/tags.ts';
import type { FoundFile } from './scan/walk.ts';

/** A file of a source: the folder relative to it, and what the walk found. */
export interface FilePlace extends FoundFile {
  readonly sourceId: Id;
  readonly folder: string;
}

interface Cover {
  readonly hash: string;
  readonly from: 'tags' | 'folder';
}

/**
 * Writes a track's row with all that hangs on it. Belongs into a transaction.
 * @param id the row to write over, whose place and tags may both be new; null: a new track
 * @param folderPicture hash of the picture beside the file, for tracks without one of their own
 * @param now milliseconds since 1970
 */
export function saveTrack(
  db: Database,
  id: Id | null,
  file: FilePlace,
  tags: Tags,
  folderPicture: string | null,
  now: number,
): Id {
  const artistIds = tags.artists.map((name) => artistId(db, name));
  const cover = coverOf(tags, folderPicture);
  const row = {
    source_id: file.sourceId,
    folder: file.folder,
    name: file.name,
    size: file.size,
    modified: file.modified,
    state: 'here',
    format: tags.format,
    title: titleOf(file, tags),
    title_sort: sortKey(titleOf(file, tags)),
    artist: tags.artists.join(', '),
    artist_id: artistIds[0] ?? artistId(db, ''),
    artist_sort: sortKey(tags.artists[0] ?? ''),
    album_id: albumId(db, file, tags, id),
    genre: tags.genres.join(', '),
    seconds: tags.seconds,
    track: tags.track,
    disc: tags.disc,
    year: tags.year,
    cover: cover?.hash ?? null,
    cover_from: cover?.from ?? null,
    lossless: tags.lossless ? 1 : 0,
  };
  const columns = Object.keys(row);
  const values = Object.values(row);
  const saved =
    id ??
    db.run(
      `INSERT INTO tracks (${columns.join(', ')}, added)
      VALUES (${columns.map(() => '?').join(', ')}, ?)`,
      ...values,
      now,
    ).lastId;
  if (id !== null) {
    db.run(
      `UPDATE tracks SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
      ...values,
      id,
    );
    db.run('DELETE FROM track_artists WHERE track_id = ?', id);
    db.run('DELETE FROM track_genres WHERE track_id = ?', id);
  }
  db.run(
    'INSERT OR REPLACE INTO track_details (track_id, details) VALUES (?, ?)',
    saved,
    JSON.stringify(tags.details),
  );
  for (const artist of new Set(artistIds)) {
    db.run('INSERT INTO track_artists (track_id, artist_id) VALUES (?, ?)', saved, artist);
  }
  for (const genre of new Set(tags.genres.map((name) => genreId(db, name)))) {
    db.run('INSERT INTO track_genres (track_id, genre_id) VALUES (?, ?)', saved, genre);
  }
  addTrackWords(db, saved);
  return saved;
}

/** Makes a track findable, by what its row says now. */
export function addTrackWords(db: Database, id: Id): void {
  const row = db.first(wordsOfTrack, id);
  if (row === undefined) return;
  db.run('DELETE FROM track_words WHERE rowid = ?', id);
  db.run(
    'INSERT INTO track_words (rowid, title, artist, album, album_artist) VALUES (?, ?, ?, ?, ?)',
    id,
    searchText(row.title),
    searchText(row.artist),
    searchText(row.album),
    searchText(row.album_artist),
  );
}

/** SQL: whether the listener liked, rated, played or put into a playlist the track of that id. */
export function listenersOwn(id: string): string {
  const made = ['likes', 'ratings', 'plays', 'playlist_items'];
  const any = made.map((table) => `EXISTS (SELECT 1 FROM ${table} WHERE track_id = ${id})`);
  return `(${any.join(' OR ')})`;
}

/**
 * Takes tracks out of the library. Those that the listener liked, rated, played or put into a playlist keep
 * their row, in the state given, and with it all that hangs on it.
 * @returns how many rows are gone for good
 */
export function dropTracks(db: Database, ids: Uint32Array, state: 'missing' | 'removed'): number {
  const list = listValue(ids);
  return db.transaction(() => {
    const kept = db.ids(
      `SELECT value AS id FROM json_each(?) WHERE ${listenersOwn('value')}`,
      list,
    );
    const keptIds = new Set(kept);
    const going = listValue(ids.filter((id) => !keptIds.has(id)));
    db.run(`DELETE FROM track_words WHERE rowid ${within}`, state === 'removed' ? list : going);
    db.run(`DELETE FROM tracks WHERE id ${within}`, going);
    db.run(`UPDATE tracks SET state = ? WHERE id ${within}`, state, listValue(kept));
    return ids.length - kept.length;
  });
}

const within = 'IN (SELECT value FROM json_each(?))';
const wordsOfTrack = query<{
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly album_artist: string;
}>(
  `SELECT tracks.title, tracks.artist, albums.title AS album, albums.artist AS album_artist
  FROM tracks JOIN albums ON albums.id = tracks.album_id WHERE tracks.id = ?`,
);

function coverOf({ picture }: Tags, folderPicture: string | null): Cover | null {
  if (picture !== null) return { hash: picture, from: 'tags' };
  return folderPicture === null ? null : { hash: folderPicture, from: 'folder' };
}

/** A file without a title is called by its name. */
function titleOf({ name }: FilePlace, { title }: Tags): string {
  return title === '' ? name.replace(/\.[^.]*$/, '').replaceAll(/\p{Cc}+/gu, ' ') : title;
}

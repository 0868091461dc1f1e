import type { Id } from '../../shared/track.ts';
import { type Database, listValue, query, type SqlValue } from '../database.ts';
import { createAlbums } from './albums.ts';
import { folderPicture } from './covers/folder-pictures.ts';
import { searchText } from './fold.ts';
import { createNames } from './names.ts';
import type { PreparedTags } from './prepare-tags.ts';
import { noteWords } from './search/vocabulary.ts';
import type { FoundFile } from './scan/walk.ts';

/** A file of a source: the folder relative to it, and what the walk found. */
export interface FilePlace extends FoundFile {
  readonly sourceId: Id;
  readonly folder: string;
}

/**
 * Writes a track's row with all that hangs on it.
 * @param id the row to write over, whose place and tags may both be new; null: a new track
 * @param now milliseconds since 1970
 * @returns the row's id; null when a new track's place has a row already, and nothing was written
 */
export type SaveTrack = (
  id: Id | null,
  file: FilePlace,
  tags: PreparedTags,
  now: number,
) => Id | null;

/**
 * Writes tracks in one transaction. What hangs on the rows is written when `work` has ended: one
 * statement for many rows takes a fraction of the time.
 */
export function writeTracks<Result>(db: Database, work: (save: SaveTrack) => Result): Result {
  return db.transaction(() => {
    const writer = createWriter(db);
    const result = work(writer.save);
    writer.finish();
    return result;
  });
}

function createWriter(db: Database) {
  const names = createNames(db);
  const albums = createAlbums(db, names);
  const pictures = new Map<string, string | null>();
  const details = createInserts(db, 'track_details (track_id, details)', 2);
  const artists = createInserts(db, 'track_artists (track_id, artist_id)', 2);
  const genres = createInserts(db, 'track_genres (track_id, genre_id)', 2);
  const words = createInserts(db, trackWords, 5);
  const texts = new Set<string>();

  function save(id: Id | null, file: FilePlace, tags: PreparedTags, now: number): Id | null {
    const artistIds = tags.artists.map((name) => names.artist(name, tags.sorts.artist));
    const album = albums(file, tags, id);
    const values = rowOf(file, tags, artistIds[0] ?? names.artist(''), album.id);
    const saved = id === null ? insertRow(values, now) : updateRow(values, id, now);
    if (saved === null) return null;
    details.add(saved, tags.details);
    for (const artist of new Set(artistIds)) artists.add(saved, artist);
    for (const genre of new Set(tags.genres.map(names.genre))) genres.add(saved, genre);
    const found = [
      tags.titleWords,
      names.words(tags.artist),
      names.words(album.title),
      names.words(album.artist),
    ];
    words.add(saved, ...found);
    for (const text of found) texts.add(text);
    return saved;
  }

  function insertRow(values: readonly SqlValue[], now: number): Id | null {
    const { changes, lastId } = db.run(insertTrack, ...values, now);
    return changes === 0 ? null : lastId;
  }

  /** A row that is gone meanwhile is made anew. */
  function updateRow(values: readonly SqlValue[], id: Id, now: number): Id | null {
    if (db.run(updateTrack, ...values, id).changes === 0) return insertRow(values, now);
    db.run('DELETE FROM track_details WHERE track_id = ?', id);
    db.run('DELETE FROM track_artists WHERE track_id = ?', id);
    db.run('DELETE FROM track_genres WHERE track_id = ?', id);
    db.run('DELETE FROM track_words WHERE rowid = ?', id);
    return id;
  }

  function rowOf(file: FilePlace, tags: PreparedTags, artist: Id, album: Id): SqlValue[] {
    const cover = tags.picture ?? pictureOf(file);
    const from = tags.picture === null ? 'folder' : 'tags';
    return [
      file.sourceId,
      file.folder,
      file.name,
      file.size,
      file.modified,
      'here',
      tags.format,
      tags.shownTitle,
      tags.titleSort,
      tags.artist,
      artist,
      tags.artistSort,
      album,
      tags.genre,
      tags.seconds,
      tags.track,
      tags.disc,
      tags.year,
      cover,
      cover === null ? null : from,
      tags.lossless ? 1 : 0,
      tags.part,
      tags.partStart,
      tags.partEnd,
    ];
  }

  function pictureOf({ sourceId, folder }: FilePlace): string | null {
    const key = `${sourceId} ${folder}`;
    const known = pictures.get(key);
    if (known !== undefined) return known;
    const found = folderPicture(db, sourceId, folder);
    pictures.set(key, found);
    return found;
  }

  return {
    save,
    finish: () => {
      for (const inserts of [details, artists, genres, words]) inserts.finish();
      noteWords(db, [...texts]);
    },
  };
}

/** In the order of `rowOf`. */
const columns = [
  'source_id',
  'folder',
  'name',
  'size',
  'modified',
  'state',
  'format',
  'title',
  'title_sort',
  'artist',
  'artist_id',
  'artist_sort',
  'album_id',
  'genre',
  'seconds',
  'track',
  'disc',
  'year',
  'cover',
  'cover_from',
  'lossless',
  'part',
  'part_start',
  'part_end',
];
const insertTrack = `INSERT INTO tracks (${columns.join(', ')}, added)
  VALUES (${columns.map(() => '?').join(', ')}, ?)
  ON CONFLICT (source_id, folder, name, part) DO NOTHING`;
const updateTrack = `UPDATE tracks SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`;
const trackWords = 'track_words (rowid, title, artist, album, album_artist)';
const rowsPerInsert = 16;

/** Collects rows of `width` values, and writes several of them by one statement. */
function createInserts(db: Database, into: string, width: number) {
  const one = `(${Array.from({ length: width }, () => '?').join(', ')})`;
  const single = `INSERT INTO ${into} VALUES ${one}`;
  const several = `${single}${`, ${one}`.repeat(rowsPerInsert - 1)}`;
  const values: SqlValue[] = [];
  return {
    add(...row: readonly SqlValue[]) {
      values.push(...row);
    },
    finish() {
      let at = 0;
      for (const [sql, step] of [
        [several, width * rowsPerInsert],
        [single, width],
      ] as const) {
        for (; at + step <= values.length; at += step) db.run(sql, ...values.slice(at, at + step));
      }
    },
  };
}

/** Makes a track findable, by what its row says now. */
export function addTrackWords(db: Database, id: Id): void {
  const row = db.first(wordsOfTrack, id);
  if (row === undefined) return;
  db.run('DELETE FROM track_words WHERE rowid = ?', id);
  const texts = [row.title, row.artist, row.album, row.album_artist].map(searchText);
  db.run(`INSERT INTO ${trackWords} VALUES (?, ?, ?, ?, ?)`, id, ...texts);
  noteWords(db, texts);
}

/** SQL: whether the listener made anything of the track of that id: a like, a playlist's item, a loop … */
export function listenersOwn(id: string): string {
  const tables = ['likes', 'ratings', 'plays', 'playlist_items', 'track_loops'];
  const joins = ['first_id', 'second_id'].map((column) => `pair_joins WHERE ${column}`);
  const made = [...tables.map((table) => `${table} WHERE track_id`), ...joins];
  return `(${made.map((rows) => `EXISTS (SELECT 1 FROM ${rows} = ${id})`).join(' OR ')})`;
}

/**
 * Takes tracks out of the library. Those that the listener made something of keep their row, in the
 * state given, and with it all that hangs on it.
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

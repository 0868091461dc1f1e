import type { AlbumList } from '../../shared/library.ts';
import type { TrackList, TrackSort } from '../../shared/track.ts';
import { assertNever } from '../../shared/errors.ts';
import { type Database, listValue, type SqlValue } from '../database.ts';
import { createRemembered } from './remembered.ts';

/** Long lists stay in memory until the library changes, so that scrolling never sorts again. */
export interface Lists {
  readonly trackIds: (list: TrackList) => Uint32Array;
  readonly albumIds: (list: AlbumList) => Uint32Array;
  readonly artistIds: () => Uint32Array;
  /** `listening`: only likes or plays changed, so that most lists still hold. */
  readonly forget: (what: 'all' | 'listening') => void;
}

const mostRemembered = 24;
const visible = `tracks.state <> 'removed'`;
/** As an album is played; a file without a number comes after those with one. */
const albumOrder = 'coalesce(disc, 1), track IS NULL, track, tracks.title_sort, tracks.id';

/** @param searchIds the tracks that a text finds, best first */
export function createLists(db: Database, searchIds: (text: string) => Uint32Array): Lists {
  const settled = createRemembered<Uint32Array>(mostRemembered);
  const listened = createRemembered<Uint32Array>(mostRemembered);

  return {
    trackIds(list) {
      // Cheaper to answer than to keep true.
      if (list.from === 'tracks') return knownTracks(db, list.ids);
      if (list.from === 'playlist') return selectTracks(db, list);
      const remembered = followsListening(list) ? listened : settled;
      return remembered.remember(`tracks ${JSON.stringify(list)}`, () =>
        list.from === 'search' ? searchIds(list.text) : selectTracks(db, list),
      );
    },
    albumIds: (list) =>
      settled.remember(`albums ${JSON.stringify(list)}`, () => selectAlbums(db, list)),
    artistIds: () => settled.remember('artists', () => selectArtists(db)),
    forget(what) {
      listened.forget();
      if (what === 'all') settled.forget();
    },
  };
}

/** Whether a like or a play can change the list or its order. */
function followsListening(list: TrackList): boolean {
  if (list.from === 'liked' || list.from === 'search') return true;
  return 'sort' in list && list.sort?.by === 'plays';
}

function selectTracks(
  db: Database,
  list: Exclude<TrackList, { from: 'search' } | { from: 'tracks' }>,
): Uint32Array {
  switch (list.from) {
    case 'all':
      return tracksWhere(db, visible, [], list.sort ?? { by: 'title', descending: false });
    case 'liked':
      // Likes outlive their source: a track that was taken out is shown greyed here.
      return list.sort === undefined
        ? db.ids('SELECT track_id AS id FROM likes ORDER BY at DESC, track_id DESC')
        : tracksWhere(db, 'tracks.id IN (SELECT track_id FROM likes)', [], list.sort);
    case 'album':
      return tracksWhere(db, `album_id = ? AND ${visible}`, [list.id], null);
    case 'artist':
      return tracksWhere(
        db,
        `${visible} AND (tracks.id IN (SELECT track_id FROM track_artists WHERE artist_id = ?1)
        OR album_id IN (SELECT id FROM albums WHERE artist_id = ?1))`,
        [list.id],
        list.sort ?? { by: 'album', descending: false },
      );
    case 'genre':
      return tracksWhere(
        db,
        `${visible} AND tracks.id IN (SELECT track_id FROM track_genres WHERE genre_id = ?)`,
        [list.id],
        list.sort ?? { by: 'artist', descending: false },
      );
    case 'playlist':
      return db.ids(
        'SELECT track_id AS id FROM playlist_items WHERE playlist_id = ? ORDER BY position, id',
        list.id,
      );
    case 'folder':
      return db.ids(
        `SELECT id FROM tracks WHERE source_id = ?1 AND ${visible}
        AND (?2 = '' OR folder = ?2 OR (folder >= ?2 || '/' AND folder < ?2 || '0'))
        ORDER BY folder, coalesce(disc, 1), track IS NULL, track, name`,
        list.source,
        list.path,
      );
    default:
      return assertNever(list);
  }
}

/** @param sort null: as an album is played */
function tracksWhere(
  db: Database,
  condition: string,
  values: readonly SqlValue[],
  sort: TrackSort | null,
): Uint32Array {
  return db.ids(
    `SELECT tracks.id FROM tracks JOIN albums ON albums.id = tracks.album_id
    WHERE ${condition} ORDER BY ${sort === null ? albumOrder : orderOf(sort)}`,
    ...values,
  );
}

/** Only the column that was asked for turns round; within it the order stays as people expect it. */
function orderOf({ by, descending }: TrackSort): string {
  const direction = descending ? 'DESC' : 'ASC';
  const byAlbum = `albums.title_sort, albums.id, ${albumOrder}`;
  switch (by) {
    case 'title':
      return `tracks.title_sort ${direction}, tracks.artist_sort, tracks.id`;
    case 'artist':
      return `tracks.artist_sort ${direction}, ${byAlbum}`;
    case 'album':
      return `albums.title_sort ${direction}, albums.id, ${albumOrder}`;
    case 'seconds':
      return `tracks.seconds ${direction}, tracks.title_sort, tracks.id`;
    case 'added':
      return `tracks.added ${direction}, tracks.id ${direction}`;
    case 'plays':
      return `(SELECT count(*) FROM plays WHERE track_id = tracks.id) ${direction},
        tracks.title_sort, tracks.id`;
    case 'year':
      return `tracks.year IS NULL, tracks.year ${direction}, ${byAlbum}`;
    default:
      return assertNever(by);
  }
}

/** Those of the ids that are tracks, in the order given. */
function knownTracks(db: Database, ids: readonly number[]): Uint32Array {
  return db.ids(
    `SELECT tracks.id FROM json_each(?) AS wanted JOIN tracks ON tracks.id = wanted.value
    ORDER BY wanted.key`,
    listValue(ids),
  );
}

/** Albums without a title are only loose files: they are found by artist, genre and folder. */
function selectAlbums(db: Database, list: AlbumList): Uint32Array {
  switch (list.from) {
    case 'all':
      return albumsWhere(db, `albums.title <> ''`, [], albumSorts[list.sort]);
    case 'artist':
      return albumsWhere(
        db,
        `albums.artist_id = ?1 OR tracks.id IN
          (SELECT track_id FROM track_artists WHERE artist_id = ?1)`,
        [list.id],
        // The artist's own albums first, then those they play on.
        `albums.artist_id <> ${list.id}, albums.title = '', albums.year IS NULL, albums.year DESC,
        albums.title_sort`,
      );
    case 'genre':
      return albumsWhere(
        db,
        'tracks.id IN (SELECT track_id FROM track_genres WHERE genre_id = ?)',
        [list.id],
        `albums.title = '', albums.title_sort`,
      );
    default:
      return assertNever(list);
  }
}

const albumSorts: Readonly<Record<(AlbumList & { from: 'all' })['sort'], string>> = {
  title: 'albums.title_sort',
  artist: 'artists.sort, albums.year IS NULL, albums.year, albums.title_sort',
  year: 'albums.year IS NULL, albums.year DESC, albums.title_sort',
  added: 'max(tracks.id) DESC',
};

function albumsWhere(
  db: Database,
  condition: string,
  values: readonly SqlValue[],
  order: string,
): Uint32Array {
  return db.ids(
    `SELECT albums.id FROM albums JOIN artists ON artists.id = albums.artist_id
    JOIN tracks ON tracks.album_id = albums.id
    WHERE ${visible} AND (${condition}) GROUP BY albums.id ORDER BY ${order}, albums.id`,
    ...values,
  );
}

function selectArtists(db: Database): Uint32Array {
  return db.ids(
    `SELECT id FROM artists WHERE name <> '' AND (
      EXISTS (SELECT 1 FROM track_artists JOIN tracks ON tracks.id = track_id
        WHERE track_artists.artist_id = artists.id AND ${visible})
      OR EXISTS (SELECT 1 FROM albums JOIN tracks ON tracks.album_id = albums.id
        WHERE albums.artist_id = artists.id AND ${visible}))
    ORDER BY sort, id`,
  );
}

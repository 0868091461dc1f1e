import type { AlbumList } from '../../shared/library.ts';
import type { TrackList, TrackSort } from '../../shared/track.ts';
import { assertNever } from '../../shared/errors.ts';
import { type Database, listValue, type SqlValue } from '../database.ts';
import { type Beside, createLongAnswers, isLarge } from './long-answers.ts';
import { createRemembered } from './remembered.ts';

/** Lists stay in memory until the library changes, so that scrolling never sorts again. */
export interface Lists {
  /** At once, however long it takes; of a long list what was last loaded, if that was just now. */
  readonly trackIds: (list: TrackList) => Uint32Array;
  /** The same for whoever can wait: a long list keeps no other question waiting. */
  readonly loadTrackIds: (list: TrackList) => Promise<Uint32Array>;
  readonly albumIds: (list: AlbumList) => Uint32Array;
  readonly loadAlbumIds: (list: AlbumList) => Promise<Uint32Array>;
  readonly artistIds: () => Uint32Array;
  /** `listening`: only likes or plays changed, so that most lists still hold. */
  readonly forget: (what: 'all' | 'listening') => void;
  /** Resolves when no list is being loaded. */
  readonly close: () => Promise<void>;
}

interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

const mostRemembered = 24;
const visible = `tracks.state <> 'removed'`;
/**
 * As an album is played; a file without a number comes after those with one. Few and short columns,
 * since those of a million tracks are put into order.
 */
const noNumber = 2 ** 32;
const albumOrder = `coalesce(disc, 1) * ${2 * noNumber} + coalesce(track, ${noNumber}),
  CASE WHEN track IS NULL THEN tracks.title_sort END, tracks.id`;
const byAlbum = `albums.title_sort, albums.id, ${albumOrder}`;
/** As the index tracks_by_title has them, which holds all that is needed. */
const titleOrder = (direction: 'ASC' | 'DESC') =>
  ['title_sort', 'artist_sort', 'state', 'id']
    .map((column) => `tracks.${column} ${direction}`)
    .join(', ');

/** @param searchIds the tracks that a text finds, best first */
export function createLists(
  db: Database,
  searchIds: (text: string) => Uint32Array,
  beside: Beside,
): Lists {
  const settled = createRemembered<Uint32Array>(mostRemembered);
  const listened = createRemembered<Uint32Array>(mostRemembered);
  const long = createLongAnswers<Uint32Array>();
  const longListened = createLongAnswers<Uint32Array>();

  function idsOf({ sql, values }: Statement): Uint32Array {
    return db.ids(sql, ...values);
  }

  function trackIds(list: TrackList): Uint32Array {
    // Cheaper to answer than to keep true, or remembered by the search.
    if (list.from === 'tracks') return knownTracks(db, list.ids);
    if (list.from === 'search') return searchIds(list.text);
    if (list.from === 'playlist') return idsOf(selectTracks(list));
    const follows = followsListening(list);
    const key = `tracks ${JSON.stringify(list)}`;
    const recent = (follows ? longListened : long).recent(key);
    if (recent !== undefined) return recent;
    return (follows ? listened : settled).remember(key, () => idsOf(selectTracks(list)));
  }

  function albumIds(list: AlbumList): Uint32Array {
    const key = `albums ${JSON.stringify(list)}`;
    return long.recent(key) ?? settled.remember(key, () => idsOf(selectAlbums(list)));
  }

  return {
    trackIds,
    async loadTrackIds(list) {
      if ((list.from !== 'all' && list.from !== 'genre') || !isLarge(db)) return trackIds(list);
      const { sql, values } = selectTracks(list);
      const keys = list.from === 'all' && list.sort !== undefined ? keysOf(list.sort) : null;
      const lists = followsListening(list) ? longListened : long;
      return lists.load(`tracks ${JSON.stringify(list)}`, () =>
        keys === null ? beside.ids(sql, ...values) : beside.sorted(keys),
      );
    },
    albumIds,
    async loadAlbumIds(list) {
      if (list.from === 'artist' || !isLarge(db)) return albumIds(list);
      const { sql, values } = selectAlbums(list);
      return long.load(`albums ${JSON.stringify(list)}`, () => beside.ids(sql, ...values));
    },
    artistIds: () => settled.remember('artists', () => selectArtists(db)),
    forget(what) {
      listened.forget();
      longListened.forget();
      if (what === 'listening') return;
      settled.forget();
      long.forget();
    },
    async close() {
      await long.close();
      await longListened.close();
    },
  };
}

/** Whether a like, a play or a rating can change the list or its order. */
function followsListening(list: TrackList): boolean {
  if (list.from === 'liked') return true;
  return 'sort' in list && (list.sort?.by === 'plays' || list.sort?.by === 'rating');
}

function selectTracks(
  list: Exclude<TrackList, { from: 'search' } | { from: 'tracks' }>,
): Statement {
  switch (list.from) {
    case 'all':
      return tracksWhere(visible, [], list.sort ?? { by: 'title', descending: false });
    case 'liked':
      // Likes outlive their source: a track that was taken out is shown greyed here.
      return list.sort === undefined
        ? { sql: 'SELECT track_id AS id FROM likes ORDER BY at DESC, track_id DESC', values: [] }
        : tracksWhere('tracks.id IN (SELECT track_id FROM likes)', [], list.sort);
    case 'album':
      return tracksWhere(`album_id = ? AND ${visible}`, [list.id], null);
    case 'artist':
      return tracksWhere(
        `${visible} AND (tracks.id IN (SELECT track_id FROM track_artists WHERE artist_id = ?1)
        OR album_id IN (SELECT id FROM albums WHERE artist_id = ?1))`,
        [list.id],
        list.sort ?? { by: 'album', descending: false },
      );
    case 'genre':
      return tracksWhere(
        `${visible} AND tracks.id IN (SELECT track_id FROM track_genres WHERE genre_id = ?)`,
        [list.id],
        list.sort ?? { by: 'artist', descending: false },
      );
    case 'playlist':
      return {
        sql: 'SELECT track_id AS id FROM playlist_items WHERE playlist_id = ? ORDER BY position, id',
        values: [list.id],
      };
    case 'folder':
      return {
        sql: `SELECT id FROM tracks WHERE source_id = ?1 AND ${visible}
        AND (?2 = '' OR folder = ?2 OR (folder >= ?2 || '/' AND folder < ?2 || '0'))
        ORDER BY folder, coalesce(disc, 1), track IS NULL, track, name`,
        values: [list.source, list.path],
      };
    default:
      return assertNever(list);
  }
}

/** @param sort null: as an album is played */
function tracksWhere(
  condition: string,
  values: readonly SqlValue[],
  sort: TrackSort | null,
): Statement {
  const order = sort === null ? albumOrder : orderOf(sort);
  const withAlbums = order.includes('albums.') ? 'JOIN albums ON albums.id = tracks.album_id' : '';
  const withPlays = order.includes('played.') ? playsJoined : '';
  const withRatings = order.includes('ratings.') ? ratingsJoined : '';
  return {
    sql: `SELECT tracks.id FROM tracks ${withAlbums} ${withPlays} ${withRatings}
    WHERE ${condition} ORDER BY ${order}`,
    values,
  };
}

/** Counted once, instead of for each track. */
const playsJoined = `LEFT JOIN (SELECT track_id, count(*) AS plays FROM plays GROUP BY track_id)
  AS played ON played.track_id = tracks.id`;
const ratingsJoined = 'LEFT JOIN ratings ON ratings.track_id = tracks.id';

/** Only the column that was asked for turns round; within it the order stays as people expect it. */
function orderOf({ by, descending }: TrackSort): string {
  const direction = descending ? 'DESC' : 'ASC';
  switch (by) {
    case 'title':
      return titleOrder(direction);
    case 'artist':
      return `tracks.artist_sort ${direction}, ${byAlbum}`;
    case 'album':
      return `albums.title_sort ${direction}, albums.id, ${albumOrder}`;
    case 'seconds':
      return `tracks.seconds ${direction}, tracks.id`;
    case 'added':
      return `tracks.added ${direction}, tracks.id`;
    case 'plays':
      return `coalesce(played.plays, 0) ${direction}, ${titleOrder('ASC')}`;
    case 'rating':
      return `coalesce(ratings.stars, 0) ${direction}, ${titleOrder('ASC')}`;
    case 'year':
      return `tracks.year IS NULL, tracks.year ${direction}, ${byAlbum}`;
    default:
      return assertNever(by);
  }
}

/**
 * All tracks with a number each to be put into the same order by; null: it is not one of numbers.
 * Half of what SQLite needs for a million is the sorting.
 */
function keysOf({ by, descending }: TrackSort): string | null {
  const key = (value: string) => (descending ? `${highestKey} - ${value}` : value);
  switch (by) {
    case 'seconds':
      return selectKeys(key('CAST(seconds * 1000000 AS INTEGER)'), '', 'tracks.id');
    case 'added':
      return selectKeys(key('added'), '', 'tracks.id');
    case 'plays':
      return selectKeys(key('coalesce(played.plays, 0)'), playsJoined, titleOrder('ASC'));
    case 'rating':
      return selectKeys(key('coalesce(ratings.stars, 0)'), ratingsJoined, titleOrder('ASC'));
    case 'year':
      return selectKeys(
        `coalesce(${descending ? `${noYear / 2} - tracks.year` : 'tracks.year'}, ${noYear})`,
        'JOIN albums ON albums.id = tracks.album_id',
        byAlbum,
      );
    case 'title':
    case 'artist':
    case 'album':
      return null;
    default:
      return assertNever(by);
  }
}

function selectKeys(key: string, joined: string, order: string): string {
  return `SELECT tracks.id, ${key} AS key FROM tracks ${joined} WHERE ${visible} ORDER BY ${order}`;
}

/** After every year, which have four digits. */
const noYear = 20_000;
/** Beyond times in milliseconds and lengths in microseconds. */
const highestKey = 2 ** 50;

/** Those of the ids that are tracks, in the order given. */
function knownTracks(db: Database, ids: readonly number[]): Uint32Array {
  return db.ids(
    `SELECT tracks.id FROM json_each(?) AS wanted JOIN tracks ON tracks.id = wanted.value
    ORDER BY wanted.key`,
    listValue(ids),
  );
}

/** Albums without a title are only loose files: they are found by artist, genre and folder. */
function selectAlbums(list: AlbumList): Statement {
  switch (list.from) {
    case 'all':
      return albumsWhere(`albums.title <> ''`, [], albumSorts[list.sort]);
    case 'artist':
      return albumsWhere(
        `albums.artist_id = ?1 OR tracks.id IN
          (SELECT track_id FROM track_artists WHERE artist_id = ?1)`,
        [list.id],
        // The artist's own albums first, then those they play on.
        `albums.artist_id <> ${list.id}, albums.title = '', albums.year IS NULL, albums.year DESC,
        albums.title_sort`,
      );
    case 'genre':
      return albumsWhere(
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

function albumsWhere(condition: string, values: readonly SqlValue[], order: string): Statement {
  return {
    sql: `SELECT albums.id FROM albums JOIN artists ON artists.id = albums.artist_id
    JOIN tracks ON tracks.album_id = albums.id
    WHERE ${visible} AND (${condition}) GROUP BY albums.id ORDER BY ${order}, albums.id`,
    values,
  };
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

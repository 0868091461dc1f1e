import type { Album, Artist, Genre, Home } from '../../shared/library.ts';
import type { TrackDetails } from '../../shared/track-details.ts';
import type { AudioFormat, Id, Track } from '../../shared/track.ts';
import { type Database, listValue, query } from '../database.ts';
import type { Beside } from './long-answers.ts';

const shelfLength = 24;
const mostGenres = 2000;
/** How far back Home looks for what is new or was played; enough for a shelf of albums. */
const shelfLooksBack = 2000;
const visible = `tracks.state <> 'removed'`;
const away = `(tracks.state <> 'here' OR sources.away = 1)`;
const coverOfAlbum = `(SELECT cover FROM tracks WHERE album_id = albums.id AND cover IS NOT NULL
  ORDER BY coalesce(disc, 1), track LIMIT 1)`;

type TrackRow = Omit<Track, 'liked' | 'away' | 'lossless' | 'format'> & {
  readonly format: AudioFormat;
  readonly lossless: number;
  readonly liked: number;
  readonly away: number;
};
const trackRows = query<TrackRow>(
  `SELECT tracks.id, tracks.title, tracks.artist, tracks.artist_id AS artistId,
    albums.title AS album, album_id AS albumId, albums.artist AS albumArtist, genre, seconds, track,
    disc, tracks.year, cover, format, lossless,
    likes.track_id IS NOT NULL AS liked, ratings.stars AS rating,
    (SELECT count(*) FROM plays WHERE plays.track_id = tracks.id) AS plays, ${away} AS away
  FROM json_each(?) AS wanted
  JOIN tracks ON tracks.id = wanted.value
  JOIN albums ON albums.id = tracks.album_id
  JOIN sources ON sources.id = tracks.source_id
  LEFT JOIN likes ON likes.track_id = tracks.id
  LEFT JOIN ratings ON ratings.track_id = tracks.id
  ORDER BY wanted.key`,
);

type AlbumRow = Omit<Album, 'away'> & { readonly away: number };
const albumRows = query<AlbumRow>(
  `SELECT albums.id, albums.title, albums.artist, albums.artist_id AS artistId, albums.year,
    count(*) AS tracks, count(DISTINCT coalesce(disc, 1)) AS discs, sum(seconds) AS seconds,
    ${coverOfAlbum} AS cover, min(${away}) AS away
  FROM json_each(?) AS wanted
  JOIN albums ON albums.id = wanted.value
  JOIN tracks ON tracks.album_id = albums.id
  JOIN sources ON sources.id = tracks.source_id
  WHERE ${visible} GROUP BY wanted.key ORDER BY wanted.key`,
);

/** An artist's tracks are those they play on and all that is on their albums. */
const artistRows = query<Artist>(
  `WITH own AS (
    SELECT wanted.key AS place, wanted.value AS artist_id, track_id
    FROM json_each(?1) AS wanted JOIN track_artists ON artist_id = wanted.value
    UNION
    SELECT wanted.key, wanted.value, tracks.id FROM json_each(?1) AS wanted
    JOIN albums ON albums.artist_id = wanted.value JOIN tracks ON album_id = albums.id
  )
  SELECT artists.id, artists.name, count(*) AS tracks, min(cover) AS cover,
    count(DISTINCT CASE WHEN albums.title <> '' THEN album_id END) AS albums
  FROM own
  JOIN artists ON artists.id = own.artist_id
  JOIN tracks ON tracks.id = own.track_id
  JOIN albums ON albums.id = album_id
  WHERE ${visible} GROUP BY own.place ORDER BY own.place`,
);

const genreRows = query<Omit<Genre, 'covers'>>(
  `SELECT genres.id, genres.name, count(*) AS tracks, count(DISTINCT album_id) AS albums
  FROM genres JOIN track_genres ON genre_id = genres.id JOIN tracks ON tracks.id = track_id
  WHERE ${visible} GROUP BY genres.id ORDER BY tracks DESC, genres.name LIMIT ${mostGenres}`,
);
const genreCovers = query<{ cover: string }>(
  `SELECT DISTINCT cover FROM track_genres JOIN tracks ON tracks.id = track_id
  WHERE genre_id = ? AND cover IS NOT NULL AND ${visible} LIMIT 4`,
);

const detailsOfTrack = query<{ details: string }>(
  'SELECT details FROM track_details WHERE track_id = ?',
);

const trackCount = query<{ tracks: number }>(
  `SELECT count(*) AS tracks FROM tracks WHERE ${visible}`,
);

/** Rows in the order of the ids; ids that are gone are left out. */
export function tracks(db: Database, ids: readonly Id[] | Uint32Array): Track[] {
  return db.all(trackRows, listValue(ids)).map((row) => ({
    ...row,
    lossless: row.lossless === 1,
    liked: row.liked === 1,
    away: row.away === 1,
  }));
}

/** What the track's file says of itself; null when there is no such track. */
export function trackDetails(db: Database, id: Id): TrackDetails | null {
  const row = db.first(detailsOfTrack, id);
  return row === undefined ? null : (JSON.parse(row.details) as TrackDetails);
}

export function albums(db: Database, ids: readonly Id[] | Uint32Array): Album[] {
  return db.all(albumRows, listValue(ids)).map((row) => ({ ...row, away: row.away === 1 }));
}

export interface ArtistRows {
  /** Rows in the order of the ids; ids that are gone are left out. */
  readonly read: (ids: readonly Id[] | Uint32Array) => Artist[];
  readonly forget: () => void;
}

const mostArtistsKept = 5000;

/** Kept until the library changes: to count what an artist has takes a look at all of it. */
export function createArtistRows(db: Database): ArtistRows {
  const known = new Map<Id, Artist>();
  return {
    read(ids) {
      if (known.size > mostArtistsKept) known.clear();
      const lacking = Array.from(ids).filter((id) => !known.has(id));
      if (lacking.length > 0) {
        for (const row of db.all(artistRows, listValue(lacking))) known.set(row.id, row);
      }
      return Array.from(ids).flatMap((id) => known.get(id) ?? []);
    },
    forget: () => known.clear(),
  };
}

/** What is counted over the whole library, which takes long in a large one. */
export interface Totals {
  /** Those with the most tracks first. */
  readonly genres: readonly Omit<Genre, 'covers'>[];
  readonly tracks: number;
}

export function readTotals(db: Database): Totals {
  return { genres: db.all(genreRows), tracks: db.first(trackCount)?.tracks ?? 0 };
}

export async function loadTotals({ rows }: Beside): Promise<Totals> {
  const [count] = await rows(trackCount);
  return { genres: await rows(genreRows), tracks: count?.tracks ?? 0 };
}

export function genres(db: Database, totals: Totals, most = Infinity): Genre[] {
  return totals.genres.slice(0, most).map((row) => ({
    ...row,
    covers: db.all(genreCovers, row.id).map(({ cover }) => cover),
  }));
}

/** A query of `id`. */
export const mostPlayedTracks = `SELECT track_id AS id
  FROM plays JOIN tracks ON tracks.id = track_id WHERE ${visible}
  GROUP BY track_id ORDER BY count(*) DESC, max(plays.id) DESC LIMIT ${shelfLength}`;

/** @param mostPlayed what `mostPlayedTracks` finds */
export function home(db: Database, totals: Totals, mostPlayed: Uint32Array): Home {
  const recentlyAdded = db.ids(
    `SELECT album_id AS id FROM (SELECT id, album_id FROM tracks
      WHERE ${visible} ORDER BY id DESC LIMIT ${shelfLooksBack})
    GROUP BY album_id ORDER BY max(id) DESC LIMIT ${shelfLength}`,
  );
  const recentlyPlayed = db.ids(
    `SELECT album_id AS id FROM (SELECT id AS play, track_id FROM plays
      ORDER BY id DESC LIMIT ${shelfLooksBack})
    JOIN tracks ON tracks.id = track_id WHERE ${visible}
    GROUP BY album_id ORDER BY max(play) DESC LIMIT ${shelfLength}`,
  );
  return {
    recentlyAdded: albums(db, recentlyAdded),
    recentlyPlayed: albums(db, recentlyPlayed),
    mostPlayed: tracks(db, mostPlayed),
    genres: genres(db, totals, shelfLength),
    tracks: totals.tracks,
  };
}

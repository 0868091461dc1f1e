import type { SearchResult, SearchTop } from '../../../shared/library.ts';
import type { Playlist } from '../../../shared/playlist.ts';
import type { Database } from '../../database.ts';
import { searchWords, sortKey } from '../fold.ts';
import { albums, artists, tracks } from '../rows.ts';

/** All tracks that are ranked for one text; a list of search results is never longer. */
const mostTracks = 1000;
/** Bounds of the candidates: a text of one letter matches a third of any library. */
const firstMatches = 400;
const heardMatchesWithin = 10_000;
const mostHeard = 200;
const mostByName = 100;
const mostWords = 12;

/** The end of every text that begins with what precedes it. */
const last = '\u{10ffff}';

/** Tracks that a text finds, best first, at most a thousand. Any text is a valid query. */
export function searchTrackIds(db: Database, text: string): Uint32Array {
  const { match, name } = asQuery(text);
  if (name === '') return new Uint32Array();
  // Exact names, then names that begin so, then the rest; within each what the listener likes and
  // plays. A whole match set is never ranked, only candidates from every way to be a good answer.
  return db.ids(
    `WITH matches AS NOT MATERIALIZED (
      SELECT rowid AS id FROM track_words WHERE ?1 <> '' AND track_words MATCH ?1
    ), candidates AS (
      SELECT * FROM (SELECT id FROM matches LIMIT ${firstMatches})
      UNION SELECT * FROM (
        SELECT id FROM (SELECT id FROM matches LIMIT ${heardMatchesWithin})
        WHERE id IN (SELECT track_id FROM likes) OR id IN (SELECT track_id FROM plays)
        LIMIT ${mostHeard})
      UNION SELECT * FROM (
        SELECT id FROM tracks WHERE title_sort >= ?2 AND title_sort < ?3
        ORDER BY title_sort LIMIT ${mostByName})
      UNION SELECT * FROM (
        SELECT tracks.id FROM artists JOIN tracks ON tracks.artist_id = artists.id
        WHERE sort >= ?2 AND sort < ?3 ORDER BY sort LIMIT ${mostByName})
      UNION SELECT * FROM (
        SELECT tracks.id FROM albums JOIN tracks ON tracks.album_id = albums.id
        WHERE albums.title_sort >= ?2 AND albums.title_sort < ?3
        ORDER BY albums.title_sort LIMIT ${mostByName})
    )
    SELECT tracks.id FROM candidates
    JOIN tracks ON tracks.id = candidates.id
    JOIN albums ON albums.id = tracks.album_id
    LEFT JOIN likes ON likes.track_id = tracks.id
    WHERE tracks.state <> 'removed'
    ORDER BY
      CASE WHEN tracks.title_sort = ?2 THEN 0
        WHEN tracks.artist_sort = ?2 OR albums.title_sort = ?2 THEN 1
        WHEN tracks.title_sort >= ?2 AND tracks.title_sort < ?3 THEN 2
        WHEN tracks.artist_sort >= ?2 AND tracks.artist_sort < ?3 THEN 3
        WHEN albums.title_sort >= ?2 AND albums.title_sort < ?3 THEN 3
        ELSE 4 END,
      (likes.track_id IS NOT NULL) * 5 +
        min((SELECT count(*) FROM plays WHERE plays.track_id = tracks.id), 20) DESC,
      tracks.artist_sort, albums.title_sort, coalesce(disc, 1), track, tracks.title_sort, tracks.id
    LIMIT ${mostTracks}`,
    match,
    name,
    name + last,
  );
}

/**
 * @param trackIds what `searchTrackIds` says of the text
 * @param limit rows of each kind
 */
export function search(
  db: Database,
  text: string,
  limit: number,
  trackIds: Uint32Array,
  playlists: readonly Playlist[],
): Omit<SearchResult, 'text' | 'milliseconds'> {
  const found = {
    tracks: tracks(db, trackIds.subarray(0, limit)),
    albums: albums(db, searchNames(db, 'albums', text, limit)),
    artists: artists(db, searchNames(db, 'artists', text, limit)),
    playlists: searchPlaylists(playlists, text).slice(0, limit),
  };
  return { ...found, top: topOf(found, sortKey(text)) };
}

const namedTables = {
  albums: { words: 'album_words', sort: 'albums.title_sort', where: `albums.title <> ''` },
  artists: { words: 'artist_words', sort: 'artists.sort', where: `artists.name <> ''` },
} as const;

function searchNames(
  db: Database,
  table: keyof typeof namedTables,
  text: string,
  limit: number,
): Uint32Array {
  const { match, name } = asQuery(text);
  if (name === '') return new Uint32Array();
  const { words, sort, where } = namedTables[table];
  return db.ids(
    `SELECT ${table}.id FROM (
      SELECT * FROM (SELECT rowid AS id FROM ${words} WHERE ?1 <> '' AND ${words} MATCH ?1
        LIMIT ${firstMatches})
      UNION SELECT * FROM (SELECT id FROM ${table} WHERE ${sort} >= ?2 AND ${sort} < ?3
        ORDER BY ${sort} LIMIT ${mostByName})
    ) AS candidates JOIN ${table} ON ${table}.id = candidates.id
    WHERE ${where} AND ${hasVisibleTrack[table]}
    ORDER BY ${sort} <> ?2, NOT (${sort} >= ?2 AND ${sort} < ?3), ${sort}, ${table}.id LIMIT ?4`,
    match,
    name,
    name + last,
    limit,
  );
}

const hasVisibleTrack = {
  albums: `EXISTS (SELECT 1 FROM tracks WHERE album_id = albums.id AND state <> 'removed')`,
  artists: `(EXISTS (SELECT 1 FROM track_artists JOIN tracks ON tracks.id = track_id
      WHERE track_artists.artist_id = artists.id AND state <> 'removed')
    OR EXISTS (SELECT 1 FROM albums JOIN tracks ON album_id = albums.id
      WHERE albums.artist_id = artists.id AND state <> 'removed'))`,
} as const;

/** There are few, so each is looked at. */
function searchPlaylists(playlists: readonly Playlist[], text: string): Playlist[] {
  const words = searchWords(text);
  if (words.length === 0) return [];
  return playlists.filter(({ name }) => {
    const own = ` ${searchWords(name).join(' ')}`;
    return words.every((word) => own.includes(` ${word}`));
  });
}

type Found = Omit<SearchResult, 'text' | 'milliseconds' | 'top'>;

/** The one answer, if one stands out: a name typed in full, else the best of what begins so. */
function topOf(found: Found, name: string): SearchTop | null {
  const [artist] = found.artists;
  const [album] = found.albums;
  const [track] = found.tracks;
  const [playlist] = found.playlists;
  const answers: readonly { readonly name: string; readonly top: SearchTop }[] = [
    ...(artist ? [{ name: artist.name, top: { kind: 'artist' as const, artist } }] : []),
    ...(album ? [{ name: album.title, top: { kind: 'album' as const, album } }] : []),
    ...(track ? [{ name: track.title, top: { kind: 'track' as const, track } }] : []),
    ...(playlist ? [{ name: playlist.name, top: { kind: 'playlist' as const, playlist } }] : []),
  ];
  const best =
    answers.find((answer) => sortKey(answer.name) === name) ??
    answers.find((answer) => sortKey(answer.name).startsWith(name)) ??
    answers.find(({ top }) => top.kind === 'track') ??
    answers[0];
  return best?.top ?? null;
}

interface Query {
  /** For MATCH; '' when the text has no word. */
  readonly match: string;
  /** For comparing with names; '' when the text is empty. */
  readonly name: string;
}

/**
 * Every word has to be found, as the beginning of one of the track's words. In quotation marks no
 * character has a meaning, and none is left inside.
 */
function asQuery(text: string): Query {
  return {
    match: searchWords(text)
      .slice(0, mostWords)
      .map((word) => `"${word}"*`)
      .join(' '),
    name: sortKey(text),
  };
}

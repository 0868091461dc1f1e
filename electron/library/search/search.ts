import type { Artist, SearchResult, SearchTop } from '../../../shared/library.ts';
import type { Playlist } from '../../../shared/playlist.ts';
import { type Database, listValue } from '../../database.ts';
import { searchWords, sortKey } from '../fold.ts';
import type { Beside } from '../long-answers.ts';
import { createRemembered } from '../remembered.ts';
import { albums, tracks } from '../rows.ts';
import {
  type Candidates,
  chosen,
  last,
  nearCandidates,
  readCandidates,
  scoreOf,
  wholeStatement,
} from './candidates.ts';
import { createHeard } from './heard.ts';
import { type Condition, conditionsOf, type GenreWords, readGenreWords } from './limits.ts';
import { matchOf, matchText } from './match.ts';
import { asWords, parseQuery, type Query } from './query.ts';
import { rank } from './rank.ts';
import { corrected } from './spelling.ts';

export interface Search {
  /** What a text finds, however long that takes. Any text is a valid query. Remembered. */
  readonly find: (text: string) => Found;
  /** The same, or, where a look at the whole library would have to tell, some of it at once. */
  readonly findSoon: (text: string) => Found;
  /** Sees to it that `find` answers soon: what takes long is found beside the rest. */
  readonly prepare: (text: string) => Promise<void>;
  readonly result: (
    text: string,
    limit: number,
    found: Found,
    playlists: readonly Playlist[],
  ) => Omit<SearchResult, 'text' | 'milliseconds'>;
  /** @param trackIds whose likes, ratings or plays are others; absent: anything may be */
  readonly forget: (trackIds?: Uint32Array) => void;
}

/** What a text was understood as, and the tracks for it, best first, at most a thousand. */
export interface Found {
  readonly asked: Query;
  readonly trackIds: Uint32Array;
  /** What was searched for instead of a text that found nothing; null: the text itself. */
  readonly corrected: string | null;
  /** The library may hold more of it, or better ones. */
  readonly more: boolean;
}

interface Near extends Candidates {
  readonly asked: Query;
  readonly limits: readonly Condition[];
}

const mostRemembered = 24;
/** Albums and artists are shown on a shelf each; to count what an artist has takes its time. */
const mostAlbums = 24;
const mostArtists = 8;
const firstMatches = 100;
const mostByName = 60;
/** Of these each is looked through for tracks that fulfil the limits. */
const mostLimited = 60;

/**
 * @param artists rows by their ids
 * @param now milliseconds since 1970
 */
export function createSearch(
  db: Database,
  artists: (ids: Uint32Array) => readonly Artist[],
  now: () => number,
  beside: Beside,
): Search {
  const heard = createHeard(db);
  const answers = createRemembered<Found>(mostRemembered);
  const nearAnswers = createRemembered<Near>(mostRemembered);
  let changes = 0;
  let genreWords: readonly GenreWords[] | null = null;

  function conditions(asked: Query): readonly Condition[] {
    if (asked.terms.some(({ field }) => field === 'genre')) genreWords ??= readGenreWords(db);
    return conditionsOf(asked, genreWords ?? [], now());
  }

  function near(text: string): Near {
    return nearAnswers.remember(text, () => nearTo(parseQuery(text)));
  }

  function nearTo(asked: Query): Near {
    const limits = conditions(asked);
    return { asked, limits, ...nearCandidates(db, asked, limits, heard.scores()) };
  }

  function findTracks(found: Near): Uint32Array {
    const whole = found.cutShort ? wholeStatement(found.asked, found.limits) : null;
    return ranked(found, whole === null ? new Uint32Array() : db.ids(whole.sql, ...whole.values));
  }

  /** @param more what a look at the whole library found beside the near ones */
  function ranked({ asked, ids }: Near, more: Uint32Array): Uint32Array {
    const scores = heard.scores();
    const all = more.length === 0 ? ids : [...new Set([...ids, ...chosen(more, scores)])];
    const candidates = readCandidates(db, asked, all);
    return Uint32Array.from(rank(candidates, asked, (id) => scoreOf(scores, id)));
  }

  function findsNames(asked: Query): boolean {
    return (
      findNames(db, 'albums', asked, conditions(asked), 1).length > 0 ||
      findNames(db, 'artists', asked, conditions(asked), 1).length > 0
    );
  }

  function find(text: string): Found {
    const { asked } = near(text);
    const trackIds = findTracks(near(text));
    const found = { asked, trackIds, corrected: null, more: false };
    if (trackIds.length > 0 || isEmpty(asked) || findsNames(asked)) return found;
    // "year:" may stand in a title, after all.
    const plain = asWords(text);
    const plainIds = isEmpty(plain) ? trackIds : findTracks(nearTo(plain));
    if (plainIds.length > 0) return { ...found, asked: plain, trackIds: plainIds };
    for (const other of [corrected(db, asked), corrected(db, plain)]) {
      const otherIds = other === null ? trackIds : findTracks(nearTo(other));
      if (other === null || otherIds.length === 0) continue;
      const said = other.terms.map(({ words }) => words).join(' ');
      return { ...found, asked: other, trackIds: otherIds, corrected: said };
    }
    return found;
  }

  function findOnce(text: string): Found {
    return answers.remember(text, () => find(text));
  }

  return {
    find: findOnce,

    findSoon(text) {
      if (answers.has(text) || !near(text).cutShort) return findOnce(text);
      const { asked } = near(text);
      const trackIds = ranked(near(text), new Uint32Array());
      return { asked, trackIds, corrected: null, more: true };
    },

    async prepare(text) {
      if (answers.has(text) || !near(text).cutShort) return;
      const { asked, limits } = near(text);
      const whole = wholeStatement(asked, limits);
      const seen = changes;
      const ids = whole === null ? null : await beside.ids(whole.sql, ...whole.values);
      // What changed meanwhile may not be in it; nor does an empty answer say what was meant.
      if (ids === null || ids.length === 0 || seen !== changes) return;
      const trackIds = ranked(near(text), ids);
      answers.remember(text, () => ({ asked, trackIds, corrected: null, more: false }));
    },

    result(text, limit, { asked, trackIds, corrected: said, more }, playlists) {
      const limits = conditions(asked);
      const found = {
        tracks: tracks(db, trackIds.subarray(0, limit)),
        albums: albums(
          db,
          findNames(db, 'albums', asked, limits, Math.min(limit, mostAlbums), trackIds),
        ),
        artists: artists(
          findNames(db, 'artists', asked, limits, Math.min(limit, mostArtists), trackIds),
        ),
        playlists:
          limits.length > 0 ? [] : searchPlaylists(playlists, said ?? text).slice(0, limit),
      };
      return { ...found, top: topOf(found, asked.name), corrected: said, more };
    },

    forget(trackIds) {
      changes += 1;
      answers.forget();
      nearAnswers.forget();
      heard.forget(trackIds);
      if (trackIds === undefined) genreWords = null;
    },
  };
}

function isEmpty({ terms, limits, name }: Query): boolean {
  return terms.length === 0 && limits.length === 0 && name === '';
}

const named = {
  albums: {
    words: 'album_words',
    sort: 'albums.title_sort',
    where: `albums.title <> ''`,
    ofTrack: 'tracks.album_id',
    hasTrack: (and: string) =>
      `EXISTS (SELECT 1 FROM tracks WHERE tracks.album_id = named.id${and})`,
  },
  artists: {
    words: 'artist_words',
    sort: 'artists.sort',
    where: `artists.name <> ''`,
    ofTrack: 'tracks.artist_id',
    hasTrack: (and: string) => `(
      EXISTS (SELECT 1 FROM track_artists JOIN tracks ON tracks.id = track_id
        WHERE track_artists.artist_id = named.id${and})
      OR EXISTS (SELECT 1 FROM albums JOIN tracks ON tracks.album_id = albums.id
        WHERE albums.artist_id = named.id${and}))`,
  },
} as const;

/**
 * Albums or artists by their own names, of which a track fulfils the limits; where no name is asked
 * for, those of the tracks found.
 */
function findNames(
  db: Database,
  table: keyof typeof named,
  asked: Query,
  conditions: readonly Condition[],
  limit: number,
  trackIds: Uint32Array = new Uint32Array(),
): Uint32Array {
  const { words, sort, where, ofTrack, hasTrack } = named[table];
  const match = matchOf(asked.terms, words);
  if (match === null) return new Uint32Array();
  if (match.found === '' && asked.name === '') {
    return db.ids(
      `SELECT ${table}.id FROM json_each(?) AS wanted JOIN tracks ON tracks.id = wanted.value
      JOIN ${table} ON ${table}.id = ${ofTrack} WHERE ${where}
      GROUP BY ${table}.id ORDER BY min(wanted.key) LIMIT ?`,
      listValue(trackIds),
      limit,
    );
  }
  const fulfilled = [`tracks.state <> 'removed'`, ...conditions.map(({ sql }) => sql)];
  const ofTracks = hasTrack(fulfilled.map((sql) => ` AND ${sql}`).join(''));
  const values = conditions.flatMap((one) => one.values);
  const text = match.found === '' ? '' : matchText(match);
  const most = conditions.length === 0 ? firstMatches + mostByName : mostLimited;
  // Brought into order first, so that only as many are asked for their tracks as are wanted.
  return db.ids(
    `SELECT named.id FROM (
      SELECT ${table}.id FROM (
        SELECT * FROM (SELECT rowid AS id FROM ${words} WHERE ?1 <> '' AND ${words} MATCH ?1
          LIMIT ${firstMatches})
        UNION SELECT * FROM (SELECT id FROM ${table} WHERE ?2 <> '' AND ${sort} >= ?2 AND ${sort} < ?3
          ORDER BY ${sort} LIMIT ${mostByName})
      ) AS candidates JOIN ${table} ON ${table}.id = candidates.id
      WHERE ${where}
      ORDER BY ${sort} <> ?2, NOT (${sort} >= ?2 AND ${sort} < ?3), ${sort}, ${table}.id LIMIT ${most}
    ) AS named WHERE ${ofTracks} LIMIT ${limit}`,
    text,
    asked.name,
    asked.name + last,
    ...values,
    ...(table === 'artists' ? values : []),
  );
}

/** There are few, so each is looked at. */
function searchPlaylists(playlists: readonly Playlist[], text: string): Playlist[] {
  const words = searchWords(text);
  if (words.length === 0) return [];
  return playlists.filter(({ name }) => {
    const own = ` ${searchWords(name).join(' ')}`;
    return words.every((word) => own.includes(` ${word}`));
  });
}
type Rows = Omit<SearchResult, 'text' | 'milliseconds' | 'top' | 'corrected' | 'more'>;

/** The one answer, if one stands out: a name typed in full, else the best of what begins so. */
function topOf(found: Rows, name: string): SearchTop | null {
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

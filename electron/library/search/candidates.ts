import type { Id } from '../../../shared/track.ts';
import { type Database, listValue, query } from '../../database.ts';
import type { Condition, Statement } from './limits.ts';
import { matchOf, matchText } from './match.ts';
import type { Query } from './query.ts';
import type { Candidate } from './rank.ts';

/** Bounds of the candidates: a text of one letter matches a third of any library. */
const firstMatches = 200;
const mostHeard = 120;
const mostByName = 60;
/** Rows that are looked through for heard ones and for what fulfils limits, in a few milliseconds. */
const rowsLookedThrough = 8000;
/** A shorter answer may lack tracks that lie beyond the rows looked through. */
const enough = 50;
const visible = `tracks.state <> 'removed'`;

/** The end of every text that begins with what precedes it. */
export const last = '\u{10ffff}';

export interface Candidates {
  /** Those that are not found by a whole name. */
  readonly ids: readonly Id[];
  /** They are few, though more of the library may fulfil the limits: all of it has to be looked at. */
  readonly cutShort: boolean;
}

/**
 * Tracks that a query finds: some of the first and those that are dearest to the listener. A whole
 * match set is never ranked.
 * @param scores as `Heard` has them
 */
export function nearCandidates(
  db: Database,
  asked: Query,
  conditions: readonly Condition[],
  scores: Uint8Array,
): Candidates {
  const statement = lookedThrough(asked, conditions, rowsLookedThrough);
  if (statement === null) return { ids: [], cutShort: false };
  const looked = db.ids(statement.sql, ...statement.values);
  const left = leftOut(db, asked, looked);
  const possible = left === null ? looked : looked.filter((id) => !left.has(id));
  const heard = [...possible.filter((id) => scoreOf(scores, id) > 0)];
  heard.sort((one, other) => scoreOf(scores, other) - scoreOf(scores, one));
  if (conditions.length === 0) {
    const cutShort =
      left !== null && looked.length >= rowsLookedThrough && possible.length < enough;
    return { ids: chosen(heard, possible), cutShort };
  }
  const unheard = conditions.some(({ heardOnly }) => heardOnly)
    ? []
    : possible.filter((id) => scoreOf(scores, id) === 0);
  const ids = [
    ...db.ids(
      `SELECT tracks.id FROM json_each(?) AS looked CROSS JOIN tracks ON tracks.id = looked.value
      WHERE ${visible}${and(conditions)} LIMIT ${firstMatches + mostHeard}`,
      listValue([...heard, ...unheard]),
      ...valuesOf(conditions),
    ),
  ];
  return { ids, cutShort: looked.length >= rowsLookedThrough && ids.length < enough };
}

/** A query of `id` for the same in the whole library, however long that takes. */
export function wholeStatement(asked: Query, conditions: readonly Condition[]): Statement | null {
  const looked = lookedThrough(asked, conditions, -1);
  if (looked === null) return null;
  const { found, left } = matchOf(asked.terms, 'track_words') ?? { found: '', left: '' };
  const without = found === '' && left !== '';
  return {
    sql: `SELECT looked.id FROM (${looked.sql}) AS looked
    CROSS JOIN tracks ON tracks.id = looked.id
    WHERE ${visible}${and(conditions)}
      ${without ? 'AND tracks.id NOT IN (SELECT rowid FROM track_words WHERE track_words MATCH ?)' : ''}
    LIMIT ${firstMatches + mostHeard}`,
    values: [...looked.values, ...valuesOf(conditions), ...(without ? [left] : [])],
  };
}

/** What the tracks are ranked by, and with them those whose name, artist or album begins as asked. */
export function readCandidates(
  db: Database,
  asked: Query,
  ids: readonly Id[] | Uint32Array,
  scores: Uint8Array,
): readonly Candidate[] {
  // Whole names count where nothing but words is asked for: what else is asked they may not fulfil.
  const named = asked.name !== '' && hasPlainWordsOnly(asked);
  const found = named
    ? db.all(namedCandidates, listValue(ids), asked.name, asked.name + last)
    : db.all(candidates, listValue(ids));
  return found.map((row) => ({ ...row, score: scoreOf(scores, row.id) }));
}

type CandidateRow = Omit<Candidate, 'score'>;
const candidatesOf = (ids: string) =>
  query<CandidateRow>(
    `SELECT tracks.id, tracks.title_sort AS title, tracks.artist_sort AS artist,
      albums.title_sort AS album, coalesce(disc, 1) AS disc, coalesce(track, 10000) AS track
    FROM (${ids}) AS found CROSS JOIN tracks ON tracks.id = found.id
    JOIN albums ON albums.id = tracks.album_id
    WHERE ${visible}`,
  );
const given = 'SELECT value AS id FROM json_each(?1)';
const candidates = candidatesOf(given);
const namedCandidates = candidatesOf(`${given}
  UNION SELECT * FROM (
    SELECT id FROM tracks WHERE title_sort >= ?2 AND title_sort < ?3
    ORDER BY title_sort LIMIT ${mostByName})
  UNION SELECT * FROM (
    SELECT tracks.id FROM artists JOIN tracks ON tracks.artist_id = artists.id
    WHERE sort >= ?2 AND sort < ?3 ORDER BY sort LIMIT ${mostByName})
  UNION SELECT * FROM (
    SELECT tracks.id FROM albums JOIN tracks ON tracks.album_id = albums.id
    WHERE albums.title_sort >= ?2 AND albums.title_sort < ?3
    ORDER BY albums.title_sort LIMIT ${mostByName})`);

function chosen(heard: readonly Id[], possible: Uint32Array): Id[] {
  return [...new Set([...heard.slice(0, mostHeard), ...possible.subarray(0, firstMatches)])];
}

/**
 * The ids that the candidates are taken from; null: only names can be compared.
 * @param most −1: all of them
 */
function lookedThrough(
  asked: Query,
  conditions: readonly Condition[],
  most: number,
): Statement | null {
  const match = matchOf(asked.terms, 'track_words');
  if (match !== null && match.found !== '') {
    return {
      sql: `SELECT rowid AS id FROM track_words WHERE track_words MATCH ? LIMIT ${most}`,
      values: [matchText(match)],
    };
  }
  if (conditions.length === 0 && (match === null || match.left === '')) return null;
  const driving = conditions.find(hasDriver);
  return driving === undefined
    ? { sql: `SELECT id FROM tracks ORDER BY id DESC LIMIT ${most}`, values: [] }
    : {
        sql: `SELECT id FROM (${driving.driver.sql}) LIMIT ${most}`,
        values: driving.driver.values,
      };
}

/** Of these ids the ones to be left out for their words, where that is not part of the match. */
function leftOut(db: Database, { terms }: Query, looked: Uint32Array): ReadonlySet<Id> | null {
  const match = matchOf(terms, 'track_words');
  if (match === null || match.left === '' || match.found !== '') return null;
  const lowest = looked.reduce((low, id) => Math.min(low, id), Infinity);
  const highest = looked.reduce((high, id) => Math.max(high, id), 0);
  return new Set(
    db.ids(
      'SELECT rowid AS id FROM track_words WHERE track_words MATCH ? AND rowid BETWEEN ? AND ?',
      match.left,
      looked.length === 0 ? 0 : lowest,
      highest,
    ),
  );
}

function scoreOf(scores: Uint8Array, id: Id): number {
  return scores[id - 1] ?? 0;
}

function and(conditions: readonly Condition[]): string {
  return conditions.map(({ sql }) => ` AND ${sql}`).join('');
}

function valuesOf(conditions: readonly Condition[]): Statement['values'] {
  return conditions.flatMap(({ values }) => values);
}

function hasDriver(one: Condition): one is Condition & { readonly driver: Statement } {
  return one.driver !== null;
}

function hasPlainWordsOnly({ terms, limits }: Query): boolean {
  return (
    limits.length === 0 && terms.every(({ field, not, whole }) => field === null && !not && !whole)
  );
}

import type { Id } from '../../../shared/track.ts';
import { type Database, listValue, query } from '../../database.ts';
import type { Condition, Statement } from './limits.ts';
import { matchOf, matchText } from './match.ts';
import type { Query, Term } from './query.ts';
import type { Candidate } from './rank.ts';
import { spelledOut } from './vocabulary.ts';

/** Bounds of the candidates: a text of one letter matches a third of any library. */
const firstMatches = 200;
const mostHeard = 100;
const mostByName = 40;
/** Ids that are looked through for heard ones, and rows for what fulfils limits, each in 2 ms. */
const idsLookedThrough = 3000;
const rowsLookedThrough = 1500;
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
  const words = spelledOut(db, asked.terms);
  const statement = lookedThrough(words.terms, conditions, idsLookedThrough);
  if (statement === null) return { ids: [], cutShort: false };
  const looked = db.ids(statement.sql, ...statement.values);
  const isCut = looked.length >= idsLookedThrough;
  const left = leftOut(db, asked, looked);
  const possible = left === null ? looked : looked.filter((id) => !left.has(id));
  if (conditions.length === 0) {
    const cutShort = isCut ? possible.length < enough : !words.areAll;
    return { ids: chosen(possible, scores), cutShort };
  }
  const heardOnly = conditions.some((one) => one.heardOnly);
  const tested = dearestFirst(possible, scores, heardOnly).slice(0, rowsLookedThrough);
  const ids = [
    ...db.ids(
      `SELECT tracks.id FROM json_each(?) AS looked CROSS JOIN tracks ON tracks.id = looked.value
      WHERE ${visible}${and(conditions)} LIMIT ${firstMatches + mostHeard}`,
      listValue(tested),
      ...valuesOf(conditions),
    ),
  ];
  const isPart = isCut || !words.areAll || tested.length >= rowsLookedThrough;
  return { ids, cutShort: isPart && ids.length < enough };
}

/** A query of `id` for the same in the whole library, however long that takes. */
export function wholeStatement(asked: Query, conditions: readonly Condition[]): Statement | null {
  const isPlain = conditions.length === 0 && asked.terms.every(({ not }) => !not);
  const looked = lookedThrough(asked.terms, conditions, isPlain ? idsLookedThrough : -1);
  if (looked === null || isPlain) return looked;
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

/** Of what was found the first and the dearest. */
export function chosen(found: Uint32Array, scores: Uint8Array): Id[] {
  const heard = dearestFirst(found, scores, true).slice(0, mostHeard);
  return [...new Set([...heard, ...found.subarray(0, firstMatches)])];
}

/** What the tracks are ranked by, and with them those whose name, artist or album begins as asked. */
export function readCandidates(
  db: Database,
  asked: Query,
  ids: readonly Id[] | Uint32Array,
): readonly Candidate[] {
  // Whole names count where nothing but words is asked for: what else is asked they may not fulfil.
  const named = asked.name !== '' && hasPlainWordsOnly(asked);
  const found = named
    ? db.first(namedCandidates, listValue(ids), asked.name, asked.name + last)
    : db.first(candidates, listValue(ids));
  return JSON.parse(found?.list ?? '[]') as Candidate[];
}

/** As one text, which takes half the time of rows. */
const candidatesOf = (ids: string) =>
  query<{ readonly list: string }>(
    `SELECT json_group_array(json_array(tracks.id, tracks.title_sort, tracks.artist_sort,
      albums.title_sort, coalesce(disc, 1), coalesce(track, 10000))) AS list
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

/** Sorted by their scores, which are few; what was never heard follows in its own order. */
function dearestFirst(ids: Uint32Array, scores: Uint8Array, heardOnly: boolean): Id[] {
  const byScore: Id[][] = [];
  for (const id of ids) {
    const score = scoreOf(scores, id);
    if (score > 0 || !heardOnly) (byScore[score] ??= []).push(id);
  }
  // Holes of an array are passed over by `flat`.
  return byScore.reverse().flat();
}

/**
 * The ids that the candidates are taken from; null: only names can be compared.
 * @param most −1: all of them
 */
function lookedThrough(
  terms: readonly Term[],
  conditions: readonly Condition[],
  most: number,
): Statement | null {
  const match = matchOf(terms, 'track_words');
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

export function scoreOf(scores: Uint8Array, id: Id): number {
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

import { type Database, type SqlValue, query } from '../../database.ts';
import type { Condition, Statement } from './limits.ts';
import { matchOf, matchText } from './match.ts';
import type { Query } from './query.ts';
import type { Candidate } from './rank.ts';

/** Bounds of the candidates: a text of one letter matches a third of any library. */
const firstMatches = 200;
const mostHeard = 120;
const mostByName = 60;
/** Rows that are looked through for heard ones and for what fulfils limits, in a few milliseconds. */
const rowsLookedThrough = 20_000;
const rowsLookedThroughForLimits = 10_000;
/** A shorter answer may lack tracks that lie beyond the rows looked through. */
const enough = 50;
const visible = `tracks.state <> 'removed'`;

/** The end of every text that begins with what precedes it. */
export const last = '\u{10ffff}';

export interface Candidates {
  readonly rows: readonly Candidate[];
  /** The answer is short, though more of the library may fulfil the limits: look through all of it. */
  readonly cutShort: boolean;
}

/**
 * Tracks that a query finds, in no order: some from every way to be a good answer. A whole match
 * set is never ranked.
 * @param scores as `Heard` has them
 * @param whole looks through the whole library for what fulfils the limits, however long it takes
 */
export function trackCandidates(
  db: Database,
  asked: Query,
  conditions: readonly Condition[],
  scores: Uint8Array,
  whole: boolean,
): Candidates {
  const statement = candidateSql(asked, conditions, scores, whole);
  if (statement === null) return { rows: [], cutShort: false };
  const rows = db.all(query<Candidate>(statement.sql), ...statement.values);
  if (whole || conditions.length === 0 || rows.length >= enough) return { rows, cutShort: false };
  const { sql, values } = statement.looked;
  const [counted] = db.all(
    query<{ rows: number }>(`SELECT count(*) AS rows FROM (${sql})`),
    ...values,
  );
  return { rows, cutShort: (counted?.rows ?? 0) >= rowsLookedThroughForLimits };
}

/** @returns null when the query asks for nothing */
function candidateSql(
  asked: Query,
  conditions: readonly Condition[],
  scores: Uint8Array,
  whole: boolean,
): (Statement & { readonly looked: Statement }) | null {
  const looked = lookedThrough(asked, conditions, whole);
  if (looked === null && asked.name === '') return null;
  const values: SqlValue[] = [scores];
  const parts: string[] = [];
  function add(sql: string, ...own: readonly SqlValue[]): void {
    parts.push(`SELECT * FROM (${sql})`);
    values.push(...own);
  }

  values.push(...(looked?.values ?? []));
  if (looked !== null) {
    const fulfilling = [...conditions, ...leftOut(asked)];
    const sql = fulfilling.map((one) => ` AND ${one.sql}`).join('');
    const own = fulfilling.flatMap((one) => one.values);
    const from =
      sql === ''
        ? 'FROM looked WHERE 1'
        : `FROM looked CROSS JOIN tracks ON tracks.id = looked.id WHERE ${visible}${sql}`;
    add(`SELECT looked.id ${from} LIMIT ${firstMatches}`, ...own);
    add(`SELECT looked.id ${from} AND substr(?1, looked.id, 1) > x'00' LIMIT ${mostHeard}`, ...own);
  }
  // Whole names count where nothing but words is asked for: what else is asked they may not fulfil.
  if (asked.name !== '' && hasPlainWordsOnly(asked)) {
    for (const sql of byName) add(sql, asked.name, asked.name + last);
  }
  if (parts.length === 0) return null;
  const lookedThere = looked ?? { sql: 'SELECT 0 AS id WHERE 0', values: [] };
  return {
    // The first lines only give the scores, a large value, one number for all their places.
    sql: `WITH scores AS (SELECT ?1),
    looked AS MATERIALIZED (${lookedThere.sql}),
    candidates AS (${parts.join(' UNION ')})
    SELECT tracks.id, tracks.title_sort AS title, tracks.artist_sort AS artist,
      albums.title_sort AS album, coalesce(disc, 1) AS disc, coalesce(track, 10000) AS track,
      coalesce(unicode(substr(?1, tracks.id, 1)), 0) AS score
    FROM candidates CROSS JOIN tracks ON tracks.id = candidates.id
    JOIN albums ON albums.id = tracks.album_id
    WHERE ${visible}`,
    values,
    looked: lookedThere,
  };
}

/** Each takes the name and the end of all texts that begin with it. */
const byName = [
  `SELECT id FROM tracks WHERE title_sort >= ? AND title_sort < ?
    ORDER BY title_sort LIMIT ${mostByName}`,
  `SELECT tracks.id FROM artists JOIN tracks ON tracks.artist_id = artists.id
    WHERE sort >= ? AND sort < ? ORDER BY sort LIMIT ${mostByName}`,
  `SELECT tracks.id FROM albums JOIN tracks ON tracks.album_id = albums.id
    WHERE albums.title_sort >= ? AND albums.title_sort < ?
    ORDER BY albums.title_sort LIMIT ${mostByName}`,
];

/** The ids that the candidates are taken from; null: only names can be compared. */
function lookedThrough(
  asked: Query,
  conditions: readonly Condition[],
  whole: boolean,
): Statement | null {
  const match = matchOf(asked.terms, 'track_words');
  const few = conditions.length === 0 ? rowsLookedThrough : rowsLookedThroughForLimits;
  const most = whole ? -1 : few;
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

/** Words that must not be, where no words drive the search from which they could be taken away. */
function leftOut({ terms }: Query): readonly Statement[] {
  const match = matchOf(terms, 'track_words');
  if (match === null || match.left === '' || match.found !== '') return [];
  return [
    {
      sql: 'tracks.id NOT IN (SELECT rowid FROM track_words WHERE track_words MATCH ?)',
      values: [match.left],
    },
  ];
}

function hasDriver(one: Condition): one is Condition & { readonly driver: Statement } {
  return one.driver !== null;
}

function hasPlainWordsOnly({ terms, limits }: Query): boolean {
  return (
    limits.length === 0 && terms.every(({ field, not, whole }) => field === null && !not && !whole)
  );
}

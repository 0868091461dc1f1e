import { assertNever } from '../../../shared/errors.ts';
import type { Id } from '../../../shared/track.ts';
import { type Database, listValue, query } from '../../database.ts';
import type { SqlValue } from '../../database.ts';
import { searchWords } from '../fold.ts';
import type { Limit, Query } from './query.ts';

/** SQL with a ? for each value. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** What a row of `tracks` has to fulfil besides its words. */
export interface Condition extends Statement {
  /** A query of `id` that gives few tracks beside those that fulfil it; null: there is none. */
  readonly driver: Statement | null;
  /** Only tracks that `Heard` gives a score fulfil it. */
  readonly heardOnly: boolean;
}

const dayMilliseconds = 86_400_000;
const playsOf = '(SELECT count(*) FROM plays WHERE plays.track_id = tracks.id)';
const starsOf = 'coalesce((SELECT stars FROM ratings WHERE ratings.track_id = tracks.id), 0)';
const isLiked = 'EXISTS (SELECT 1 FROM likes WHERE likes.track_id = tracks.id)';
const isAway = `(tracks.state <> 'here' OR EXISTS
  (SELECT 1 FROM sources WHERE sources.id = tracks.source_id AND sources.away = 1))`;

/** @param now milliseconds since 1970 */
export function conditionsOf(
  { limits, terms }: Query,
  genres: readonly GenreWords[],
  now: number,
): readonly Condition[] {
  const ofGenre = terms.flatMap(({ field, words, whole, not }) => {
    if (field !== 'genre') return [];
    const ids = genres.filter((genre) => isFound(genre.words, words, whole)).map(({ id }) => id);
    return genreCondition(ids, not);
  });
  return [...limits.map((limit) => limitCondition(limit, now)), ...ofGenre];
}

export interface GenreWords {
  readonly id: Id;
  /** As `searchText` holds them, parted by one space. */
  readonly words: string;
}

const genreRows = query<{ readonly id: Id; readonly name: string }>('SELECT id, name FROM genres');

export function readGenreWords(db: Database): readonly GenreWords[] {
  return db.all(genreRows).map(({ id, name }) => ({ id, words: searchWords(name).join(' ') }));
}

/** Whether the words stand in the text one after the other, the last of them perhaps cut off. */
function isFound(text: string, words: string, whole: boolean): boolean {
  return ` ${text} `.includes(whole ? ` ${words} ` : ` ${words}`);
}

function genreCondition(ids: readonly Id[], not: boolean): Condition {
  const among = 'genre_id IN (SELECT value FROM json_each(?))';
  return condition(
    `EXISTS (SELECT 1 FROM track_genres WHERE track_id = tracks.id AND ${among})`,
    [listValue(ids)],
    not,
    `SELECT track_id AS id FROM track_genres WHERE ${among}`,
  );
}

function limitCondition(limit: Limit, now: number): Condition {
  const { not } = limit;
  switch (limit.on) {
    case 'liked':
      return heardIf(
        !not,
        condition(isLiked, [], not, 'SELECT track_id AS id FROM likes ORDER BY track_id DESC'),
      );
    case 'lossless':
      return condition('(tracks.lossless = 1)', [], not);
    case 'unplayed':
      return not
        ? heardIf(true, condition(`(${playsOf} > 0)`, [], false, playedTracks))
        : condition(`(${playsOf} = 0)`, [], false);
    case 'away':
      return condition(isAway, [], not);
    case 'format':
      return condition(
        '(tracks.format IN (SELECT value FROM json_each(?)))',
        [listValue(limit.formats)],
        not,
      );
    case 'year': {
      const span = [bound(limit.from), bound(limit.to)];
      return condition('coalesce(tracks.year BETWEEN ? AND ?, 0)', span, not, yearTracks);
    }
    case 'age':
      // Young tracks have high ids, which the tracks without a driver are looked through by.
      return condition(
        '(tracks.added BETWEEN ? AND ?)',
        [bound(now - limit.to * dayMilliseconds), bound(now - limit.from * dayMilliseconds)],
        not,
      );
    case 'plays': {
      const span = [bound(limit.from), bound(limit.to)];
      const counted = `${playedTracks} HAVING count(*) BETWEEN ? AND ?`;
      const isPlayed = limit.from > 0;
      return heardIf(
        isPlayed && !not,
        condition(`(${playsOf} BETWEEN ? AND ?)`, span, not, isPlayed ? counted : null),
      );
    }
    case 'rating': {
      const span = [bound(limit.from), bound(limit.to)];
      const rated = 'SELECT track_id AS id FROM ratings WHERE stars BETWEEN ? AND ?';
      return heardIf(
        limit.from >= 4 && !not,
        condition(`(${starsOf} BETWEEN ? AND ?)`, span, not, limit.from > 0 ? rated : null),
      );
    }
    default:
      return assertNever(limit);
  }
}

const playedTracks = 'SELECT track_id AS id FROM plays GROUP BY track_id';
const yearTracks = 'SELECT id FROM tracks WHERE year BETWEEN ? AND ?';

function heardIf(heardOnly: boolean, found: Condition): Condition {
  return { ...found, heardOnly };
}

/** @param driver takes the same values as the condition; of no use for what must not be */
function condition(
  sql: string,
  values: readonly SqlValue[],
  not: boolean,
  driver: string | null = null,
): Condition {
  if (not) return { sql: `NOT ${sql}`, values, driver: null, heardOnly: false };
  const driving = driver === null ? null : { sql: driver, values };
  return { sql, values, driver: driving, heardOnly: false };
}

/** SQLite has no infinite numbers to be bound. */
function bound(value: number): number {
  return Math.max(-9e15, Math.min(9e15, value));
}

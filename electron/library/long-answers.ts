import { setTimeout } from 'node:timers/promises';
import { type Database, query, type Query, type SqlValue } from '../database.ts';

/** Queries that run on a thread of their own over what is committed, so that no other waits. */
export interface Beside {
  /** A query of one column `id`. */
  readonly ids: (sql: string, ...values: readonly SqlValue[]) => Promise<Uint32Array>;
  /**
   * A query of `id` and `key`, a whole number of at least 0: the ids in the order of the keys, those
   * with the same one as the query gives them.
   */
  readonly sorted: (sql: string, ...values: readonly SqlValue[]) => Promise<Uint32Array>;
  /** A query of few rows that are known together, as sorted ones are. */
  readonly rows: <Row>(query: Query<Row>) => Promise<readonly Row[]>;
}

/** What the other connection can't answer this one does, or says why as any other query does. */
export function besideOrHere(db: Database, { ids, sorted, rows }: Beside): Beside {
  return {
    ids: (sql, ...values) => ids(sql, ...values).catch(() => db.ids(sql, ...values)),
    sorted: (sql, ...values) =>
      sorted(sql, ...values).catch(() =>
        db.ids(
          `SELECT id FROM (SELECT *, row_number() OVER () AS place FROM (${sql}))
        ORDER BY key, place`,
          ...values,
        ),
      ),
    rows: (asked) => rows(asked).catch(() => db.all(asked)),
  };
}

/** In smaller libraries all that is asked beside the rest elsewhere takes some 20 ms. */
const largeFromId = 20_000;
const newestTrack = query<{ readonly id: number | null }>('SELECT max(id) AS id FROM tracks');

export function isLarge(db: Database): boolean {
  return (db.first(newestTrack)?.id ?? 0) >= largeFromId;
}

/**
 * Answers that take long, such as a million tracks in some order. While a scan changes the library
 * each second, each is made anew only now and then: who asks waits a while, and meanwhile shows
 * what it has.
 */
export interface LongAnswers<Value> {
  readonly load: (key: string, make: () => Promise<Value>) => Promise<Value>;
  /** What was last answered, if it still holds or is about to be made anew. */
  readonly recent: (key: string) => Value | undefined;
  /** The library has changed. */
  readonly forget: () => void;
  /** Answers those who wait at once, and resolves when nothing is being made any more. */
  readonly close: () => Promise<void>;
}

interface LongAnswer<Value> {
  value: Value | undefined;
  revision: number;
  madeAt: number;
  milliseconds: number;
  making: Promise<Value> | null;
}

/** A million ids are 4 MB. */
const mostKept = 6;
/** How many times as long as it takes to make an answer it is left alone afterwards. */
const restFactor = 4;
const longestRestMilliseconds = 5000;

export function createLongAnswers<Value>(): LongAnswers<Value> {
  const answers = new Map<string, LongAnswer<Value>>();
  const closing = new AbortController();
  let revision = 0;

  function restOf({ madeAt, milliseconds }: LongAnswer<Value>): number {
    const rest = Math.min(longestRestMilliseconds, restFactor * milliseconds);
    return Math.max(0, madeAt + rest - performance.now());
  }

  function keep(key: string): LongAnswer<Value> {
    const answer = answers.get(key) ?? {
      value: undefined,
      revision: -1,
      madeAt: -Infinity,
      milliseconds: 0,
      making: null,
    };
    // In the order of last use, oldest first.
    answers.delete(key);
    answers.set(key, answer);
    for (const [other, { making }] of answers) {
      if (answers.size <= mostKept) break;
      if (making === null) answers.delete(other);
    }
    return answer;
  }

  async function makeNew(answer: LongAnswer<Value>, make: () => Promise<Value>): Promise<Value> {
    await setTimeout(restOf(answer), undefined, { ref: false, signal: closing.signal }).catch(
      () => undefined,
    );
    const began = performance.now();
    const seen = revision;
    const value = await make();
    answer.value = value;
    answer.revision = seen;
    answer.madeAt = performance.now();
    answer.milliseconds = answer.madeAt - began;
    return value;
  }

  async function load(key: string, make: () => Promise<Value>): Promise<Value> {
    const answer = keep(key);
    if (answer.value !== undefined && answer.revision === revision) return answer.value;
    answer.making ??= makeNew(answer, make).finally(() => (answer.making = null));
    return answer.making;
  }

  return {
    load,
    recent(key) {
      const answer = answers.get(key);
      if (answer?.value === undefined) return undefined;
      return answer.revision === revision || restOf(answer) > 0 ? answer.value : undefined;
    },
    forget() {
      revision += 1;
    },
    async close() {
      closing.abort();
      await Promise.allSettled([...answers.values()].flatMap(({ making }) => making ?? []));
    },
  };
}

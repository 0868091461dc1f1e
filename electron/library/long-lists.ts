import { setTimeout } from 'node:timers/promises';
import type { SqlValue } from '../database.ts';

/** Runs a query of `id` beside the rest, so that no other query waits for it. */
export type IdsBeside = (sql: string, ...values: readonly SqlValue[]) => Promise<Uint32Array>;

/**
 * Lists that take long to be put into order. While a scan changes the library each second, each is
 * made anew only now and then: who asks waits a while, and meanwhile shows what it has.
 */
export interface LongLists {
  readonly load: (key: string, make: () => Promise<Uint32Array>) => Promise<Uint32Array>;
  /** What was last answered, if it still holds or is about to be made anew. */
  readonly recent: (key: string) => Uint32Array | undefined;
  /** The library has changed. */
  readonly forget: () => void;
  /** Answers those who wait at once, and resolves when nothing is being made any more. */
  readonly close: () => Promise<void>;
}

interface LongList {
  ids: Uint32Array | undefined;
  revision: number;
  madeAt: number;
  milliseconds: number;
  making: Promise<Uint32Array> | null;
}

/** A million ids are 4 MB. */
const mostKept = 6;
/** How many times as long as it takes to make a list it is left alone afterwards. */
const restFactor = 4;
const longestRestMilliseconds = 5000;

export function createLongLists(): LongLists {
  const lists = new Map<string, LongList>();
  const closing = new AbortController();
  let revision = 0;

  function restOf({ madeAt, milliseconds }: LongList): number {
    const rest = Math.min(longestRestMilliseconds, restFactor * milliseconds);
    return Math.max(0, madeAt + rest - performance.now());
  }

  function keep(key: string): LongList {
    const list = lists.get(key) ?? {
      ids: undefined,
      revision: -1,
      madeAt: -Infinity,
      milliseconds: 0,
      making: null,
    };
    // In the order of last use, oldest first.
    lists.delete(key);
    lists.set(key, list);
    for (const [other, { making }] of lists) {
      if (lists.size <= mostKept) break;
      if (making === null) lists.delete(other);
    }
    return list;
  }

  async function makeNew(list: LongList, make: () => Promise<Uint32Array>): Promise<Uint32Array> {
    await setTimeout(restOf(list), undefined, { ref: false, signal: closing.signal }).catch(
      () => undefined,
    );
    const began = performance.now();
    const seen = revision;
    const ids = await make();
    list.ids = ids;
    list.revision = seen;
    list.madeAt = performance.now();
    list.milliseconds = list.madeAt - began;
    return ids;
  }

  async function load(key: string, make: () => Promise<Uint32Array>): Promise<Uint32Array> {
    const list = keep(key);
    if (list.ids !== undefined && list.revision === revision) return list.ids;
    list.making ??= makeNew(list, make).finally(() => (list.making = null));
    return list.making;
  }

  return {
    load,
    recent(key) {
      const list = lists.get(key);
      if (list?.ids === undefined) return undefined;
      return list.revision === revision || restOf(list) > 0 ? list.ids : undefined;
    },
    forget() {
      revision += 1;
    },
    async close() {
      closing.abort();
      await Promise.allSettled([...lists.values()].flatMap(({ making }) => making ?? []));
    },
  };
}

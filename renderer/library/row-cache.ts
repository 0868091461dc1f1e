import type { Id } from '../../shared/track.ts';

/** Rows asked for at once: a few screens of them, well under the contract's bound of 500. */
const chunkLength = 100;
/** More answers under way than this would only queue in front of the one that is looked at. */
const chunksUnderWay = 3;
/** Chunks that wait; a fast scroll passes by more pages than anyone will look at. */
const chunksWaiting = 8;

/** What is known now. Another object after every change, though it reads the same rows. */
export interface Rows<Row> {
  /** `undefined`: not known yet. `null`: main has no such row (any more). */
  readonly get: (id: Id) => Row | null | undefined;
}

/** Rows of one kind by id, kept for whoever shows them, the longest unseen let go first. */
export interface RowCache<Row> extends Rows<Row> {
  readonly current: () => Rows<Row>;
  /**
   * Sees to it that these rows are known and fresh. What was wanted last is asked first, since
   * that is what stands on the screen now.
   */
  readonly want: (ids: Iterable<Id>) => void;
  /** Marks rows, or all of them, as out of date: still shown, asked again when next wanted. */
  readonly expire: (ids?: readonly Id[]) => void;
  /** Calls back whenever a row has come or has expired. */
  readonly subscribe: (listener: () => void) => () => void;
}

interface Held<Row> {
  readonly row: Row | null;
  fresh: boolean;
}

/** @param capacity rows kept; must be well above what one screen shows */
export function createRowCache<Row extends { readonly id: Id }>(
  ask: (ids: Id[]) => Promise<readonly Row[]>,
  capacity = 5000,
): RowCache<Row> {
  /** In the order of last use, oldest first. */
  const rows = new Map<Id, Held<Row>>();
  const awaited = new Set<Id>();
  let waiting: (readonly Id[])[] = [];
  let underWay = 0;
  const listeners = new Set<() => void>();
  let current = readRows();

  function readRows(): Rows<Row> {
    return { get: (id) => rows.get(id)?.row };
  }

  function announce(): void {
    current = readRows();
    for (const listener of listeners) listener();
  }

  function keep(id: Id, held: Held<Row>): void {
    rows.delete(id);
    rows.set(id, held);
  }

  function letGo(): void {
    for (const id of rows.keys()) {
      if (rows.size <= capacity) return;
      rows.delete(id);
    }
  }

  function isLacking(id: Id): boolean {
    return rows.get(id)?.fresh !== true && !awaited.has(id);
  }

  async function load(ids: Id[]): Promise<void> {
    underWay += 1;
    for (const id of ids) awaited.add(id);
    try {
      const found = new Map((await ask(ids)).map((row) => [row.id, row]));
      // Expired while it was under way: what came may be the old row, so it stays wanted.
      for (const id of ids) keep(id, { row: found.get(id) ?? null, fresh: awaited.has(id) });
      letGo();
      announce();
    } catch {
      // The rows stay placeholders and are asked for with the next scroll or change. To announce
      // it would have them wanted again at once, for as long as main fails.
    } finally {
      underWay -= 1;
      for (const id of ids) awaited.delete(id);
      loadWaiting();
    }
  }

  function loadWaiting(): void {
    while (underWay < chunksUnderWay) {
      const ids = waiting.pop()?.filter(isLacking);
      if (ids === undefined) return;
      if (ids.length > 0) void load(ids);
    }
  }

  return {
    get: current.get,
    current: () => current,
    want(ids) {
      const lacking: Id[] = [];
      for (const id of ids) {
        const held = rows.get(id);
        if (held !== undefined) keep(id, held);
        if (isLacking(id)) lacking.push(id);
      }
      for (let at = 0; at < lacking.length; at += chunkLength) {
        waiting.push(lacking.slice(at, at + chunkLength));
      }
      waiting = waiting.slice(-chunksWaiting);
      loadWaiting();
    },
    expire(ids) {
      for (const id of ids ?? rows.keys()) {
        const held = rows.get(id);
        if (held !== undefined) held.fresh = false;
        awaited.delete(id);
      }
      if (ids === undefined) awaited.clear();
      announce();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

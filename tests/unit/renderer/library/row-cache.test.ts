import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRowCache } from '../../../../renderer/library/row-cache.ts';

interface Row {
  readonly id: number;
  readonly revision: number;
}

/** A main process whose answers are held back until they are let through. */
function slowMain() {
  const asked: { readonly ids: readonly number[]; readonly answer: () => void }[] = [];
  let revision = 0;
  return {
    asked,
    change: () => (revision += 1),
    ask: (ids: number[]) =>
      new Promise<readonly Row[]>((resolve) => {
        const rows = ids.filter((id) => id < 9000).map((id) => ({ id, revision }));
        asked.push({ ids, answer: () => resolve(rows) });
      }),
    async letThrough() {
      while (asked.length > 0) {
        asked.shift()?.answer();
        // The answer's continuations run before the next one is let through.
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

const range = (from: number, count: number) => Array.from({ length: count }, (_, at) => from + at);

describe('the cache of rows', () => {
  it('asks for each row once, by page, and knows rows that are not there', async () => {
    const main = slowMain();
    const cache = createRowCache<Row>(main.ask);
    cache.want([...range(1, 150), 9001]);
    cache.want(range(1, 150));
    expect(main.asked.map(({ ids }) => ids.length)).toEqual([51, 100]);
    await main.letThrough();
    expect(cache.get(150)).toMatchObject({ id: 150 });
    expect(cache.get(9001)).toBeNull();
    expect(cache.get(151)).toBeUndefined();
    cache.want(range(1, 150));
    expect(main.asked).toEqual([]);
  });

  it('asks first for what was wanted last, and drops pages that were scrolled past', async () => {
    const main = slowMain();
    const cache = createRowCache<Row>(main.ask);
    for (let page = 0; page < 40; page += 1) cache.want(range(1 + page * 100, 100));
    expect(main.asked).toHaveLength(3);
    main.asked.shift()?.answer();
    await expect.poll(() => main.asked.at(-1)?.ids[0]).toBe(3901);
    await main.letThrough();
    expect(cache.get(3950)).toBeDefined();
    expect(cache.get(1050)).toBeUndefined();
  });

  it('shows an expired row until its newer self has come', async () => {
    const main = slowMain();
    const cache = createRowCache<Row>(main.ask);
    cache.want([1, 2]);
    await main.letThrough();
    main.change();
    cache.expire([1]);
    expect(cache.get(1)).toEqual({ id: 1, revision: 0 });
    cache.want([1, 2]);
    expect(main.asked.map(({ ids }) => ids)).toEqual([[1]]);
    await main.letThrough();
    expect(cache.get(1)).toEqual({ id: 1, revision: 1 });
  });

  it('asks again for a row that expired while it was under way', async () => {
    const main = slowMain();
    const cache = createRowCache<Row>(main.ask);
    cache.want([7]);
    cache.expire();
    await main.letThrough();
    cache.want([7]);
    expect(main.asked.map(({ ids }) => ids)).toEqual([[7]]);
  });

  it('asks anew after a failure only when the row is wanted anew', async () => {
    let failures = 0;
    const cache = createRowCache<Row>(() => {
      failures += 1;
      return Promise.reject(new Error('away'));
    });
    let announced = 0;
    cache.subscribe(() => (announced += 1));
    cache.want([1]);
    await expect.poll(() => failures).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(announced).toBe(0);
    cache.want([1]);
    await expect.poll(() => failures).toBe(2);
  });

  it('never holds more than it may, and lets go what was unseen the longest', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 60 }),
        async (wanted) => {
          const main = slowMain();
          const cache = createRowCache<Row>(main.ask, 10);
          for (const id of wanted) {
            cache.want([id]);
            await main.letThrough();
          }
          const held = range(1, 60).filter((id) => cache.get(id) !== undefined);
          const newest = [...new Set([...wanted].reverse())].slice(0, 10);
          expect(held).toEqual([...newest].sort((a, b) => a - b));
        },
      ),
      { numRuns: 20 },
    );
  });

  it('gives another view after every change, so that nothing is missed', async () => {
    const main = slowMain();
    const cache = createRowCache<Row>(main.ask);
    const before = cache.current();
    cache.want([1]);
    expect(cache.current()).toBe(before);
    await main.letThrough();
    expect(cache.current()).not.toBe(before);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapInOrder, readAhead } from '../../../../../electron/library/scan/pipeline.ts';

/** Gives the items, each after so many turns of the event loop. */
async function* given(turns: readonly number[]): AsyncGenerator<number> {
  for (const [item, count] of turns.entries()) {
    await turnsOfLoop(count);
    yield item;
  }
}

async function turnsOfLoop(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}

const turns = fc.array(fc.nat({ max: 3 }), { maxLength: 20 });

describe('work on many items', () => {
  it('gives every result in the items’ order, with no more than so many at once', async () => {
    await fc.assert(
      fc.asyncProperty(turns, turns, fc.integer({ min: 1, max: 5 }), async (items, work, width) => {
        let running = 0;
        let most = 0;
        const results: number[] = [];
        const mapped = mapInOrder(given(items), width, async (item) => {
          running += 1;
          most = Math.max(most, running);
          await turnsOfLoop(work[item] ?? 0);
          running -= 1;
          return item;
        });
        for await (const result of mapped) results.push(result);
        expect(results).toEqual([...items.keys()]);
        expect(most).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('passes on a failure when its turn comes, and ends no sooner than the work that was begun', async () => {
    let running = 0;
    const received: number[] = [];
    const mapped = mapInOrder(given([0, 0, 0, 9]), 4, async (item) => {
      running += 1;
      await turnsOfLoop(item === 0 ? 3 : 0);
      running -= 1;
      if (item === 1) throw new Error('cannot');
      await turnsOfLoop(12);
      return item;
    });
    await expect(
      (async () => {
        for await (const result of mapped) received.push(result);
      })(),
    ).rejects.toThrow('cannot');
    expect(received).toEqual([0]);
    expect(running).toBe(0);
  });

  it('waits for what is under way when its reader leaves', async () => {
    let running = 0;
    const mapped = mapInOrder(given([0, 0, 0]), 3, async (item) => {
      running += 1;
      await turnsOfLoop(item * 5);
      running -= 1;
    });
    await mapped.next();
    await mapped.return(undefined);
    expect(running).toBe(0);
  });

  it('loses and doubles nothing when the source runs ahead, however either side dawdles', async () => {
    await fc.assert(
      fc.asyncProperty(turns, turns, fc.integer({ min: 1, max: 5 }), async (items, rests, most) => {
        const received: number[] = [];
        for await (const item of readAhead(given(items), most)) {
          received.push(item);
          await turnsOfLoop(rests[item] ?? 0);
        }
        expect(received).toEqual([...items.keys()]);
      }),
    );
  });

  it('runs ahead by as many as it may, then waits', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<number> {
      for (;;) {
        await turnsOfLoop(1);
        taken += 1;
        yield taken;
      }
    }
    for await (const item of readAhead(endless(), 4)) {
      await turnsOfLoop(20);
      expect(taken).toBe(item + 4);
      if (item === 3) break;
    }
    const afterwards = taken;
    await turnsOfLoop(20);
    expect(taken).toBe(afterwards);
  });

  it('passes on what stops the source', async () => {
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      await turnsOfLoop(1);
      throw new Error('no more');
    }
    const received: number[] = [];
    await expect(
      (async () => {
        for await (const item of readAhead(failing(), 10)) received.push(item);
      })(),
    ).rejects.toThrow('no more');
    expect(received).toEqual([1]);
  });
});

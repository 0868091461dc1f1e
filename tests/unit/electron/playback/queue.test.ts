import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Queue } from '../../../../electron/playback/queue.ts';
import {
  back,
  emptyQueue,
  entryAt,
  forward,
  inPlayOrder,
  placeOf,
  queueOf,
  shuffled,
  sizeOf,
  trackAt,
  unshuffled,
} from '../../../../electron/playback/queue.ts';
import { countFrom } from '../../../../electron/playback/positions.ts';
import { inserted, jumped, moved, removed } from '../../../../electron/playback/queue-edits.ts';
import { randomFrom } from '../../../support/session-rig.ts';

/** What a listener may do to a queue; numbers are taken modulo what is there. */
const edit = fc.oneof(
  fc.record({
    kind: fc.constant('insert' as const),
    tracks: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
    where: fc.constantFrom('next' as const, 'end' as const),
  }),
  fc.record({
    kind: fc.constantFrom('remove' as const, 'move' as const),
    picks: fc.array(fc.nat(30), { maxLength: 4 }),
    before: fc.option(fc.nat(30)),
  }),
  fc.record({ kind: fc.constant('jump' as const), pick: fc.nat(30) }),
  fc.record({
    kind: fc.constantFrom(
      'shuffle' as const,
      'unshuffle' as const,
      'forward' as const,
      'back' as const,
    ),
  }),
);
type Edit = typeof edit extends fc.Arbitrary<infer One> ? One : never;

const edits = fc.array(edit, { maxLength: 40 });
const seeds = fc.integer({ min: 1, max: 1e9 });

describe('the queue', () => {
  it('loses and doubles no entry, whatever is done to it', () => {
    fc.assert(
      fc.property(edits, seeds, (done, seed) => {
        const random = randomFrom(seed);
        const model = new Map<number, number>();
        let queue = emptyQueue;
        let nextEntry = 1;
        for (const one of done) {
          if (one.kind === 'insert') {
            one.tracks.forEach((id, index) => model.set(nextEntry + index, id));
          }
          if (one.kind === 'remove') {
            for (const entry of pickedFrom(queue, one.picks)) model.delete(entry);
          }
          queue = apply(queue, one, nextEntry, random);
          if (one.kind === 'insert') nextEntry += one.tracks.length;
          expectWhole(queue);
          expect(contentOf(queue)).toEqual([...model].sort(byEntry));
        }
      }),
    );
  });

  it('keeps what is current when others are added, moved or removed, and when it is shuffled', () => {
    fc.assert(
      fc.property(filled(), edits, seeds, (start, done, seed) => {
        const random = randomFrom(seed);
        let queue = start;
        let nextEntry = 1000;
        for (const one of done) {
          const current = entryAt(queue, queue.place);
          const goes = one.kind === 'jump' || one.kind === 'forward' || one.kind === 'back';
          const isRemoved =
            one.kind === 'remove' && pickedFrom(queue, one.picks).includes(current ?? -1);
          queue = apply(queue, one, nextEntry, random);
          nextEntry += 10;
          if (current === undefined || goes || isRemoved) continue;
          expect(entryAt(queue, queue.place)).toBe(current);
        }
      }),
    );
  });

  it('goes back to where it came from, over the edges of rounds too', () => {
    fc.assert(
      fc.property(filled(), fc.nat(40), seeds, (start, count, seed) => {
        const random = randomFrom(seed);
        const way: Queue[] = [];
        let queue = start;
        for (let index = 0; index < count; index += 1) {
          way.push(queue);
          queue = forward(queue, true, random) ?? queue;
        }
        // One round back is promised; longer ago it may have been forgotten.
        for (const earlier of way.reverse().slice(0, sizeOf(start))) {
          queue = back(queue, true) ?? queue;
          expect(entryAt(queue, queue.place)).toBe(entryAt(earlier, earlier.place));
          expect(inPlayOrder(queue, queue.entryIds)).toEqual(
            inPlayOrder(earlier, earlier.entryIds),
          );
        }
      }),
    );
  });

  it('comes forward again the way it went back', () => {
    fc.assert(
      fc.property(filled(), fc.nat(20), seeds, (start, count, seed) => {
        const random = randomFrom(seed);
        let queue = start;
        for (let index = 0; index < count; index += 1) {
          queue = forward(queue, true, random) ?? queue;
        }
        const before = back(queue, true);
        if (before === null) return;
        const again = forward(before, true, random);
        expect(again === null ? null : inPlayOrder(again, again.entryIds)).toEqual(
          inPlayOrder(queue, queue.entryIds),
        );
        expect(again?.place).toBe(queue.place);
      }),
    );
  });

  it('plays everything once in each shuffled round, even when entries are picked meanwhile', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.array(fc.nat(30)),
        seeds,
        (size, picks, seed) => {
          const random = randomFrom(seed);
          let queue = queueOf(
            Uint32Array.from({ length: size }, () => 7),
            null,
            true,
            1,
            random,
          );
          const heard = new Set([entryAt(queue, queue.place)]);
          for (const pick of picks) {
            const ahead = size - queue.place - 1;
            if (ahead <= 0) break;
            queue = jumped(queue, queue.place + 1 + (pick % ahead), random);
            heard.add(entryAt(queue, queue.place));
          }
          for (let next = forward(queue, false, random); next !== null;) {
            queue = next;
            expect(heard).not.toContain(entryAt(queue, queue.place));
            heard.add(entryAt(queue, queue.place));
            next = forward(queue, false, random);
          }
          expect(heard.size).toBe(size);
        },
      ),
    );
  });

  it('never begins a new round with what the last one ended with', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), seeds, (size, seed) => {
        const random = randomFrom(seed);
        let queue = queueOf(
          Uint32Array.from({ length: size }, () => 7),
          null,
          true,
          1,
          random,
        );
        for (let index = 0; index < size * 5; index += 1) {
          const last = entryAt(queue, queue.place);
          queue = forward(queue, true, random) ?? queue;
          expect(entryAt(queue, queue.place)).not.toBe(last);
        }
      }),
    );
  });

  it('returns to the list’s order at the same entry when shuffle is turned off', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.nat(30),
        fc.nat(30),
        seeds,
        (size, start, on, seed) => {
          const random = randomFrom(seed);
          const list = queueOf(
            Uint32Array.from({ length: size }, (_, n) => n + 1),
            start,
            false,
            1,
            random,
          );
          let queue = shuffled(list, random);
          for (let index = 0; index < on; index += 1) queue = forward(queue, true, random) ?? queue;
          const plain = unshuffled(queue);
          expect(inPlayOrder(plain, plain.entryIds)).toEqual(list.entryIds);
          expect(entryAt(plain, plain.place)).toBe(entryAt(queue, queue.place));
        },
      ),
    );
  });

  it('shuffles evenly: each track comes first about as often', () => {
    const random = randomFrom(5);
    const firsts = [0, 0, 0, 0];
    for (let round = 0; round < 4000; round += 1) {
      const queue = queueOf(Uint32Array.of(1, 2, 3, 4), null, true, 1, random);
      const first = (trackAt(queue, 0) ?? 0) - 1;
      firsts[first] = (firsts[first] ?? 0) + 1;
    }
    for (const count of firsts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('takes out and moves many as it does few', () => {
    const many = Array.from({ length: 120 }, (_, index) => 2 * index + 1);
    const queue = queueOf(countFrom(1, 240), 10, false, 1, randomFrom(1));
    expect([...removed(queue, many).trackIds]).toEqual(many.map((id) => id + 1));
    expect([...moved(queue, many, null).trackIds].slice(120)).toEqual(many);
  });

  it('plays a moved run in front of its target, in the order it had', () => {
    const queue = queueOf(Uint32Array.of(1, 2, 3, 4, 5), 2, false, 1, randomFrom(1));
    const after = moved(queue, [2, 4], 1);
    expect([...after.trackIds]).toEqual([2, 4, 1, 3, 5]);
    expect(trackAt(after, after.place)).toBe(3);
  });

  it('lets the following take the place of a removed current entry', () => {
    const queue = queueOf(Uint32Array.of(1, 2, 3, 4), 1, false, 1, randomFrom(1));
    const after = removed(queue, [2, 3]);
    expect(trackAt(after, after.place)).toBe(4);
  });
});

function filled(): fc.Arbitrary<Queue> {
  return fc
    .tuple(
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
      fc.nat(30),
      fc.boolean(),
      seeds,
    )
    .map(([tracks, start, shuffle, seed]) =>
      queueOf(Uint32Array.from(tracks), start % tracks.length, shuffle, 1, randomFrom(seed)),
    );
}

function apply(queue: Queue, one: Edit, nextEntry: number, random: () => number): Queue {
  const size = sizeOf(queue);
  switch (one.kind) {
    case 'insert':
      return inserted(queue, Uint32Array.from(one.tracks), one.where, nextEntry);
    case 'remove':
      return removed(queue, pickedFrom(queue, one.picks));
    case 'move': {
      const before = one.before === null || size === 0 ? null : queue.entryIds[one.before % size];
      return moved(queue, pickedFrom(queue, one.picks), before ?? null);
    }
    case 'jump':
      return size === 0 ? queue : jumped(queue, one.pick % size, random);
    case 'shuffle':
      return shuffled(queue, random);
    case 'unshuffle':
      return unshuffled(queue);
    case 'forward':
      return forward(queue, true, random) ?? queue;
    case 'back':
      return back(queue, true) ?? queue;
  }
}

function pickedFrom(queue: Queue, picks: readonly number[]): readonly number[] {
  const size = sizeOf(queue);
  return size === 0 ? [] : picks.map((pick) => queue.entryIds[pick % size] ?? 0);
}

function contentOf(queue: Queue): readonly (readonly [number, number])[] {
  const tracks = inPlayOrder(queue, queue.trackIds);
  return [...inPlayOrder(queue, queue.entryIds)]
    .map((entry, place) => [entry, tracks[place] ?? 0] as const)
    .sort(byEntry);
}

function byEntry(one: readonly [number, number], other: readonly [number, number]): number {
  return one[0] - other[0];
}

function expectWhole(queue: Queue): void {
  const positions = Array.from({ length: sizeOf(queue) }, (_, position) => position);
  const rounds = [...queue.past, ...queue.future, ...(queue.order === null ? [] : [queue.order])];
  for (const round of rounds) {
    expect([...round].sort((one, other) => one - other)).toEqual(positions);
  }
  expect(queue.place).toBeLessThanOrEqual(sizeOf(queue));
  queue.entryIds.forEach((entry) => expect(entryAt(queue, placeOf(queue, entry))).toBe(entry));
}

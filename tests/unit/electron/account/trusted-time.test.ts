import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../../../electron/account/trusted-time.ts';

const minute = 60_000;
const start = { now: 1e12, suspectSince: null };
const steps = fc.array(
  fc.record({
    elapsed: fc.integer({ min: 0, max: 600 * minute }),
    /** Where the listener, or a time server, puts the wall clock. */
    wall: fc.integer({ min: 9e11, max: 1.1e12 }),
  }),
);

describe('trusted time', () => {
  it('never goes back and is never behind the wall clock', () => {
    fc.assert(
      fc.property(steps, (moves) => {
        let time: Parameters<typeof advance>[0] = start;
        for (const { wall, elapsed } of moves) {
          const next = advance(time, wall, elapsed);
          expect(next.now).toBeGreaterThanOrEqual(Math.max(time.now, wall));
          time = next;
        }
      }),
    );
  });

  it('runs on while the wall clock is back, from the moment that it was found out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 11 * minute, max: 1e11 }), fc.nat(1e9), (back, elapsed) => {
        const found = advance(start, start.now - back, 0);
        expect(found).toEqual({ now: start.now, suspectSince: start.now });
        const later = advance(found, start.now - back + elapsed, elapsed);
        expect(later).toEqual({ now: start.now + elapsed, suspectSince: start.now });
      }),
    );
  });

  it('takes small corrections for what they are', () => {
    expect(advance(start, start.now - 10 * minute, 0)).toEqual(start);
    expect(advance(start, start.now - 10 * minute - 1, 0).suspectSince).toBe(start.now);
  });

  it('is no longer suspect once the wall clock is right again', () => {
    const suspect = advance(start, start.now - 60 * minute, minute);
    expect(advance(suspect, start.now + 2 * minute, minute)).toEqual({
      now: start.now + 2 * minute,
      suspectSince: null,
    });
  });
});

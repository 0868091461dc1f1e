import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMovableClock, systemClock } from '../../../electron/clock.ts';

describe('a tester’s clock', () => {
  it('starts where it is told and runs with the system’s', () => {
    let now = 5_000;
    const clock = createMovableClock(1_000_000, { now: () => now, monotonic: () => now });
    expect(clock.now()).toBe(1_000_000);
    now += 250;
    expect(clock.now()).toBe(1_000_250);
    const before = systemClock.now();
    const present = createMovableClock(null).now();
    expect(present).toBeGreaterThanOrEqual(before);
    expect(present).toBeLessThanOrEqual(systemClock.now());
  });

  it('moves the wall time by as much as it is told; the monotonic time never goes back', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -1e6, max: 1e6 })), (moves) => {
        const clock = createMovableClock(0, { now: () => 0, monotonic: () => 0 });
        let monotonic = 0;
        let wall = 0;
        for (const minutes of moves) {
          clock.move(minutes);
          wall += minutes * 60_000;
          expect(clock.now()).toBe(wall);
          expect(clock.monotonic() - monotonic).toBe(Math.max(0, minutes * 60_000));
          monotonic = clock.monotonic();
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interval, superfluous } from '../../../../electron/database/rotation.ts';

const hour = 3_600_000;
const day = 24 * hour;
const now = Date.UTC(2026, 10, 22, 12);
const gibibyte = 1024 ** 3;

const copies = fc
  .array(
    fc.record({
      at: fc.integer({ min: now - 60 * day, max: now }),
      bytes: fc.integer({ min: 1, max: gibibyte }),
      reason: fc.constantFrom('regular', 'asked', 'before_upgrade', 'before_restore'),
    }),
    { maxLength: 80 },
  )
  .map((all) => all.sort((a, b) => b.at - a.at));

describe('old copies', () => {
  it('go, but never the two newest, and never as long as there are three', () => {
    fc.assert(
      fc.property(copies, (all) => {
        const gone = superfluous(all, now);
        expect(gone).not.toContain(all[0]);
        expect(gone).not.toContain(all[1]);
        if (all.length <= 3 && bytesOf(all) <= 4 * gibibyte) expect(gone).toEqual([]);
      }),
    );
  });

  it('leave one of each of seven days and one of each of four weeks', () => {
    fc.assert(
      fc.property(copies, (given) => {
        const all = given.map((copy) => ({ ...copy, bytes: 1 }));
        const gone = new Set(superfluous(all, now));
        const kept = all.filter((copy) => !gone.has(copy));
        for (const { at } of all) {
          if (now - at < 7 * day) expect(kept.some((copy) => isIn(day, at, copy.at))).toBe(true);
          if (now - at < 28 * day) {
            expect(kept.some((copy) => isIn(7 * day, at, copy.at))).toBe(true);
          }
        }
        expect(kept.length).toBeLessThanOrEqual(3 + 7 + 5 + all.filter(isSpecial).length);
      }),
    );
  });

  it('never take more room than four gibibytes beside the two newest', () => {
    fc.assert(
      fc.property(copies, (all) => {
        const gone = new Set(superfluous(all, now));
        const older = all.slice(2).filter((copy) => !gone.has(copy));
        expect(bytesOf(older)).toBeLessThanOrEqual(4 * gibibyte);
      }),
    );
  });

  it('are made the more often the smaller they are, between an hour and a day', () => {
    expect(interval(1_000_000)).toBe(hour);
    expect(interval(200_000_000)).toBe(4 * hour);
    expect(interval(2_000_000_000)).toBe(day);
  });
});

function bytesOf(all: readonly { readonly bytes: number }[]): number {
  return all.reduce((sum, { bytes }) => sum + bytes, 0);
}

function isIn(span: number, one: number, other: number): boolean {
  return Math.floor(one / span) === Math.floor(other / span);
}

function isSpecial({ at, reason }: { readonly at: number; readonly reason: string }): boolean {
  return reason.startsWith('before_') && now - at < 7 * day;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { handlesOf, pointsOf, stepSeconds } from '../../../../renderer/player/loop-grid.ts';

const loops = fc
  .tuple(
    fc.double({ min: 1, max: 7200, noNaN: true }),
    fc.double({ min: 0, max: 0.4, noNaN: true }),
    fc.double({ min: 0.6, max: 1, noNaN: true }),
  )
  .map(([total, start, end]) => ({
    total,
    points: { startSeconds: start * total, endSeconds: end * total },
  }));

describe('the handles of a loop', () => {
  it('stand on whole steps within the track, near their points', () => {
    fc.assert(
      fc.property(loops, ({ points, total }) => {
        const handles = handlesOf(points, total);
        for (const [index, point] of [points.startSeconds, points.endSeconds].entries()) {
          const handle = handles[index] ?? NaN;
          expect(handle / stepSeconds).toBeCloseTo(Math.round(handle / stepSeconds), 6);
          expect(handle).toBeLessThanOrEqual(total + 1e-9);
          expect(Math.abs(handle - point)).toBeLessThanOrEqual(stepSeconds + 1e-9);
        }
      }),
    );
  });

  it('move by each step that is taken, and the one that stays keeps its point to the sample', () => {
    fc.assert(
      fc.property(loops, fc.constantFrom(0, 1), fc.constantFrom(-1, 1), (loop, moved, way) => {
        const { points, total } = loop;
        const handles = handlesOf(points, total);
        const wanted = handles.map((at, index) => (index === moved ? at + way * stepSeconds : at));
        const { startSeconds, endSeconds } = pointsOf(wanted, points, total);
        expect([startSeconds, endSeconds][moved]).toBe(wanted[moved]);
        const kept = moved === 0 ? endSeconds : startSeconds;
        expect(kept).toBe(moved === 0 ? points.endSeconds : points.startSeconds);
      }),
    );
  });
});

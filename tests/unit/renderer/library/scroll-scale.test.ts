import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { revealRow, scaleScroll } from '../../../../renderer/library/tracks/scroll-scale.ts';

const measure = fc.record({
  rows: fc.integer({ min: 0, max: 5_000_000 }).map((count) => count * 40),
  above: fc.integer({ min: 0, max: 600 }),
  view: fc.integer({ min: 200, max: 2000 }),
  devicePixelRatio: fc.constantFrom(1, 1.25, 1.5, 2, 3),
});

describe('scrolling a list that is too tall for the browser', () => {
  it('never gives it more height than the browser can lay out', () => {
    fc.assert(
      fc.property(measure, (given) => {
        expect(scaleScroll(given).height * given.devicePixelRatio).toBeLessThan(2 ** 25);
      }),
    );
  });

  it('reaches both ends exactly', () => {
    fc.assert(
      fc.property(measure, (given) => {
        fc.pre(given.rows > given.view);
        const scale = scaleScroll(given);
        const lowest = given.above + scale.height - given.view;
        expect(scale.toOffset(0)).toBeCloseTo(-given.above, 6);
        expect(scale.toOffset(lowest)).toBeCloseTo(given.rows - given.view, 3);
      }),
    );
  });

  it('finds its way back from every place', () => {
    fc.assert(
      fc.property(measure, fc.double({ min: 0, max: 1, noNaN: true }), (given, part) => {
        const scale = scaleScroll(given);
        const scrollTop = part * (given.above + scale.height);
        expect(scale.toScrollTop(scale.toOffset(scrollTop))).toBeCloseTo(scrollTop, 3);
      }),
    );
  });

  it('leaves a list that fits alone', () => {
    const scale = scaleScroll({ rows: 120_000, above: 80, view: 700, devicePixelRatio: 2 });
    expect(scale).toMatchObject({ height: 120_000, factor: 1 });
  });

  it('shows a row below the sticky header and above the lower edge, and rests when it is seen', () => {
    fc.assert(
      fc.property(
        measure,
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (given, at, part) => {
          fc.pre(given.rows > given.view);
          const scale = scaleScroll(given);
          const top = (at % (given.rows / 40)) * 40;
          const seenFrom = part * (given.above + scale.height - given.view);
          const revealed = revealRow(scale, given, seenFrom, { top, bottom: top + 40 }, 32);
          const offset = scale.toOffset(revealed ?? seenFrom);
          // While what stands above the list shows, the header has its own place in front of row 0.
          if (offset > 0) expect(top - offset).toBeGreaterThanOrEqual(31.9);
          expect(top + 40 - offset).toBeLessThanOrEqual(given.view + 0.1);
        },
      ),
    );
  });
});

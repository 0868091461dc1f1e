import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bounds } from '../../../../electron/shell/window-bounds.ts';
import {
  fittingBounds,
  miniPlace,
  miniSize,
  smallestSize,
} from '../../../../electron/shell/window-bounds.ts';

const coordinate = fc.integer({ min: -20_000, max: 20_000 });
const display = fc.record({
  x: fc.integer({ min: -8000, max: 8000 }),
  y: fc.integer({ min: -8000, max: 8000 }),
  width: fc.integer({ min: 800, max: 7680 }),
  height: fc.integer({ min: 600, max: 4320 }),
});
const displays = fc
  .tuple(display, fc.array(display, { maxLength: 2 }))
  .map(([first, others]): [Bounds, ...Bounds[]] => [first, ...others]);
const window = fc.record({
  x: coordinate,
  y: coordinate,
  width: fc.integer({ min: -5, max: 20_000 }),
  height: fc.integer({ min: -5, max: 20_000 }),
});

describe('a window that opens again', () => {
  it('can be seen and taken hold of, whatever became of the displays', () => {
    fc.assert(
      fc.property(window, displays, (saved, all) => {
        const bounds = fittingBounds(saved, all);
        expect(all.some((one) => reaches(bounds, one))).toBe(true);
        expect(bounds.width).toBeGreaterThanOrEqual(smallestSize.width);
        expect(bounds.height).toBeGreaterThanOrEqual(smallestSize.height);
      }),
    );
  });

  it('is where it was on displays that are as they were', () => {
    const laptop = { x: 0, y: 0, width: 1920, height: 1040 };
    const beside = { x: 1920, y: -200, width: 2560, height: 1400 };
    const saved = { x: 2000, y: 100, width: 1400, height: 900 };
    expect(fittingBounds(saved, [laptop, beside])).toEqual(saved);
    expect(fittingBounds(saved, [laptop])).toEqual({ x: 260, y: 70, width: 1400, height: 900 });
  });

  it('has its mini player in a corner at first, and then where it was moved to', () => {
    fc.assert(
      fc.property(
        fc.option(fc.record({ x: coordinate, y: coordinate })),
        displays,
        (saved, all) => {
          const place = miniPlace(saved, all);
          expect(all.some((one) => reaches({ ...place, ...miniSize }, one))).toBe(true);
        },
      ),
    );
    const laptop = { x: 0, y: 0, width: 1920, height: 1040 };
    expect(miniPlace({ x: 300, y: 40 }, [laptop])).toEqual({ x: 300, y: 40 });
  });
});

/** Something of its upper edge is on the display. */
function reaches(bounds: Bounds, { x, y, width, height }: Bounds): boolean {
  return (
    bounds.x + bounds.width > x && bounds.x < x + width && bounds.y >= y && bounds.y < y + height
  );
}

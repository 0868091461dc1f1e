import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accentOf, contrast, hardestSurface } from '../../../../renderer/player/accent.ts';

const part = fc.integer({ min: 0, max: 255 });
const pixel = fc.tuple(part, part, part).map((parts) => [...parts, 255]);

describe('the accent of a picture', () => {
  it('is readable on the hardest surface of either theme, whatever the picture', () => {
    fc.assert(
      fc.property(fc.array(pixel, { minLength: 1, maxLength: 64 }), (pixels) => {
        const accent = accentOf(pixels.flat());
        if (accent === null) return;
        expect(contrast(accent.dark, hardestSurface.dark)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(accent.light, hardestSurface.light)).toBeGreaterThanOrEqual(4.5);
      }),
      { numRuns: 500 },
    );
  });

  it('is none for pictures without colour', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 64 }), (greys) => {
        expect(accentOf(greys.flatMap((grey) => [grey, grey, grey, 255]))).toBeNull();
      }),
    );
  });

  it('is none for an empty or a transparent picture', () => {
    expect(accentOf([])).toBeNull();
    expect(accentOf([255, 0, 0, 0])).toBeNull();
  });

  it('follows the vivid part of a picture that is mostly grey', () => {
    const grey = Array.from({ length: 90 }, () => [128, 128, 128, 255]);
    const red = Array.from({ length: 10 }, () => [220, 30, 30, 255]);
    const accent = accentOf([...grey, ...red].flat());
    expect(accent).not.toBeNull();
    for (const colour of [accent?.dark, accent?.light]) {
      expect(colour?.red).toBeGreaterThan(colour?.green ?? 255);
      expect(colour?.red).toBeGreaterThan(colour?.blue ?? 255);
    }
  });
});

describe('contrast', () => {
  it('is 21 between black and white and 1 between equals, in either order', () => {
    const black = { red: 0, green: 0, blue: 0 };
    const white = { red: 255, green: 255, blue: 255 };
    expect(contrast(black, white)).toBeCloseTo(21);
    expect(contrast(white, black)).toBeCloseTo(21);
    expect(contrast(white, white)).toBe(1);
  });
});

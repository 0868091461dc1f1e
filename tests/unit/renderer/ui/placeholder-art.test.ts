import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawPlaceholder } from '../../../../renderer/ui/placeholder-art.ts';

it('draws the same art for the same title, whatever the title', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (title) => {
      const art = drawPlaceholder(title);
      expect(drawPlaceholder(title)).toEqual(art);
      expect(Array.from(art.initials).length).toBeLessThanOrEqual(4);
      for (const { x, y, radius } of art.shapes) {
        expect(x >= 0 && x <= 100 && y >= 0 && y <= 100 && radius > 0).toBe(true);
      }
    }),
  );
});

it('tells titles apart and signs with their initials', () => {
  expect(drawPlaceholder('Low Tide').ground).not.toBe(drawPlaceholder('Night Ferry').ground);
  expect(drawPlaceholder('Rue des Tilleuls').initials).toBe('RD');
  expect(drawPlaceholder('“Élan”').initials).toBe('É');
  expect(drawPlaceholder('…').initials).toBe('');
});

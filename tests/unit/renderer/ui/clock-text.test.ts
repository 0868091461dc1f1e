import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clockText } from '../../../../renderer/ui/clock-text.ts';

it('writes seconds so that they can be read back', () => {
  fc.assert(
    fc.property(fc.nat({ max: 400_000 }), (seconds) => {
      const parts = clockText(seconds).split(':').map(Number);
      expect(parts.reduce((sum, part) => sum * 60 + part, 0)).toBe(seconds);
    }),
  );
});

it('leaves out hours that are none and rounds down', () => {
  expect(clockText(7.9)).toBe('0:07');
  expect(clockText(225)).toBe('3:45');
  expect(clockText(3723)).toBe('1:02:03');
  expect(clockText(-1)).toBe('0:00');
});

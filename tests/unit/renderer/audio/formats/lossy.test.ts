import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { find } from '../../../../support/correlate.ts';
import { decodeFixture } from '../../../../support/decode-file.ts';
import { formatRate, lossyFrames, lossySignal } from '../../../../support/format-signal.ts';

const original = lossySignal();

/**
 * What each format's encoder lost of the noise, and at the beginning: that of WMA drops its first
 * frame.
 */
const files = [
  { name: 'a.mpc', lost: 0, exact: true, likeness: 0.97 },
  { name: 'a.7.mpc', lost: 0, exact: true, likeness: 0.97 },
  { name: 'a.hybrid.wv', lost: 0, exact: true, likeness: 0.99 },
  { name: 'a.wma', lost: 2048, exact: false, likeness: 0.93 },
];

describe('a lossy file', () => {
  for (const { name, lost, exact, likeness } of files) {
    it(`sounds like its original, in the same place: ${name}`, async () => {
      const { planes, sampleRate } = await decodeFixture(name);
      expect(sampleRate).toBe(formatRate);
      if (exact) expect(planes[0]?.length).toBe(lossyFrames);
      planes.forEach((plane, channel) => {
        const piece = plane.slice(10_000, 30_000);
        const found = find(piece, original[channel] ?? [], 9990 + lost, 10_011 + lost);
        expect(found.at).toBe(10_000 + lost);
        expect(found.likeness).toBeGreaterThan(likeness);
      });
    });

    it(`is entered at any sample: ${name}`, async () => {
      const { planes: whole } = await decodeFixture(name);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: 40_000 }), async (frame) => {
          const { planes } = await decodeFixture(name, frame / formatRate);
          planes.forEach((plane, channel) => {
            const wanted = whole[channel]?.subarray(frame) ?? [];
            expect(plane.length).toBe(wanted.length);
            expect(plane.every((sample, at) => Math.abs(sample - (wanted[at] ?? 9)) < 1e-5)).toBe(
              true,
            );
          });
        }),
        { numRuns: 5 },
      );
    });
  }
});

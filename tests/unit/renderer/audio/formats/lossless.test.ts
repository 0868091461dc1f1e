import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFixture } from '../../../../support/decode-file.ts';
import {
  formatCut,
  formatRate,
  formatSignal,
  quietBits,
} from '../../../../support/format-signal.ts';

const original = formatSignal(2, 16, quietBits);

describe('two lossless files that were one', () => {
  for (const format of ['m4a', 'wv', 'ape']) {
    it(`give the original's samples again when they are joined: ${format}`, async () => {
      const [first, second] = await Promise.all(
        ['a', 'b'].map((name) => decodeFixture(`${name}.${format}`)),
      );
      expect(first?.sampleRate).toBe(formatRate);
      original.forEach((channel, index) => {
        expectSame(first?.planes[index], channel.subarray(0, formatCut));
        expectSame(second?.planes[index], channel.subarray(formatCut));
      });
    });

    it(`are entered at any sample: ${format}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: formatCut - 1 }), async (frame) => {
          const { planes } = await decodeFixture(`a.${format}`, frame / formatRate);
          original.forEach((channel, index) => {
            expectSame(planes[index], channel.subarray(frame, formatCut));
          });
        }),
        { numRuns: 8 },
      );
    });
  }
});

describe("Monkey's Audio", () => {
  for (const level of [1, 3, 4, 5]) {
    it(`is read at compression level ${level}`, async () => {
      const { planes } = await decodeFixture(`b.${level}.ape`);
      original.forEach((channel, index) => {
        expectSame(planes[index], channel.subarray(formatCut));
      });
    });
  }
});

describe('what a codec keeps of wider samples and more channels', () => {
  for (const format of ['m4a', 'wv']) {
    it(`is all of 24 bits: ${format}`, async () => {
      const { planes, sampleRate } = await decodeFixture(`fine.${format}`);
      expect(sampleRate).toBe(96_000);
      const [channel] = formatSignal(1, 24, quietBits);
      expectSame(planes[0], channel?.subarray(0, 20_000), 24);
    });

    it(`is every channel of 5.1, each in its place: ${format}`, async () => {
      const { planes } = await decodeFixture(`around.${format}`);
      expect(planes).toHaveLength(6);
      formatSignal(6, 16, quietBits).forEach((channel, index) => {
        expectSame(planes[index], channel.subarray(0, 5000));
      });
    });
  }
});

function expectSame(plane: Float32Array | undefined, wanted: Int32Array | undefined, bits = 16) {
  const full = 2 ** (bits - 1);
  const whole = Int32Array.from(plane ?? [], (sample) => sample * full);
  expect(plane?.length).toBe(wanted?.length);
  expect(whole.findIndex((sample, at) => sample !== wanted?.[at])).toBe(-1);
  // Nothing is left between the steps of the original.
  expect(plane?.every((sample, at) => sample * full === whole[at])).toBe(true);
}

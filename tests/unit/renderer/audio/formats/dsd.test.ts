import { describe, expect, it } from 'vitest';
import { decodeBytes } from '../../../../support/decode-file.ts';
import { dff, dsdRate, dsdTone, dsf } from '../../../../support/dsd-files.ts';

const rate = 88_200;
const stepBytes = dsdRate / rate / 8;
const frames = 8900;
const tones = [
  { hertz: 1000, level: 0.5 },
  { hertz: 3000, level: 0.25 },
];
const channels = tones.map(({ hertz, level }) => dsdTone(hertz, level, frames * stepBytes));

/** Of the tone's level: what the crude modulator leaves below 40 kHz. */
const tolerance = 0.01;

describe('one-bit sound', () => {
  for (const [name, made] of [
    ['dsf', dsf(channels)],
    ['dff', dff(channels)],
  ] as const) {
    it(`becomes the tone that it was made of, at its level and place: ${name}`, async () => {
      const { planes, sampleRate } = await decodeBytes(made);
      expect(sampleRate).toBe(rate);
      expect(planes.map(({ length }) => length)).toEqual([frames, frames]);
      // The modulator has to settle, and at the ends the tone is mirrored.
      tones.forEach((tone, channel) => {
        expect(farthest(planes[channel], 0, tone)).toBeLessThan(tolerance);
      });
    });

    it(`is entered at any sample: ${name}`, async () => {
      for (const start of [1, 4095, 4096, 7777]) {
        const { planes } = await decodeBytes(made, start / rate);
        expect(planes[0]).toHaveLength(frames - start);
        tones.forEach((tone, channel) => {
          expect(farthest(planes[channel], start, tone)).toBeLessThan(tolerance);
        });
      }
    });
  }

  it('is refused when it is compressed', async () => {
    await expect(decodeBytes(dff(channels, 'DST '))).rejects.toThrow('DST');
  });
});

function farthest(
  plane: Float32Array | undefined,
  start: number,
  { hertz, level }: { readonly hertz: number; readonly level: number },
): number {
  let most = 0;
  plane?.forEach((sample, index) => {
    const frame = start + index;
    if (frame < 100 || frame > frames - 100) return;
    const wanted = level * Math.sin((2 * Math.PI * hertz * frame) / rate);
    most = Math.max(most, Math.abs(sample - wanted));
  });
  return most;
}

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createWaveformMaker,
  waveformLength,
} from '../../../../../renderer/audio/analysis/waveform.ts';

function outline(signal: Float32Array, pieceFrames = 4096): Uint8Array {
  const maker = createWaveformMaker();
  for (let from = 0; from < signal.length; from += pieceFrames) {
    maker.push([signal.subarray(from, from + pieceFrames)]);
  }
  return maker.finish();
}

/** Half a track at one level and half at another. */
function twoHalves(frames: number, first: number, second: number): Float32Array {
  return new Float32Array(frames).map((_, frame) => (frame < frames / 2 ? first : second));
}

describe('the waveform', () => {
  it('has the same length for every track, and its steps where the music has them', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 32_000, max: 3_000_000 }),
        fc.integer({ min: 100, max: 10_000 }),
        (frames, pieceFrames) => {
          const bytes = outline(twoHalves(frames, 0.25, 1), pieceFrames);
          expect(bytes.length).toBe(waveformLength);
          const step = bytes.findIndex((byte) => byte > 200);
          expect(Math.abs(step - waveformLength / 2)).toBeLessThanOrEqual(2);
        },
      ),
      { numRuns: 12 },
    );
  });

  it('holds the square root of the level', () => {
    const bytes = outline(twoHalves(100_000, 0.25, 1));
    expect(bytes[10]).toBe(128);
    expect(bytes.at(-10)).toBe(255);
  });

  it('is empty without sound, and flat where samples are no numbers', () => {
    expect(outline(new Float32Array(0))).toEqual(new Uint8Array());
    expect(Math.max(...outline(new Float32Array(50_000).fill(NaN)))).toBe(0);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spotGain } from '../../../../electron/ads/loudness.ts';
import { createMeasuring } from '../../../../electron/ads/measuring.ts';
import { analyseTrack } from '../../../../renderer/audio/analysis/analyse-track.ts';
import type { Piece } from '../../../../renderer/audio/decode/file-part.ts';
import { noise, toneOf } from '../../../support/sound-measures.ts';

const rate = 44_100;

/** As the window measures it, in one pass over its sound. */
async function measured(samples: Float32Array) {
  const { lufs, peak } = await analyseTrack(piecesOf(samples));
  return { lufs: lufs ?? NaN, dbtp: 20 * Math.log10(peak) };
}

async function* piecesOf(samples: Float32Array): AsyncGenerator<Piece> {
  yield await Promise.resolve({ planes: [Float32Array.from(samples)], rate });
}

function louder(samples: Float32Array, decibels: number): Float32Array {
  return samples.map((sample) => sample * 10 ** (decibels / 20));
}

describe('an ad, heard at its gain', () => {
  it('is as loud as the music before it when it is 12 dB too hot', async () => {
    const music = louder(noise(5 * rate, 1), -24);
    const ad = louder(noise(5 * rate, 2), -12);
    const musicLufs = (await measured(music)).lufs;
    const loudness = await measured(ad);
    expect(loudness.lufs - musicLufs).toBeCloseTo(12, 1);
    const heard = ad.map((sample) => sample * spotGain(loudness, musicLufs));
    const { lufs, dbtp } = await measured(heard);
    expect(lufs - musicLufs).toBeLessThanOrEqual(0.5);
    expect(lufs - musicLufs).toBeGreaterThan(-0.5);
    expect(dbtp).toBeLessThanOrEqual(-1);
  });

  it('is never above the music, nor its peaks above −1 dBTP, whatever it is made of', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: -40, max: 0, noNaN: true }),
        fc.double({ min: -40, max: -6, noNaN: true }),
        fc.integer({ min: 60, max: 15_000 }),
        async (adDecibels, musicLufs, hertz) => {
          const ad = louder(toneOf(hertz, 1, 1), adDecibels);
          const gain = spotGain(await measured(ad), musicLufs);
          const { lufs, dbtp } = await measured(ad.map((sample) => sample * gain));
          expect(lufs).toBeLessThanOrEqual(musicLufs + 0.5);
          expect(dbtp).toBeLessThanOrEqual(-0.999);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('the measuring of ads', () => {
  it('asks for each sound until it is answered, and keeps the answer', async () => {
    const asked: string[] = [];
    const measuring = createMeasuring((url) => asked.push(url));
    const first = measuring.measure('spot');
    const again = measuring.measure('spot');
    expect(asked).toEqual(['/ad/spot', '/ad/spot']);
    measuring.keep('/ad/other', { lufs: -1, dbtp: -1 });
    measuring.keep('/ad/spot', { lufs: -9, dbtp: -2 });
    measuring.keep('/ad/spot', { lufs: -30, dbtp: -30 });
    const answers = await Promise.all([first, again, measuring.measure('spot')]);
    expect(answers).toEqual(Array(3).fill({ lufs: -9, dbtp: -2 }));
    expect(asked).toHaveLength(2);
  });
});

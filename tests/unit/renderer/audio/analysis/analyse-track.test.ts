import { describe, expect, it } from 'vitest';
import { analyseTrack } from '../../../../../renderer/audio/analysis/analyse-track.ts';
import type { Piece } from '../../../../../renderer/audio/decode/file-part.ts';

const rate = 48_000;

/** Seconds of a sine in two channels that peaks at −20 dB, and then an end or an error. */
async function* sine(seconds: number, error?: Error): AsyncGenerator<Piece, void, void> {
  for (let second = 0; second < seconds; second += 1) {
    const plane = Float32Array.from(
      { length: rate },
      (_, frame) => 0.1 * Math.sin((2 * Math.PI * 1000 * frame) / rate),
    );
    yield await Promise.resolve({ planes: [plane, plane.slice()], rate });
  }
  if (error !== undefined) throw error;
}

describe('analyseTrack', () => {
  it('tells loudness, peak and outline from one pass', async () => {
    const { lufs, peak, waveform, whole } = await analyseTrack(sine(5));
    expect(lufs).toBeCloseTo(-20, 1);
    expect(peak).toBeCloseTo(0.1, 2);
    expect(waveform[250]).toBe(Math.round(255 * Math.sqrt(0.1 / Math.SQRT2)));
    expect(whole).toBe(true);
  });

  it('measures what breaks off up to there, and says so', async () => {
    const { lufs, whole } = await analyseTrack(sine(3, new Error('damaged')));
    expect(lufs).toBeCloseTo(-20, 1);
    expect(whole).toBe(false);
  });

  it('refuses what gives no sound', async () => {
    await expect(analyseTrack(sine(0))).rejects.toThrow('no sound');
    await expect(analyseTrack(sine(0, new Error('unknown codec')))).rejects.toThrow(
      'unknown codec',
    );
  });
});

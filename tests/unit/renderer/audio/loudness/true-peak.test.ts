import { describe, expect, it } from 'vitest';
import { createTruePeakMeter } from '../../../../../renderer/audio/loudness/true-peak.ts';

/** A second of a sine with a fade at both ends, which alone would overshoot. */
function sine(amplitude: number, cyclesPerFrame: number, degrees: number, rate: number) {
  const fadeFrames = rate / 10;
  return Float32Array.from({ length: rate }, (_, frame) => {
    const fade = Math.min(1, frame / fadeFrames, (rate - 1 - frame) / fadeFrames);
    const phase = 2 * Math.PI * cyclesPerFrame * frame + (degrees * Math.PI) / 180;
    return amplitude * fade * Math.sin(phase);
  });
}

function peakDecibels(signal: Float32Array, rate = 48_000): number {
  const meter = createTruePeakMeter(rate, 1);
  for (let from = 0; from < signal.length; from += 1009) {
    meter.push([signal.subarray(from, from + 1009)]);
  }
  return 20 * Math.log10(meter.peak());
}

describe('the true-peak meter', () => {
  /** EBU Tech 3341, table 1: +0.2 and −0.4 dB are allowed. */
  it.each([
    { signal: 15, amplitude: 0.5, cycles: 1 / 4, degrees: 0, dbtp: -6 },
    { signal: 16, amplitude: 0.5, cycles: 1 / 4, degrees: 45, dbtp: -6 },
    { signal: 17, amplitude: 0.5, cycles: 1 / 6, degrees: 60, dbtp: -6 },
    { signal: 18, amplitude: 0.5, cycles: 1 / 8, degrees: 67.5, dbtp: -6 },
    { signal: 19, amplitude: 1.41, cycles: 1 / 4, degrees: 45, dbtp: 3 },
  ])('reads EBU Tech 3341 signal $signal', ({ amplitude, cycles, degrees, dbtp }) => {
    const read = peakDecibels(sine(amplitude, cycles, degrees, 48_000));
    expect(read).toBeLessThanOrEqual(dbtp + 0.2);
    expect(read).toBeGreaterThanOrEqual(dbtp - 0.4);
  });

  it('is never below the highest sample, the very last included', () => {
    const click = new Float32Array(500);
    click[499] = -0.75;
    expect(peakDecibels(click)).toBeGreaterThanOrEqual(20 * Math.log10(0.75));
  });

  it('passes over samples that are no numbers', () => {
    const signal = sine(0.5, 1 / 100, 0, 48_000);
    signal[20_000] = NaN;
    signal[30_000] = Infinity;
    expect(peakDecibels(signal)).toBeCloseTo(-6.02, 1);
  });

  it.each([96_000, 192_000, 11_025])('reads the same at %i Hz', (rate) => {
    expect(peakDecibels(sine(0.5, 997 / rate, 0, rate), rate)).toBeCloseTo(-6.02, 1);
  });
});

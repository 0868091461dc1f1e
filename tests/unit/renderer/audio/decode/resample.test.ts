import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Planes } from '../../../../../renderer/audio/decode/decode-messages.ts';
import { createResampler } from '../../../../../renderer/audio/decode/resample.ts';

const rates = [
  [48_000, 44_100],
  [44_100, 48_000],
  [96_000, 44_100],
  [22_050, 48_000],
  [44_100, 192_000],
] as const;

describe('the resampler', () => {
  it.each(rates)('makes of a sine at %i Hz the same sine at %i Hz, within −90 dB', (from, to) => {
    for (const hertz of [40, 1000, 0.4 * Math.min(from, to)]) {
      const output = run(from, to, [sine(hertz, from, from / 2)]);
      const ideal = sine(hertz, to, to / 2);
      const ends = Math.ceil(to / 100);
      const errors = ideal
        .subarray(ends, -ends)
        .map((value, index) => value - (output[index + ends] ?? 0));
      expect(decibels(rms(errors) / rms(ideal))).toBeLessThan(-90);
    }
  });

  it('lets nothing through that the lower rate cannot carry', () => {
    const output = run(96_000, 44_100, [sine(30_000, 96_000, 48_000)]);
    expect(decibels(rms(output.subarray(500, -500)))).toBeLessThan(-90);
  });

  it.each(rates)('leaves no tick where a track goes over into another, %i to %i Hz', (from, to) => {
    const hertz = 440;
    const frames = from / 10;
    // Cut at its height, where silence beyond the edge would be worst.
    const whole = sine(hertz, from, 2 * frames + from / hertz / 4).subarray(from / hertz / 4);
    const halves = [whole.slice(0, frames), whole.slice(frames, 2 * frames)];
    const output = halves.flatMap((half) => [...run(from, to, [half])]);
    const ideal = run(from, to, [whole]);
    const worst = output.reduce((most, value, frame) => {
      return Math.max(most, Math.abs(value - (ideal[frame] ?? 0)));
    }, 0);
    expect(decibels(worst)).toBeLessThan(-45);
  });

  it('gives the same, and as many frames as the ratio says, however the input comes', () => {
    const pieces = fc.array(fc.integer({ min: 0, max: 700 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...rates), pieces, ([from, to], lengths) => {
        const total = lengths.reduce((sum, length) => sum + length, 0);
        const input = sine(997, from, total);
        let at = 0;
        const cut = lengths.map((length) => input.slice(at, (at += length)));
        const output = run(from, to, cut);
        expect(output).toHaveLength(Math.round((total * to) / from));
        expect(output).toEqual(run(from, to, [input]));
      }),
      { numRuns: 20 },
    );
  });
});

function run(from: number, to: number, pieces: readonly Float32Array<ArrayBuffer>[]): Float32Array {
  const resampler = createResampler(1, from, to);
  const outputs: Planes[] = pieces.map((piece) => resampler.push([piece]));
  outputs.push(resampler.finish());
  return Float32Array.from(outputs.flatMap(([plane]) => [...(plane ?? [])]));
}

function sine(hertz: number, rate: number, frames: number): Float32Array<ArrayBuffer> {
  return Float32Array.from({ length: frames }, (_, frame) =>
    Math.sin((2 * Math.PI * hertz * frame) / rate),
  );
}

function rms(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
}

function decibels(ratio: number): number {
  return 20 * Math.log10(ratio);
}

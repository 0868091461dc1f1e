import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLimiter } from '../../../../../renderer/audio/effects/limiter.ts';
import { truePeak } from '../../../../support/true-peak.ts';

const sampleRate = 44_100;
const fullScale = 10 ** (-1 / 20);

describe('the limiter', () => {
  it('keeps what lies between the samples of a hot tone at −1 dBTP', () => {
    // Its samples all lie 3 dB below the peaks of the tone.
    const tone = toneOf(11_025, 2, Math.PI / 4, 1);
    const [limited = new Float32Array()] = limit([tone]);
    expect(truePeak(tone)).toBeGreaterThan(1.9);
    expect(truePeak(limited)).toBeLessThanOrEqual(fullScale);
    expect(truePeak(limited.subarray(sampleRate / 2))).toBeGreaterThan(0.8);
  });

  it('keeps whatever comes at −1 dBTP, however loud', () => {
    const burst = fc.record({
      hertz: fc.integer({ min: 30, max: 12_000 }),
      level: fc.double({ min: 0.1, max: 8, noNaN: true }),
      phase: fc.double({ min: 0, max: 6.3, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(burst, { minLength: 1, maxLength: 6 }), (bursts) => {
        const music = bursts.flatMap(({ hertz, level, phase }) => [
          ...toneOf(hertz, level, phase, 0.02),
          ...toneOf(hertz * 1.01, level / 4, phase, 0.01),
        ]);
        const [limited = new Float32Array()] = limit([Float32Array.from(music)]);
        expect(truePeak(limited)).toBeLessThanOrEqual(fullScale);
      }),
      { numRuns: 30 },
    );
  });

  it('passes what is quiet enough as it is, to the bit, but for the delay', () => {
    const tone = toneOf(997, 0.84, 0, 0.5);
    const other = toneOf(313, 0.1, 1, 0.5);
    const { latencyFrames } = createLimiter(sampleRate, 2);
    const outputs = limit([tone, other]);
    for (const [channel, wanted] of [tone, other].entries()) {
      const passed = outputs[channel]?.subarray(latencyFrames) ?? new Float32Array();
      expect(passed).toEqual(wanted.subarray(0, passed.length));
    }
    expect(latencyFrames).toBeLessThan(0.005 * sampleRate);
  });

  it('turns both channels by the same gain, down and up without a step', () => {
    const quiet = toneOf(200, 0.3, 0, 0.2);
    const loud = toneOf(200, 2, 0, 0.2);
    const left = Float32Array.from([
      ...quiet,
      ...loud,
      ...Array.from({ length: sampleRate }, () => 0),
    ]);
    const right = left.map(() => 0.25);
    const [, gain = new Float32Array()] = limit([left, right]);
    const { latencyFrames } = createLimiter(sampleRate, 2);
    const steps = gain
      .slice(latencyFrames + 1)
      .map((value, frame) => Math.abs(value - (gain[latencyFrames + frame] ?? 0)));
    expect(Math.max(...steps)).toBeLessThan(0.25 * 0.02);
    expect(Math.min(...gain.subarray(latencyFrames))).toBeLessThan(0.25 * 0.5);
    expect(gain.at(-1)).toBe(0.25);
  });
});

/** In pieces as the audio thread has them. */
function limit(planes: readonly Float32Array[]): readonly Float32Array[] {
  const limiter = createLimiter(sampleRate, planes.length);
  const outputs = planes.map(({ length }) => new Float32Array(length - (length % 128)));
  for (let from = 0; from < (outputs[0]?.length ?? 0); from += 128) {
    const piece = (plane: Float32Array) => plane.subarray(from, from + 128);
    limiter.process(planes.map(piece), outputs.map(piece));
  }
  return outputs;
}

function toneOf(hertz: number, level: number, phase: number, seconds: number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * sampleRate) }, (_, frame) => {
    return level * Math.sin((2 * Math.PI * hertz * frame) / sampleRate + phase);
  });
}

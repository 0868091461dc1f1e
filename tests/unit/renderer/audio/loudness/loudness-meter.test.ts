import { describe, expect, it } from 'vitest';
import { headShelf, highPass } from '../../../../../renderer/audio/loudness/k-weighting.ts';
import { createLoudnessMeter } from '../../../../../renderer/audio/loudness/loudness-meter.ts';

/** A part of a test signal: seconds, and the level of each channel in dB of full scale. */
type Part = readonly [seconds: number, ...levels: readonly number[]];

/** A 1 kHz sine that goes through the parts, pushed in pieces of a length that divides nothing. */
function measure(parts: readonly Part[], sampleRate = 48_000): number {
  const channels = (parts[0]?.length ?? 1) - 1;
  const meter = createLoudnessMeter(sampleRate, channels);
  const pieceFrames = 4099;
  let frame = 0;
  for (const [seconds, ...levels] of parts) {
    const end = frame + Math.round(seconds * sampleRate);
    while (frame < end) {
      const from = frame;
      const length = Math.min(pieceFrames, end - frame);
      const sine = Float32Array.from({ length }, (_, index) =>
        Math.sin((2 * Math.PI * 1000 * (from + index)) / sampleRate),
      );
      meter.push(levels.map((level) => sine.map((sample) => 10 ** (level / 20) * sample)));
      frame += length;
    }
  }
  return meter.integrated() ?? NaN;
}

function stereo(seconds: number, level: number): Part {
  return [seconds, level, level];
}

/** The signals of EBU Tech 3341, table 1, by their description; ±0.1 LU is asked for. */
const ebuSignals: readonly [name: string, parts: readonly Part[], lufs: number][] = [
  ['1: −23 dBFS', [stereo(20, -23)], -23],
  ['2: −33 dBFS', [stereo(20, -33)], -33],
  ['3: quiet ends', [stereo(10, -36), stereo(60, -23), stereo(10, -36)], -23],
  [
    '4: ends below both gates',
    [stereo(10, -72), stereo(10, -36), stereo(60, -23), stereo(10, -36), stereo(10, -72)],
    -23,
  ],
  ['5: steps within the gate', [stereo(20, -26), stereo(20.1, -20), stereo(20, -26)], -23],
  ['6: five channels', [[20, -28, -28, -24, -30, -30]], -23],
];

describe('the loudness meter', () => {
  it.each(ebuSignals)('reads EBU Tech 3341 signal %s', (_, parts, lufs) => {
    expect(Math.abs(measure(parts) - lufs)).toBeLessThanOrEqual(0.1);
  });

  it.each([8000, 22_050, 44_100, 96_000, 192_000])('reads the same at %i Hz', (sampleRate) => {
    expect(Math.abs(measure([stereo(3, -23)], sampleRate) + 23)).toBeLessThanOrEqual(0.1);
  });

  it('has the filters that BS.1770-4 prints for 48 kHz', () => {
    const shelf = headShelf(48_000);
    expect(shelf.b0).toBeCloseTo(1.53512485958697, 8);
    expect(shelf.b1).toBeCloseTo(-2.69169618940638, 8);
    expect(shelf.b2).toBeCloseTo(1.19839281085285, 8);
    expect(shelf.a1).toBeCloseTo(-1.69065929318241, 8);
    expect(shelf.a2).toBeCloseTo(0.73248077421585, 8);
    expect(highPass(48_000).a1).toBeCloseTo(-1.99004745483398, 8);
    expect(highPass(48_000).a2).toBeCloseTo(0.99007225036621, 8);
  });

  it('takes one channel for the two that it sounds from', () => {
    expect(measure([[5, -23]])).toBeCloseTo(measure([stereo(5, -23)]), 6);
  });

  it('leaves low-frequency effects out', () => {
    expect(measure([[5, -23, -23, -200, 0, -200, -200]])).toBeCloseTo(-23, 1);
  });

  it('says nothing of silence, and of less than a block', () => {
    expect(measure([stereo(3, -90)])).toBeNaN();
    expect(measure([stereo(0.3, -10)])).toBeNaN();
  });

  it('gets over samples that are no numbers', () => {
    const meter = createLoudnessMeter(48_000, 1);
    const sine = Float32Array.from({ length: 480_000 }, (_, frame) =>
      frame === 1000 ? NaN : 10 ** (-26 / 20) * Math.sin((2 * Math.PI * 1000 * frame) / 48_000),
    );
    meter.push([sine]);
    expect(meter.integrated()).toBeCloseTo(-26, 1);
  });
});

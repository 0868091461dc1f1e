import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spotGain } from '../../../../electron/ads/loudness.ts';

const level = fc.double({ min: -70, max: 0, noNaN: true });
const peak = fc.double({ min: -100, max: 6, noNaN: true });

describe('the gain of a spot', () => {
  it('leaves it no louder than the music, its peaks at −1 dBTP or lower, and never amplifies', () => {
    fc.assert(
      fc.property(level, peak, level, (lufs, dbtp, music) => {
        const gain = spotGain({ lufs, dbtp }, music);
        const decibels = 20 * Math.log10(gain);
        expect(gain).toBeGreaterThan(0);
        expect(gain).toBeLessThanOrEqual(1);
        expect(lufs + decibels).toBeLessThanOrEqual(music + 0.5);
        expect(dbtp + decibels).toBeLessThanOrEqual(-1 + 1e-9);
      }),
    );
  });

  it('is as high as these rules let it be', () => {
    expect(spotGain({ lufs: -20, dbtp: -3 }, -18)).toBe(1);
    expect(spotGain({ lufs: -14, dbtp: -3 }, -20)).toBeCloseTo(10 ** (-6 / 20));
    expect(spotGain({ lufs: -30, dbtp: 1 }, -18)).toBeCloseTo(10 ** (-2 / 20));
  });

  it('takes music that was not measured for quiet, and an ad that was not for as loud as can be', () => {
    const unmeasured = spotGain({ lufs: null, dbtp: null }, null);
    expect(unmeasured).toBeCloseTo(10 ** (-23 / 20));
    expect(spotGain({ lufs: NaN, dbtp: Infinity }, -Infinity)).toBe(unmeasured);
  });
});

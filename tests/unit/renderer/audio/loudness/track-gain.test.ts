import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSteadyGain } from '../../../../../renderer/audio/loudness/steady-gain.ts';
import { trackGain } from '../../../../../renderer/audio/loudness/track-gain.ts';
import type { Play } from '../../../../../shared/session.ts';
import type { TrackSound } from '../../../../../shared/track-sound.ts';

type Known = TrackSound['loudness'];

const quietAlbum = { lufs: -20, peak: 0.5 };
const loudTrack = { lufs: -10, peak: 1 };

function decibels(
  loudness: Known,
  inAlbum: boolean,
  gainMode: 'off' | 'auto' | 'track' | 'album',
  preampDecibels = 0,
): number {
  const play = { inAlbum, track: { sound: { loudness } } } as Play;
  return 20 * Math.log10(trackGain(play, { gainMode, preampDecibels }));
}

describe('trackGain', () => {
  const both: Known = { track: loudTrack, album: quietAlbum };

  it('takes the album where an album plays, and the track elsewhere', () => {
    expect(decibels(both, true, 'auto')).toBeCloseTo(2, 9);
    expect(decibels(both, false, 'auto')).toBeCloseTo(-8, 9);
    expect(decibels(both, true, 'track')).toBeCloseTo(-8, 9);
    expect(decibels(both, false, 'album')).toBeCloseTo(2, 9);
  });

  it('takes the one that is known in place of the one that is not', () => {
    expect(decibels({ track: loudTrack, album: null }, true, 'album')).toBeCloseTo(-8, 9);
    expect(decibels({ track: null, album: quietAlbum }, false, 'track')).toBeCloseTo(2, 9);
  });

  it('changes nothing but by the pre-amp where nothing is known', () => {
    const nothing: Known = { track: null, album: null };
    expect(decibels(nothing, true, 'auto')).toBe(0);
    expect(decibels(nothing, true, 'auto', -3)).toBeCloseTo(-3, 9);
  });

  it('is exactly one when it is off, and between −24 and 12 dB whatever tags say', () => {
    const loudness = fc.option(
      fc.record({
        lufs: fc.double({ noNaN: true, noDefaultInfinity: true }),
        peak: fc.constant(1),
      }),
    );
    fc.assert(
      fc.property(
        loudness,
        loudness,
        fc.boolean(),
        fc.double({ min: -15, max: 15 }),
        (a, b, c, d) => {
          const known: Known = { track: a, album: b };
          expect(decibels(known, c, 'off', d)).toBe(0);
          const gain = decibels(known, c, 'auto', Number.isNaN(d) ? 0 : d);
          expect(gain).toBeGreaterThanOrEqual(-24.001);
          expect(gain).toBeLessThanOrEqual(12.001);
        },
      ),
    );
  });
});

describe('the gain of a play', () => {
  it('stays when the track is measured meanwhile, and follows the settings', () => {
    const steady = createSteadyGain();
    const before = playOf({ track: null, album: null }, 7);
    const after = playOf({ track: loudTrack, album: null }, 7);
    const settings = { gainMode: 'auto', preampDecibels: 0 } as const;
    expect(steady(before, settings)).toBe(1);
    expect(steady(after, settings)).toBe(1);
    expect(steady(after, { ...settings, preampDecibels: -6 })).toBeCloseTo(10 ** (-6 / 20), 9);
    expect(steady({ ...after, play: 8 }, settings)).toBeCloseTo(10 ** (-8 / 20), 9);
  });
});

function playOf(loudness: Known, play: number): Play {
  return { play, inAlbum: false, track: { sound: { loudness } } } as Play;
}

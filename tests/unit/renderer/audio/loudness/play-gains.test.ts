import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPlayGains } from '../../../../../renderer/audio/loudness/play-gains.ts';
import type { Play } from '../../../../../shared/session.ts';
import type { SoundSettings } from '../../../../../shared/sound-settings.ts';
import type { TrackSound } from '../../../../../shared/track-sound.ts';

type Known = TrackSound['loudness'];

const quietAlbum = { lufs: -20, peak: 0.5 };
const loudTrack = { lufs: -10, peak: 1 };
const both: Known = { track: loudTrack, album: quietAlbum };
const nothing: Known = { track: null, album: null };
const auto = { gainMode: 'auto', preampDecibels: 0 } as const;

describe('the gain of a play', () => {
  it('is the album’s where an album plays, and the track’s elsewhere', () => {
    expect(decibels(both, true, 'auto')).toBeCloseTo(2, 9);
    expect(decibels(both, false, 'auto')).toBeCloseTo(-8, 9);
    expect(decibels(both, true, 'track')).toBeCloseTo(-8, 9);
    expect(decibels(both, false, 'album')).toBeCloseTo(2, 9);
  });

  it('is that of the one that is known where the other is not', () => {
    expect(decibels({ track: loudTrack, album: null }, true, 'album')).toBeCloseTo(-8, 9);
    expect(decibels({ track: null, album: quietAlbum }, false, 'track')).toBeCloseTo(2, 9);
  });

  it('is the pre-amp’s where nothing is known', () => {
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
    const preamp = fc.double({ min: -15, max: 15, noNaN: true });
    fc.assert(
      fc.property(loudness, loudness, fc.boolean(), preamp, (track, album, inAlbum, preamp) => {
        expect(decibels({ track, album }, inAlbum, 'off', preamp)).toBe(0);
        const gain = decibels({ track, album }, inAlbum, 'auto', preamp);
        expect(gain).toBeGreaterThanOrEqual(-24.001);
        expect(gain).toBeLessThanOrEqual(12.001);
      }),
    );
  });

  it('stays when the track is measured meanwhile, and follows the settings', () => {
    const { sounded, expected } = createPlayGains();
    const before = playOf(nothing, { play: 7 });
    const after = playOf(both, { play: 7 });
    expect(expected(after, auto)).toBeCloseTo(10 ** (-8 / 20), 9);
    expect(sounded(before, auto)).toBe(1);
    expect(sounded(after, auto)).toBe(1);
    expect(expected(after, auto)).toBe(1);
    expect(sounded(after, { ...auto, preampDecibels: -6 })).toBeCloseTo(10 ** (-6 / 20), 9);
    expect(sounded(playOf(both, { play: 8 }), auto)).toBeCloseTo(10 ** (-8 / 20), 9);
  });

  it('stays over the joins of an album that is measured while it plays', () => {
    const { sounded, expected } = createPlayGains();
    expect(sounded(playOf(nothing, { play: 1, inAlbum: true }), auto)).toBe(1);
    const second = playOf(both, { play: 2, inAlbum: true });
    expect(expected(second, auto)).toBe(1);
    expect(sounded(second, auto)).toBe(1);
    expect(sounded(second, { ...auto, gainMode: 'track' })).toBeCloseTo(10 ** (-8 / 20), 9);
    const elsewhere = playOf(both, { play: 3, inAlbum: true, albumId: 2 });
    expect(sounded(elsewhere, auto)).toBeCloseTo(10 ** (2 / 20), 9);
  });
});

function decibels(
  loudness: Known,
  inAlbum: boolean,
  gainMode: SoundSettings['gainMode'],
  preampDecibels = 0,
): number {
  const play = playOf(loudness, { inAlbum });
  return 20 * Math.log10(createPlayGains().sounded(play, { gainMode, preampDecibels }));
}

function playOf(
  loudness: Known,
  {
    play = 1,
    inAlbum = false,
    albumId = 1,
  }: { play?: number; inAlbum?: boolean; albumId?: number },
): Play {
  return { play, inAlbum, track: { albumId, sound: { loudness } } } as Play;
}

import { automaticPreamp } from './equaliser-curve.ts';
import type { Equaliser, SoundSettings } from './sound-settings.ts';
import type { Loudness, Playable } from './track-sound.ts';

/** What a playing is sounded with, as much of it as its gain depends on. */
export interface Sounded {
  readonly track: Pick<Playable, 'sound'>;
  /** It stands in the queue beside a track of its own album, in the album's order. */
  readonly inAlbum: boolean;
}

/** What ReplayGain 2 brings all music to; what nobody measured is taken for as loud. */
const usualLufs = -18;

/** Beyond these a tag is wrong, or the track is all but silent. */
const lowestDecibels = -24;
const highestDecibels = 12;

type GainSettings = Pick<SoundSettings, 'gainMode' | 'preampDecibels'>;

/** Whether it is sounded at its album's gain; else at its own. */
export function countsByAlbum({ inAlbum }: Sounded, { gainMode }: GainSettings): boolean {
  return gainMode === 'album' || (gainMode === 'auto' && inAlbum);
}

/** The album's, or the track's where that is not known. */
export function albumLoudness({ track }: Sounded): Loudness | null {
  return track.sound.loudness.album ?? track.sound.loudness.track;
}

/** The other way round. */
export function trackLoudness({ track }: Sounded): Loudness | null {
  return track.sound.loudness.track ?? track.sound.loudness.album;
}

/** @param loudness what is brought to the usual one; null: not known */
export function gainDecibels(
  loudness: Loudness | null,
  { gainMode, preampDecibels }: GainSettings,
): number {
  if (gainMode === 'off') return 0;
  const wanted = preampDecibels + (loudness === null ? 0 : usualLufs - loudness.lufs);
  return Math.min(highestDecibels, Math.max(lowestDecibels, wanted));
}

/**
 * The loudness, in LUFS, at which a track is heard at full volume: never more than that, so that what
 * follows it and is no louder is no louder either. Null: without a gain it may be anything.
 */
export function heardLufs(
  sounded: Sounded,
  settings: GainSettings & Pick<SoundSettings, 'equalisers'>,
): number | null {
  const known = trackLoudness(sounded);
  if (known === null && settings.gainMode === 'off') return null;
  const counted = countsByAlbum(sounded, settings) ? albumLoudness(sounded) : known;
  // A track that was measured in the middle of this playing was not lifted in it.
  const gain = Math.min(0, gainDecibels(counted, settings));
  // It is not known here which of the outputs sounds: it counts the one that takes away most.
  const equalised = Object.values(settings.equalisers).map(takenAwayDecibels);
  return (known?.lufs ?? usualLufs) + gain + Math.min(0, ...equalised);
}

/** In hertz. What the bands need of room hardly depends on it. */
const usualRate = 48_000;

/** By the equaliser's pre-amp: what single bands take away changes loudness little. */
function takenAwayDecibels({ on, preampDecibels, bands }: Equaliser): number {
  if (!on) return 0;
  return preampDecibels ?? automaticPreamp(bands, usualRate);
}

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

/** By the loudness of the track or its album, whichever is to count or, failing it, is known. */
export function gainDecibels(
  { track, inAlbum }: Sounded,
  { gainMode, preampDecibels }: Pick<SoundSettings, 'gainMode' | 'preampDecibels'>,
): number {
  if (gainMode === 'off') return 0;
  const { loudness } = track.sound;
  const byAlbum = gainMode === 'album' || (gainMode === 'auto' && inAlbum);
  const known = byAlbum ? (loudness.album ?? loudness.track) : (loudness.track ?? loudness.album);
  const wanted = preampDecibels + (known === null ? 0 : usualLufs - known.lufs);
  return Math.min(highestDecibels, Math.max(lowestDecibels, wanted));
}

/**
 * The loudness, in LUFS, at which a track is heard at full volume: never more than that, so that what
 * follows it and is no louder is no louder either. Null: without a gain it may be anything.
 */
export function heardLufs(
  sounded: Sounded,
  settings: Pick<SoundSettings, 'gainMode' | 'preampDecibels' | 'equalisers'>,
): number | null {
  const { track, album } = sounded.track.sound.loudness;
  const known: Loudness | null = track ?? album;
  if (known === null && settings.gainMode === 'off') return null;
  const equalised = Object.values(settings.equalisers).map(takenAwayDecibels);
  const lufs = known?.lufs ?? usualLufs;
  // It is not known here which of the outputs sounds: it counts the one that takes away most.
  return lufs + gainDecibels(sounded, settings) + Math.min(0, ...equalised);
}

/** By the equaliser's pre-amp: what single bands take away changes loudness little. */
function takenAwayDecibels({ on, preampDecibels, bands }: Equaliser): number {
  if (!on) return 0;
  return preampDecibels ?? -Math.max(0, ...bands.map(({ decibels }) => decibels));
}

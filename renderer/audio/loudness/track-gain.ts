import type { Play } from '../../../shared/session.ts';
import type { SoundSettings } from '../../../shared/sound-settings.ts';
import type { Loudness } from '../../../shared/track-sound.ts';

/** What ReplayGain 2 brings all music to. */
const goalLufs = -18;

/** Beyond these a tag is wrong, or the track is all but silent. */
const lowestDecibels = -24;
const highestDecibels = 12;

/**
 * The linear gain that a track is to be sounded with. Exactly 1 when the listener wants none: the
 * samples stay as they are. It may lift a peak above full scale, which the limiter behind it catches.
 */
export function trackGain(
  play: Play,
  { gainMode, preampDecibels }: Pick<SoundSettings, 'gainMode' | 'preampDecibels'>,
): number {
  if (gainMode === 'off') return 1;
  const { track, album } = play.track.sound.loudness;
  const byAlbum = gainMode === 'album' || (gainMode === 'auto' && play.inAlbum);
  const loudness = byAlbum ? (album ?? track) : (track ?? album);
  return 10 ** (gainDecibels(loudness, preampDecibels) / 20);
}

function gainDecibels(loudness: Loudness | null, preampDecibels: number): number {
  const wanted = preampDecibels + (loudness === null ? 0 : goalLufs - loudness.lufs);
  return Math.min(highestDecibels, Math.max(lowestDecibels, wanted));
}

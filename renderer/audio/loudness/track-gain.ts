import type { SoundSettings } from '../../../shared/sound-settings.ts';
import { gainDecibels, type Sounded } from '../../../shared/track-gain.ts';

/**
 * The linear gain that a track is to be sounded with. Exactly 1 when the listener wants none: the
 * samples stay as they are. It may lift a peak above full scale, which the limiter behind it catches.
 */
export function trackGain(
  play: Sounded,
  settings: Pick<SoundSettings, 'gainMode' | 'preampDecibels'>,
): number {
  return 10 ** (gainDecibels(play, settings) / 20);
}

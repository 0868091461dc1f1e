import type { Play } from '../../../shared/session.ts';
import type { SoundSettings } from '../../../shared/sound-settings.ts';
import { trackGain } from './track-gain.ts';

/** The linear gain of a play, by the loudness that was known when it was asked for first. */
export type SteadyGain = (
  play: Play,
  settings: Pick<SoundSettings, 'gainMode' | 'preampDecibels'>,
) => number;

/** What sounds, what fades out and what follows. */
const playsKept = 3;

/**
 * What is measured in the middle of a track would make it jump: it counts from the next playing on,
 * whereas what the listener sets counts at once.
 */
export function createSteadyGain(): SteadyGain {
  let begun: readonly Play[] = [];
  return (play, settings) => {
    let known = begun.find((one) => one.play === play.play);
    if (known === undefined) {
      known = play;
      begun = [...begun, play].slice(-playsKept);
    }
    return trackGain(known, settings);
  };
}

import type { Play } from '../../../shared/session.ts';
import type { SoundSettings } from '../../../shared/sound-settings.ts';
import {
  albumLoudness,
  countsByAlbum,
  gainDecibels,
  trackLoudness,
} from '../../../shared/track-gain.ts';
import type { Loudness } from '../../../shared/track-sound.ts';

type Settings = Pick<SoundSettings, 'gainMode' | 'preampDecibels'>;

/**
 * Linear gains of plays; exactly 1 where the listener wants none. They may lift a peak above full
 * scale, which the limiter behind them catches.
 */
export interface PlayGains {
  /** Of a play that begins now, or sounds already. */
  readonly sounded: (play: Play, settings: Settings) => number;
  /** The same, or what it would be: of a play that may still be measured before it begins. */
  readonly expected: (play: Play, settings: Settings) => number;
}

/** A play with the loudness that was known when it began. */
interface Begun {
  readonly play: Play;
  readonly album: Loudness | null;
}

/** What sounds, what fades out and what follows. */
const playsKept = 3;

/**
 * What is measured while it sounds would make it jump: it counts from the next playing on, and for
 * an album from where its run began, whereas what the listener sets counts at once.
 */
export function createPlayGains(): PlayGains {
  let begun: readonly Begun[] = [];

  function asBegun(play: Play): Begun {
    const known = begun.find((one) => one.play.play === play.play);
    if (known !== undefined) return known;
    const before = begun.at(-1);
    const goesOn = before !== undefined && isOneRun(before.play, play);
    return { play, album: goesOn ? before.album : albumLoudness(play) };
  }

  return {
    sounded: (play, settings) => {
      const one = asBegun(play);
      if (!begun.includes(one)) begun = [...begun, one].slice(-playsKept);
      return linearGain(one, settings);
    },
    expected: (play, settings) => linearGain(asBegun(play), settings),
  };
}

function isOneRun(first: Play, second: Play): boolean {
  return first.inAlbum && second.inAlbum && first.track.albumId === second.track.albumId;
}

function linearGain({ play, album }: Begun, settings: Settings): number {
  const loudness = countsByAlbum(play, settings) ? album : trackLoudness(play);
  return 10 ** (gainDecibels(loudness, settings) / 20);
}

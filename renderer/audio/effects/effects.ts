import type { SoundSettings } from '../../../shared/sound-settings.ts';

/** What stands between the decks and the listener's volume. */
export interface Effects {
  /** What sounds is connected to it. */
  readonly input: AudioNode;
  readonly tune: (settings: SoundSettings) => void;
}

/** Everything that is off is not there: the samples go through as they are. */
export function createEffects(_context: BaseAudioContext, destination: AudioNode): Effects {
  return { input: destination, tune: () => undefined };
}

import { adUrl } from '../../shared/urls.ts';
import type { Loudness } from './loudness.ts';

/** Has sounds measured by the window, which alone can decode. Each sound once, as long as it runs. */
export interface Measuring {
  /** Stays open while the window does not answer: whoever asks has a deadline of their own. */
  readonly measure: (mediaId: string) => Promise<Loudness>;
  /** The window's answer; one that nobody asked for is ignored. */
  readonly keep: (mediaUrl: string, loudness: Loudness) => void;
}

/** The oldest is forgotten beyond this many, answered or not. */
const mostKept = 200;

interface Measured {
  readonly result: Promise<Loudness>;
  readonly answer: (loudness: Loudness) => void;
  readonly answered: boolean;
}

/** @param ask has the window measure what lies at the address on the app's own origin */
export function createMeasuring(ask: (mediaUrl: string) => void): Measuring {
  const asked = new Map<string, Measured>();

  return {
    measure(mediaId) {
      const url = adUrl(mediaId);
      const known = asked.get(url);
      if (known !== undefined) {
        // The window may have been reloaded before it answered.
        if (!known.answered) ask(url);
        return known.result;
      }
      let answer: Measured['answer'] = () => undefined;
      const result = new Promise<Loudness>((resolve) => {
        answer = resolve;
      });
      asked.set(url, { result, answer, answered: false });
      for (const oldest of [...asked.keys()].slice(0, -mostKept)) asked.delete(oldest);
      ask(url);
      return result;
    },
    keep(mediaUrl, loudness) {
      const known = asked.get(mediaUrl);
      if (known === undefined) return;
      asked.set(mediaUrl, { ...known, answered: true });
      known.answer(loudness);
    },
  };
}

import type { RestPerWork } from './analysis-messages.ts';

/** Keeps work in the background to its share of the time. */
export interface Pacer {
  readonly setPace: (restPerWork: RestPerWork) => void;
  /** Call between two pieces of work: resolves when the next may begin. */
  readonly rest: () => Promise<void>;
}

/** So long is worked at a stretch: what plays has far more than that decoded ahead. */
const stretchMilliseconds = 40;
/** A rest is cut up, so that a word to hurry is heeded soon. */
const napMilliseconds = 100;

/**
 * @param now milliseconds of a clock that never goes back
 * @param sleep resolves after so many milliseconds
 */
export function createPacer(
  now: () => number,
  sleep: (milliseconds: number) => Promise<void>,
): Pacer {
  let restPerWork: RestPerWork = 0;
  let workedSince = now();

  async function rest(): Promise<void> {
    const worked = now() - workedSince;
    if (worked < stretchMilliseconds && restPerWork < Infinity) return;
    const restedSince = now();
    while (now() - restedSince < worked * restPerWork) {
      const left = worked * restPerWork - (now() - restedSince);
      await sleep(Math.min(napMilliseconds, left));
    }
    workedSince = now();
  }

  return {
    setPace: (wanted) => {
      restPerWork = wanted;
    },
    rest,
  };
}

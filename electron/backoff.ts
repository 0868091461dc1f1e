import type { Clock } from './clock.ts';

/** How long to leave a service alone that did not answer. */
export interface Backoff {
  readonly mayTry: () => boolean;
  readonly succeeded: () => void;
  readonly failed: () => void;
}

const firstPauseMilliseconds = 60_000;
const longestPauseMilliseconds = 3_600_000;

/** @param random spreads the devices that lost the same service; 0 to 1 */
export function createBackoff(clock: Clock, random: () => number = Math.random): Backoff {
  let failures = 0;
  let notBefore = -Infinity;
  return {
    mayTry: () => clock.monotonic() >= notBefore,
    succeeded() {
      failures = 0;
    },
    failed() {
      const pause = Math.min(longestPauseMilliseconds, firstPauseMilliseconds * 2 ** failures);
      failures += 1;
      notBefore = clock.monotonic() + pause * (0.5 + random() / 2);
    },
  };
}

import { setTimeout as wait } from 'node:timers/promises';
import type { AccountVisit, VisitOutcome } from '../../shared/account.ts';

/** What leads the listener to the browser and back; one at a time, the newest. */
export interface Visits {
  readonly current: () => AccountVisit | null;
  /** @param task follows one visit to its end and shows where it stands; aborted when it is given up */
  readonly run: (task: VisitTask) => Promise<VisitOutcome>;
  readonly giveUp: () => void;
}

export type VisitTask = (
  show: (visit: AccountVisit) => void,
  signal: AbortSignal,
) => Promise<VisitOutcome>;

export function createVisits(changed: () => void): Visits {
  let current: AccountVisit | null = null;
  let giving = new AbortController();

  return {
    current: () => current,
    async run(task) {
      giving.abort();
      const mine = new AbortController();
      giving = mine;
      const show = (visit: AccountVisit | null): void => {
        if (giving !== mine || mine.signal.aborted) return;
        current = visit;
        changed();
      };
      show({ kind: 'preparing' });
      try {
        return await task(show, mine.signal);
      } catch (error) {
        if (mine.signal.aborted) return 'cancelled';
        throw error;
      } finally {
        show(null);
      }
    },
    giveUp() {
      giving.abort();
      if (current === null) return;
      current = null;
      changed();
    },
  };
}

export interface Watch {
  readonly everyMilliseconds: number;
  readonly longestMilliseconds: number;
}

/**
 * Looks again and again until there is what is looked for. A look that fails is as one that finds
 * nothing: the network may be back the next time.
 * @throws when it is given up
 */
export async function lookUntil(
  look: () => Promise<boolean>,
  { everyMilliseconds, longestMilliseconds }: Watch,
  signal: AbortSignal,
): Promise<VisitOutcome> {
  for (let waited = 0; waited < longestMilliseconds; waited += everyMilliseconds) {
    await wait(everyMilliseconds, undefined, { signal });
    if (await look().catch(() => false)) return 'done';
  }
  return 'timed_out';
}

import type { QaView } from '../shared/qa.ts';
import type { Account } from './account/account.ts';
import type { Ads } from './ads/ads.ts';
import { type QaOutcomes, createQaOutcomes } from './ads/qa-outcomes.ts';
import type { MovableClock } from './clock.ts';
import type { Player } from './playback/player-ports.ts';
import type { QaHandlers } from './shell/answer.ts';

export { createQaOutcomes };

export interface QaParts {
  readonly clock: MovableClock;
  readonly account: Account;
  readonly player: Player;
  readonly ads: Ads;
  readonly outcomes: QaOutcomes;
  /** Tells the account and its service of a clock that was moved. */
  readonly clockMoved: () => Promise<void>;
  /** Whether the account service can be reached. */
  readonly service: { readonly isReachable: () => boolean; readonly set: (on: boolean) => void };
}

/** So long a session has to be before its first break. */
const youngSeconds = 300;

/** What testers may do to a running app. QA builds only. */
export function qaHandlers(parts: QaParts): QaHandlers {
  const { clock, account, player, ads, outcomes, service } = parts;

  function view(): QaView {
    return {
      clock: new Date(clock.now()).toISOString(),
      outcome: outcomes.chosen(),
      reachable: service.isReachable(),
      standing: player.breakStanding(),
    };
  }

  return {
    'qa.setTier': ({ tier }) => account.setQaTier(tier),
    'qa.payments': ({ act }) => account.actOnPayments(act),
    'qa.moveClock': async ({ minutes }) => {
      clock.move(minutes);
      player.passTime(Math.max(0, minutes * 60));
      await parts.clockMoved();
      ads.tick();
      return view();
    },
    'qa.adOutcome': ({ outcome }) => {
      outcomes.choose(outcome);
      ads.failAds(outcome === 'silent');
      return view();
    },
    'qa.dueBreak': () => {
      player.passTime(Math.max(youngSeconds, player.secondsUntilBreak() ?? 0));
      return view();
    },
    'qa.reach': async ({ reachable }) => {
      service.set(reachable);
      await account.refresh().catch(() => undefined);
      return view();
    },
    'qa.view': view,
  };
}

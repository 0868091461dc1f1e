import type { SubscriptionAnswer } from '../api/billing.ts';
import { currentOf, entitlement, type Entitlement, type Subscription } from './subscription.ts';

/** How an account stands: what the rest of the service knows of billing. */
export interface Standing extends Entitlement {
  /** The same for the account's owner. */
  readonly answer: SubscriptionAnswer;
}

/** @param mayTry whether a trial and the intro price are still to be had */
export function standing({ mayTry, subscriptions }: Known, now: number): Standing {
  const current = currentOf(subscriptions, now);
  const worth = entitlement(current, now);
  return {
    ...worth,
    answer: {
      state: worth.state,
      plan: current?.plan ?? null,
      periodEndsAt: isoTime(worth.periodEnd),
      graceEndsAt: isoTime(worth.graceEnd),
      mayTry,
    },
  };
}

/** What is kept of an account's billing. */
export interface Known {
  readonly mayTry: boolean;
  readonly subscriptions: readonly Subscription[];
}

function isoTime(milliseconds: number | null): string | null {
  return milliseconds === null ? null : new Date(milliseconds).toISOString();
}

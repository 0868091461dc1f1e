import type { SubscriptionState } from '../../shared/account.ts';
import type { Tier } from '../../shared/tier.ts';
import type { PlanId } from '../api/billing.ts';

/**
 * A subscription as far as the payment provider has told of it. Times are milliseconds since 1970.
 * Whether it is past due or over follows from the time, so neither needs news from the provider.
 */
export interface Subscription {
  /** The provider's name for it. */
  readonly id: string;
  readonly accountId: string;
  /** Rises with each change at the provider: of two tellings the one with the higher counts. */
  readonly version: number;
  readonly plan: PlanId;
  readonly startedAt: number;
  /** What ends at `paidUntil` was not paid for but tried. */
  readonly isTrial: boolean;
  readonly paidUntil: number;
  /** Whether anything is to be paid at `paidUntil`. */
  readonly renewal: Renewal;
  /** Over before its time, for good. */
  readonly ended: boolean;
  /** A payment for it went back. That is final: who wants premium again subscribes anew. */
  readonly reversal: Reversal | null;
}

export type Renewal = 'renews' | 'cancelled' | 'paused';

export interface Reversal {
  readonly kind: 'refunded' | 'disputed';
  readonly at: number;
}

/** What a subscription is worth at a time. */
export interface Entitlement {
  readonly tier: Tier;
  readonly state: SubscriptionState;
  /** When what was paid for, or the trial, ends or ended; null where nothing runs any more. */
  readonly periodEnd: number | null;
  /** While past due: when premium ends unless the payment is made. */
  readonly graceEnd: number | null;
  /** When premium ends if the provider tells nothing more; null for who doesn't have it. */
  readonly until: number | null;
}

export const graceMilliseconds = 7 * 86_400_000;

/** Every span takes in its first moment and not its last, so that spans meet and never overlap. */
export function entitlement(subscription: Subscription | null, now: number): Entitlement {
  if (subscription === null) return free('none');
  const { paidUntil, isTrial, renewal, ended, reversal } = subscription;
  if (reversal !== null) return free(reversal.kind);
  if (ended) return free('expired');
  const isPaid = now < paidUntil;
  switch (renewal) {
    case 'paused':
      return isPaid ? premium('paused', paidUntil, paidUntil) : free('paused');
    case 'cancelled':
      return isPaid ? premium('cancel_at_period_end', paidUntil, paidUntil) : free('expired');
    case 'renews': {
      const graceEnd = paidUntil + graceMilliseconds;
      if (isPaid) return premium(isTrial ? 'trialing' : 'active', paidUntil, graceEnd);
      return now < graceEnd
        ? { ...premium('past_due', paidUntil, graceEnd), graceEnd }
        : free('expired');
    }
  }
}

/**
 * What two tellings of one subscription come to: the same in any order and however often each is
 * told. An end and a reversal stay, whichever telling has the higher version.
 */
export function join(one: Subscription, other: Subscription): Subscription {
  const newer = other.version > one.version ? other : one;
  return {
    ...newer,
    ended: one.ended || other.ended,
    reversal: firstOf(one.reversal, other.reversal),
  };
}

/** Of all that an account ever subscribed to, the one that counts: what gives premium, else the newest. */
export function currentOf(
  subscriptions: readonly Subscription[],
  now: number,
): Subscription | null {
  const isPremium = (it: Subscription) => (entitlement(it, now).tier === 'premium' ? 1 : 0);
  const [current] = subscriptions.toSorted(
    (a, b) => isPremium(b) - isPremium(a) || b.startedAt - a.startedAt || (a.id < b.id ? -1 : 1),
  );
  return current ?? null;
}

function firstOf(one: Reversal | null, other: Reversal | null): Reversal | null {
  if (one === null || other === null) return one ?? other;
  if (one.at !== other.at) return one.at < other.at ? one : other;
  return one.kind === 'refunded' ? one : other;
}

function premium(state: SubscriptionState, periodEnd: number, until: number): Entitlement {
  return { tier: 'premium', state, periodEnd, graceEnd: null, until };
}

function free(state: SubscriptionState): Entitlement {
  return { tier: 'free', state, periodEnd: null, graceEnd: null, until: null };
}

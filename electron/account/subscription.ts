import { z } from 'zod';
import type { SubscriptionState } from '../../shared/account.ts';
import { assertNever } from '../../shared/errors.ts';
import type { Tier } from '../../shared/tier.ts';

/** What an issuer knows of a listener's subscription. Times are milliseconds since 1970. */
export const Subscription = z.object({
  plan: z.enum(['trial', 'monthly']),
  paidUntil: z.number().min(0).max(1e14),
  /** Set when it was ended at once, by the listener or by a refund. */
  ended: z.boolean(),
  /** The next payment will be refused. */
  paymentFails: z.boolean(),
});
export type Subscription = z.infer<typeof Subscription>;

export interface SubscribedTo {
  readonly tier: Tier;
  readonly state: SubscriptionState;
  /** When the tier ends if nothing more is paid; null for what doesn't end. */
  readonly until: number | null;
}

const day = 86_400_000;
export const trialMilliseconds = 14 * day;
export const periodMilliseconds = 30 * day;
const pastDueMilliseconds = 7 * day;

/** What a subscription is worth at a time. */
export function entitlement(subscription: Subscription | null, now: number): SubscribedTo {
  if (subscription === null) return { tier: 'free', state: 'none', until: null };
  const { plan, paidUntil, ended } = subscription;
  const expired: SubscribedTo = { tier: 'free', state: 'expired', until: null };
  if (ended) return expired;
  switch (plan) {
    case 'trial':
      return now < paidUntil ? { tier: 'premium', state: 'trialing', until: paidUntil } : expired;
    case 'monthly': {
      if (now < paidUntil) return { tier: 'premium', state: 'active', until: paidUntil };
      const graceEnd = paidUntil + pastDueMilliseconds;
      return now < graceEnd ? { tier: 'premium', state: 'past_due', until: graceEnd } : expired;
    }
    default:
      return assertNever(plan);
  }
}

/** The subscription after the payments that fell due until now, where they succeed. */
export function renew(subscription: Subscription, now: number): Subscription {
  const { plan, paidUntil, ended, paymentFails } = subscription;
  if (plan === 'trial' || ended || paymentFails || now < paidUntil) return subscription;
  const periods = Math.floor((now - paidUntil) / periodMilliseconds) + 1;
  return { ...subscription, paidUntil: paidUntil + periods * periodMilliseconds };
}

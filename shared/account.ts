import { z } from 'zod';
import type { Tier } from './tier.ts';

/** How the entitlement stands; each is shown to the listener with its date. */
export type EntitlementState = 'none' | 'fresh' | 'stale' | 'offline_grace' | 'expired';

/** What the issuer says of the subscription behind the entitlement. */
export const SubscriptionState = z.enum([
  'none',
  'trialing',
  'active',
  /** A payment failed; premium goes on for a few days. */
  'past_due',
  /** Paid to its end, and then over. */
  'cancel_at_period_end',
  'paused',
  'expired',
  /** Ended at once, by the service or by the listener's bank. */
  'refunded',
  'disputed',
]);
export type SubscriptionState = z.infer<typeof SubscriptionState>;

export interface AccountView {
  readonly tier: Tier;
  readonly entitlement: EntitlementState;
  readonly subscription: SubscriptionState;
  /** ISO times; null where the state has none. */
  readonly validUntil: string | null;
  readonly offlineUntil: string | null;
  /** `embedded`: the issuer is on this machine and nothing is sold or verified. */
  readonly environment: 'embedded' | 'qa' | 'prod';
  /** The machine's clock stands before the latest time seen: no new grace is given. */
  readonly clockSuspect: boolean;
  /** False where the system has no secret store, so the device key lies in a plain file. */
  readonly keyProtected: boolean;
}

/** The states that a tester asks for by `--qa-tier` and in the QA panel. */
export const qaTiers = [
  'free',
  'premium',
  'trial',
  'past_due',
  'offline_grace',
  'expired',
] as const;
export const QaTier = z.enum(qaTiers);
export type QaTier = z.infer<typeof QaTier>;

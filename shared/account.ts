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

export const PlanId = z.enum(['monthly', 'yearly']);
export type PlanId = z.infer<typeof PlanId>;

/** Why the listener is, or may be, in the browser. */
export type AccountVisit =
  /** The account service is on its way: seconds, where it is on this machine. */
  | { readonly kind: 'preparing' }
  | { readonly kind: 'sign_in' }
  /** To be entered at the address, in any browser. `expiresAt` is an ISO time. */
  | {
      readonly kind: 'code';
      readonly userCode: string;
      readonly address: string;
      readonly expiresAt: string;
    }
  | { readonly kind: 'checkout'; readonly plan: PlanId; readonly trial: boolean }
  | { readonly kind: 'portal' };

/** How what led to the browser ended. */
export type VisitOutcome =
  | 'done'
  /** By the listener, or by another visit. */
  | 'cancelled'
  | 'timed_out'
  /** The account had its trial already, so no checkout was opened. */
  | 'trial_used'
  /** The account, once known, turned out to have Premium. */
  | 'had_premium';

export interface AccountView {
  readonly tier: Tier;
  readonly entitlement: EntitlementState;
  readonly subscription: SubscriptionState;
  /** ISO times; null where the state has none. */
  readonly validUntil: string | null;
  readonly offlineUntil: string | null;
  /** Who is signed in; null: nobody. */
  readonly email: string | null;
  readonly plan: PlanId | null;
  /** When what was paid for, or the trial, ends. */
  readonly periodEndsAt: string | null;
  /** While a payment is past due: when premium ends unless it is made. */
  readonly graceEndsAt: string | null;
  /** Whether a trial and the intro price are still to be had, as far as is known. */
  readonly mayTry: boolean;
  readonly visit: AccountVisit | null;
  /** `embedded`: the issuer is on this machine and nothing is sold or verified. */
  readonly environment: 'embedded' | 'qa' | 'prod';
  /** The machine's clock stands before the latest time seen: no new grace is given. */
  readonly clockSuspect: boolean;
  /** False where the system has no secret store, so the device key lies in a plain file. */
  readonly keyProtected: boolean;
}

/** In the currency's smallest unit. */
export interface PriceView {
  readonly amount: number;
  readonly currency: string;
}

export interface PlanView {
  readonly id: PlanId;
  readonly price: PriceView;
  /** What the first `periods` cost, for who never subscribed before. */
  readonly intro: { readonly price: PriceView; readonly periods: number } | null;
  /** 0: no trial. */
  readonly trialDays: number;
}

/** A device that the account was used on. */
export interface DeviceView {
  readonly id: string;
  readonly name: string;
  readonly platform: 'linux' | 'macos' | 'windows';
  /** ISO time. */
  readonly seenAt: string;
  readonly isThis: boolean;
}

/** The states that a tester asks for by `--qa-tier` and in the QA panel. */
export const qaTiers = [
  'free',
  'premium',
  'trial',
  'past_due',
  'offline_grace',
  'expired',
  'cancel_at_period_end',
  'paused',
  'refunded',
  'disputed',
] as const;
export const QaTier = /* @__PURE__ */ z.enum(qaTiers);
export type QaTier = z.infer<typeof QaTier>;

/** What a tester has the fake payment provider do to the subscription of who is signed in. */
export const QaPaymentAct = /* @__PURE__ */ z.enum([
  'cancel',
  'resume',
  'pause',
  'end',
  /** What runs (the trial, the period, the grace) ends now. */
  'end_period',
  'refund',
  'dispute',
  'refuse_card',
  'accept_card',
]);
export type QaPaymentAct = z.infer<typeof QaPaymentAct>;

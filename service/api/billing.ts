import { z } from 'zod';
import { PlanId, SubscriptionState } from '../../shared/account.ts';

export { PlanId };

/** In the currency's smallest unit, as payment providers count. */
export const Price = z.object({ amount: z.int().min(0), currency: z.string().length(3) });
export type Price = z.infer<typeof Price>;

export const Plan = z.object({
  id: PlanId,
  price: Price,
  /** What the first `periods` cost, for who never subscribed before. */
  intro: z.object({ price: Price, periods: z.int().min(1) }).nullable(),
  /** 0: no trial. Only for who never had one. */
  trialDays: z.int().min(0),
});
export type Plan = z.infer<typeof Plan>;
export const PlansAnswer = z.object({ plans: z.array(Plan).max(20) });

const IsoTime = z.iso.datetime();

/** A subscription as its owner sees it. */
export const SubscriptionAnswer = z.object({
  state: SubscriptionState,
  plan: PlanId.nullable(),
  /** When what was paid for, or the trial, ends. */
  periodEndsAt: IsoTime.nullable(),
  /** While a payment is past due: when premium ends unless it is made. */
  graceEndsAt: IsoTime.nullable(),
  /** Whether a trial and the intro price are still to be had. */
  mayTry: z.boolean(),
});
export type SubscriptionAnswer = z.infer<typeof SubscriptionAnswer>;

export const CheckoutRequest = z.object({ plan: PlanId, trial: z.boolean() });
export type CheckoutRequest = z.infer<typeof CheckoutRequest>;

/** A page for the listener's browser. */
export const PageAnswer = z.object({ url: z.url().max(2048) });
export type PageAnswer = z.infer<typeof PageAnswer>;

import type Stripe from 'stripe';
import { z } from 'zod';
import type { Renewal, Reversal, Subscription } from './subscription.ts';

/** What an event of Stripe's is about. */
export type StripeSubject =
  | { readonly kind: 'subscription'; readonly id: string; readonly reversal: null }
  | {
      readonly kind: 'payment';
      readonly paymentIntent: string;
      readonly reversal: Reversal;
    };

const Id = z.string().min(1).max(255);
const SubscriptionObject = z.object({ id: Id });
const SessionObject = z.object({ subscription: Id });
const InvoiceObject = z.object({
  parent: z.object({ subscription_details: z.object({ subscription: Id }) }),
});
const ChargeObject = z.object({ payment_intent: Id, refunded: z.boolean() });
const DisputeObject = z.object({ payment_intent: Id, status: z.string().max(100) });
const AccountId = z.uuid();

/** Of an event only what is looked at: the version of the API that it was made by may be any. */
export interface StripeEvent {
  readonly type: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly data: { readonly object: unknown };
}

/** @returns null for what is not about a subscription; events of another shape count as such */
export function subjectOf({ type, created, data }: StripeEvent): StripeSubject | null {
  const at = created * 1000;
  switch (type) {
    case 'customer.subscription.created':
    case 'customer.subscription.updated':
    case 'customer.subscription.deleted':
    case 'customer.subscription.paused':
    case 'customer.subscription.resumed':
      return about(SubscriptionObject.safeParse(data.object).data?.id);
    case 'checkout.session.completed':
      return about(SessionObject.safeParse(data.object).data?.subscription);
    case 'invoice.paid':
    case 'invoice.payment_failed':
      return about(
        InvoiceObject.safeParse(data.object).data?.parent.subscription_details.subscription,
      );
    case 'charge.refunded': {
      // A part paid back is a kindness. All of it ends the subscription, of whichever period it was:
      // were only the latest one's to count, the order of events would.
      const charge = ChargeObject.safeParse(data.object).data;
      return charge?.refunded === true ? reversed(charge.payment_intent, 'refunded', at) : null;
    }
    case 'charge.dispute.created':
    case 'charge.dispute.funds_withdrawn': {
      // `warning_…` is a bank's question, before any money moves.
      const dispute = DisputeObject.safeParse(data.object).data;
      if (dispute === undefined || dispute.status.startsWith('warning_')) return null;
      return reversed(dispute.payment_intent, 'disputed', at);
    }
    default:
      return null;
  }
}

/**
 * @param version when it was asked for
 * @returns null for one that isn't an account's of ours, or that never began
 */
export function fromStripe(found: Stripe.Subscription, version: number): Subscription | null {
  const accountId = AccountId.safeParse(found.metadata['account']).data;
  const [item] = found.items.data;
  const neverBegan = found.status === 'incomplete' || found.status === 'incomplete_expired';
  if (accountId === undefined || item === undefined || neverBegan) return null;
  return {
    id: found.id,
    accountId,
    version,
    plan: item.price.recurring?.interval === 'year' ? 'yearly' : 'monthly',
    startedAt: found.start_date * 1000,
    isTrial: found.status === 'trialing',
    paidUntil: paidUntil(found, item) * 1000,
    renewal: renewalOf(found),
    ended: found.status === 'canceled',
    reversal: null,
  };
}

/**
 * Stripe's periods go on while nothing is paid: then what was paid for ended where the period began.
 * @returns seconds since 1970
 */
function paidUntil(found: Stripe.Subscription, item: Stripe.SubscriptionItem): number {
  const { latest_invoice: invoice, status, cancel_at: cancelAt } = found;
  const isUnpaid = typeof invoice === 'object' && invoice !== null && invoice.status !== 'paid';
  const isPaused = renewalOf(found) === 'paused';
  const isOwed = status === 'past_due' || status === 'unpaid' || (isPaused && isUnpaid);
  const end = isOwed ? item.current_period_start : item.current_period_end;
  return cancelAt === null ? end : Math.min(cancelAt, end);
}

function renewalOf(found: Stripe.Subscription): Renewal {
  if (found.cancel_at_period_end || found.cancel_at !== null) return 'cancelled';
  return found.pause_collection !== null || found.status === 'paused' ? 'paused' : 'renews';
}

function about(id: string | undefined): StripeSubject | null {
  return id === undefined ? null : { kind: 'subscription', id, reversal: null };
}

function reversed(paymentIntent: string, kind: Reversal['kind'], at: number): StripeSubject {
  return { kind: 'payment', paymentIntent, reversal: { kind, at } };
}

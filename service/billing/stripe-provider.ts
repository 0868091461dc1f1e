import Stripe from 'stripe';
import type { ServiceParts, StripeSettings } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { plans } from './plans.ts';
import { paymentPages, type BillingProvider, type Order } from './provider.ts';
import { fromStripe, subjectOf, type StripeSubject } from './stripe-shapes.ts';
import type { Subscription } from './subscription.ts';

const signatureHeader = 'stripe-signature';
/** How old a signature may be. */
const toleranceSeconds = 300;

/**
 * Stripe by its own package. Its events have no order and its subscriptions no version, so an event
 * only says what to look at: the subscription is fetched, and the time of asking is its version. The
 * event of the last change is delivered after that change, so what it fetches is the last to count.
 */
export function createStripeProvider(
  settings: StripeSettings,
  { origin, now }: Pick<ServiceParts, 'origin' | 'now'>,
): BillingProvider {
  const stripe = new Stripe(settings.secretKey, {
    ...addressOf(settings.apiOrigin),
    timeout: 10_000,
    maxNetworkRetries: 2,
    telemetry: false,
  });

  // Two questions never have one time.
  let askedAt = 0;

  async function customerOf({ accountId, customerId }: Order): Promise<string> {
    if (customerId !== null) return customerId;
    const metadata = { account: accountId };
    // Two checkouts begun at once come to one customer.
    const idempotencyKey = `customer-${accountId}`;
    return (await stripe.customers.create({ metadata }, { idempotencyKey })).id;
  }

  async function fetchSubscription(id: string): Promise<Subscription | null> {
    askedAt = Math.max(now(), askedAt + 1);
    const asked = askedAt;
    const found = await stripe.subscriptions
      .retrieve(id, { expand: ['latest_invoice'] })
      .catch(nullWhereMissing);
    return found && fromStripe(found, asked);
  }

  async function fetchChanged(id: string): Promise<Subscription> {
    const changed = await fetchSubscription(id);
    if (changed === null) throw new Error('Stripe lost a subscription while it was changed');
    return changed;
  }

  async function subscriptionIdOf(subject: StripeSubject): Promise<string | null> {
    if (subject.kind === 'subscription') return subject.id;
    const { data } = await stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: subject.paymentIntent },
      expand: ['data.invoice'],
      limit: 1,
    });
    const invoice = data[0]?.invoice;
    if (invoice === undefined || typeof invoice === 'string' || 'deleted' in invoice) return null;
    const subscription = invoice.parent?.subscription_details?.subscription;
    return typeof subscription === 'object' ? subscription.id : (subscription ?? null);
  }

  function open(body: string, headers: Headers): Stripe.Event {
    const signature = headers.get(signatureHeader) ?? '';
    try {
      return stripe.webhooks.constructEvent(
        body,
        signature,
        settings.webhookSecret,
        toleranceSeconds,
        undefined,
        now(),
      );
    } catch (cause) {
      throw new Refusal('invalid', 'The webhook was not signed so, or not just now', { cause });
    }
  }

  return {
    name: 'stripe',
    fetchSubscription,

    async startCheckout(order) {
      const { accountId, plan, isTrial, isIntro } = order;
      const customer = await customerOf(order);
      // A checkout left open could be paid beside this one.
      const { data: left } = await stripe.checkout.sessions.list({ customer, status: 'open' });
      for (const { id } of left) await stripe.checkout.sessions.expire(id);
      const coupon = isIntro ? settings.introCoupons[plan] : null;
      const { url } = await stripe.checkout.sessions.create({
        mode: 'subscription',
        customer,
        client_reference_id: accountId,
        line_items: [{ price: settings.prices[plan], quantity: 1 }],
        ...(coupon === null ? {} : { discounts: [{ coupon }] }),
        subscription_data: {
          metadata: { account: accountId },
          ...(isTrial ? { trial_period_days: plans[plan].trialDays } : {}),
        },
        success_url: `${origin()}${paymentPages.done}`,
        cancel_url: `${origin()}${paymentPages.left}`,
      });
      if (url === null) throw new Error('Stripe gave no page for its checkout');
      return { url, customerId: customer };
    },

    async portalUrl(customer) {
      const return_url = `${origin()}${paymentPages.seen}`;
      return (await stripe.billingPortal.sessions.create({ customer, return_url })).url;
    },

    async parseWebhook(body, headers) {
      const event = open(body, headers);
      const subject = subjectOf(event);
      const subscriptionId = subject && (await subscriptionIdOf(subject));
      const told = subscriptionId === null ? null : await fetchSubscription(subscriptionId);
      const reversal = subject?.reversal ?? null;
      return {
        id: event.id,
        type: event.type,
        subscription: told && (reversal === null ? told : { ...told, reversal }),
      };
    },

    async cancel(id, when) {
      if (when === 'now') await stripe.subscriptions.cancel(id).catch(nullWhereMissing);
      else await stripe.subscriptions.update(id, { cancel_at_period_end: true });
      return fetchChanged(id);
    },

    async resume(id) {
      await stripe.subscriptions.update(id, { cancel_at_period_end: false, pause_collection: '' });
      return fetchChanged(id);
    },

    async forget(customerId) {
      await stripe.customers.del(customerId).catch(nullWhereMissing);
    },
  };
}

/** Stripe answers so as well for what is over already. */
function nullWhereMissing(error: unknown): null {
  if (error instanceof Stripe.errors.StripeError && error.statusCode === 404) return null;
  throw error;
}

function addressOf(apiOrigin: string | null): Stripe.StripeConfig {
  if (apiOrigin === null) return {};
  const { hostname, port, protocol } = new URL(apiOrigin);
  return { host: hostname, port, protocol: protocol === 'http:' ? 'http' : 'https' };
}

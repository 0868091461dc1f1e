import { randomBytes, randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import { sign, signatureHeader, webhookSecret } from '../../service/billing/fake/fake-event.ts';
import { openFakeCompany } from '../../service/billing/fake/fake-company.ts';
import type { FakeAct } from '../../service/billing/fake/fake-subscription.ts';
import type { BillingProvider } from '../../service/billing/provider.ts';
import { createStripeProvider } from '../../service/billing/stripe-provider.ts';
import { migrate } from '../../service/database/migrations.ts';
import { openPostgres } from '../../service/database/open-postgres.ts';
import { makeDatabase } from './service-rig.ts';
import { openStripeStandIn } from './stripe-stand-in.ts';

/** What may befall a subscription at its provider. */
export type Fate = 'renewed' | 'payment_refused' | 'paused' | 'refunded' | 'disputed';

export interface Delivery {
  readonly body: string;
  readonly headers: Headers;
}

/** A provider with its other side: what customers do there, and what it tells of. */
export interface PaymentCompanyRig {
  readonly provider: BillingProvider;
  readonly clock: { now: number };
  /** @returns the deliveries about the payment; none where the page is over */
  readonly pay: (url: string) => Promise<readonly Delivery[]>;
  readonly befall: (
    customerId: string,
    subscriptionId: string,
    fate: Fate,
  ) => Promise<readonly Delivery[]>;
  /** An event of a type that nobody knows, signed at a time by the right or a wrong secret. */
  readonly strangeEvent: (signedAt: number, secret: 'right' | 'wrong') => Delivery;
  readonly close: () => Promise<void>;
}

const origin = 'https://accounts.refrain.test';
const start = Date.parse('2026-11-22T12:00:00Z');

export async function openFakeCompanyRig(): Promise<PaymentCompanyRig> {
  const clock = { now: start };
  const store = openPostgres(await makeDatabase(), () => undefined);
  await migrate(store);
  const sealingKey = randomBytes(32);
  const payments = { kind: 'fake' } as const;
  let told: Delivery[] = [];
  const { provider, pages } = openFakeCompany(
    {
      store,
      now: () => clock.now,
      issuer: origin,
      environment: 'qa',
      origin: () => origin,
      sealingKey,
      payments,
      log: { info: () => undefined, fault: () => undefined },
    },
    {
      authenticate: () => Promise.resolve(null),
      async deliver(request) {
        told.push({ body: await request.text(), headers: request.headers });
        return new Response(null, { status: 204 });
      },
    },
  );

  async function press(page: string, button: Readonly<Record<string, string>>) {
    told = [];
    await pages?.request(page, { method: 'POST', body: new URLSearchParams(button) });
    return told;
  }

  const acts: Readonly<Record<Fate, readonly FakeAct[]>> = {
    renewed: [{ kind: 'end_period' }],
    payment_refused: [{ kind: 'change_card', card: 'refused' }, { kind: 'end_period' }],
    paused: [{ kind: 'pause' }],
    refunded: [{ kind: 'reverse', how: 'refunded' }],
    disputed: [{ kind: 'reverse', how: 'disputed' }],
  };

  return {
    provider,
    clock,
    pay: (url) => press(url, { card: 'good' }),
    async befall(customerId, _, fate) {
      const page = await provider.portalUrl(customerId);
      const deliveries: Delivery[] = [];
      for (const act of acts[fate]) {
        deliveries.push(...(await press(page, { act: JSON.stringify(act) })));
      }
      return deliveries;
    },
    strangeEvent(signedAt, secret) {
      const body = JSON.stringify({ id: `evt_${randomUUID()}`, type: 'weather.changed' });
      const key = secret === 'right' ? webhookSecret(sealingKey) : Buffer.alloc(32);
      return { body, headers: new Headers({ [signatureHeader]: sign(body, key, signedAt) }) };
    },
    close: store.close,
  };
}

export async function openStripeRig(): Promise<PaymentCompanyRig> {
  const clock = { now: start };
  const settings = {
    kind: 'stripe',
    secretKey: 'sk_test_refrain',
    webhookSecret: 'whsec_refrain',
    prices: { monthly: 'price_month', yearly: 'price_year' },
    introCoupons: { monthly: 'first_months', yearly: null },
  } as const;
  const stripe = await openStripeStandIn({
    secretKey: settings.secretKey,
    yearlyPrice: settings.prices.yearly,
    now: () => clock.now,
  });
  const provider = createStripeProvider(
    { ...settings, apiOrigin: stripe.origin },
    { origin: () => origin, now: () => clock.now },
  );
  const signer = new Stripe(settings.secretKey);

  function signed(
    type: string,
    object: unknown,
    signedAt = clock.now,
    secret: string = settings.webhookSecret,
  ): Delivery {
    const created = Math.floor(clock.now / 1000);
    const payload = JSON.stringify({
      id: `evt_${randomUUID()}`,
      object: 'event',
      type,
      created,
      data: { object },
    });
    const timestamp = Math.floor(signedAt / 1000);
    const signature = signer.webhooks.generateTestHeaderString({ payload, secret, timestamp });
    return { body: payload, headers: new Headers({ 'stripe-signature': signature }) };
  }

  function befall(subscriptionId: string, fate: Fate): Delivery {
    const held = stripe.subscriptions.get(subscriptionId);
    if (held === undefined) throw new Error('There is no such subscription');
    const [item] = held.items.data;
    const payment_intent = stripe.paymentOf(subscriptionId);
    const parent = { subscription_details: { subscription: subscriptionId } };
    switch (fate) {
      case 'renewed':
      case 'payment_refused': {
        const isPaid = fate === 'renewed';
        clock.now = item.current_period_end * 1000;
        item.current_period_start = item.current_period_end;
        item.current_period_end += 30 * 86_400;
        held.status = isPaid ? 'active' : 'past_due';
        held.latest_invoice = { ...held.latest_invoice, status: isPaid ? 'paid' : 'open' };
        return signed(isPaid ? 'invoice.paid' : 'invoice.payment_failed', { parent });
      }
      case 'paused':
        held.pause_collection = { behavior: 'void' };
        return signed('customer.subscription.updated', { id: subscriptionId });
      case 'refunded':
        return signed('charge.refunded', { payment_intent, refunded: true });
      case 'disputed':
        return signed('charge.dispute.created', { payment_intent, status: 'needs_response' });
    }
  }

  return {
    provider,
    clock,
    pay(url) {
      const subscription = stripe.pay(url);
      if (subscription === null) return Promise.resolve([]);
      return Promise.resolve([
        signed('customer.subscription.created', { id: subscription }),
        signed('checkout.session.completed', { subscription }),
      ]);
    },
    befall: (_, subscriptionId, fate) => Promise.resolve([befall(subscriptionId, fate)]),
    strangeEvent: (signedAt, secret) =>
      signed(
        'weather.changed',
        {},
        signedAt,
        secret === 'right' ? settings.webhookSecret : 'whsec_other',
      ),
    close: stripe.close,
  };
}

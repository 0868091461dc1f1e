import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Order } from '../../../../service/billing/provider.ts';
import { entitlement, join, type Subscription } from '../../../../service/billing/subscription.ts';
import {
  openFakeCompanyRig,
  openStripeRig,
  type Delivery,
  type Fate,
  type PaymentCompanyRig,
} from '../../../support/payment-companies.ts';

const day = 86_400_000;

describe.each([
  ['fake', openFakeCompanyRig],
  ['stripe', openStripeRig],
] as const)('the %s payment provider', (name, open) => {
  let rig: PaymentCompanyRig;
  beforeAll(async () => {
    rig = await open();
  }, 60_000);
  afterAll(() => rig.close());

  function orderOf(changed: Partial<Order> = {}): Order {
    return {
      accountId: randomUUID(),
      customerId: null,
      plan: 'monthly',
      isTrial: false,
      isIntro: true,
      ...changed,
    };
  }

  /** What the service makes of deliveries. */
  async function toldBy(deliveries: readonly Delivery[]): Promise<Subscription> {
    const told: Subscription[] = [];
    for (const { body, headers } of deliveries) {
      const { subscription } = await rig.provider.parseWebhook(body, headers);
      if (subscription !== null) told.push(subscription);
    }
    return told.reduce(join);
  }

  async function subscribed(order: Order) {
    const { url, customerId } = await rig.provider.startCheckout(order);
    const subscription = await toldBy(await rig.pay(url));
    return {
      customerId,
      subscription,
      befall: async (fate: Fate) =>
        join(subscription, await toldBy(await rig.befall(customerId, subscription.id, fate))),
    };
  }

  function stateOf(subscription: Subscription): string {
    return entitlement(subscription, rig.clock.now).state;
  }

  it('leads to a page, and tells of the subscription of the account once it is paid', async () => {
    const order = orderOf({ plan: 'yearly' });
    const { subscription } = await subscribed(order);
    expect(subscription).toMatchObject({ accountId: order.accountId, plan: 'yearly' });
    expect(stateOf(subscription)).toBe('active');
    const days = (subscription.paidUntil - rig.clock.now) / day;
    expect(days).toBeGreaterThanOrEqual(365);
    const fetched = await rig.provider.fetchSubscription(subscription.id);
    expect({ ...fetched, version: 0 }).toEqual({ ...subscription, version: 0 });
  });

  it('gives fourteen days of trial where they are ordered', async () => {
    const { subscription } = await subscribed(orderOf({ isTrial: true }));
    expect(stateOf(subscription)).toBe('trialing');
    expect(subscription.paidUntil).toBe(rig.clock.now + 14 * day);
  });

  it('lets an account have one open checkout, and stay one customer', async () => {
    const order = orderOf();
    const first = await rig.provider.startCheckout(order);
    const { customerId } = first;
    const second = await rig.provider.startCheckout({ ...order, customerId });
    expect(second.customerId).toBe(customerId);
    expect(await rig.pay(first.url)).toEqual([]);
    expect(await rig.pay(second.url)).not.toEqual([]);
    expect(await rig.pay(second.url)).toEqual([]);
    expect(await rig.provider.portalUrl(customerId)).toMatch(/^https:/);
  });

  it('tells of a renewal with a later end', async () => {
    const { subscription, befall } = await subscribed(orderOf());
    const renewed = await befall('renewed');
    expect(stateOf(renewed)).toBe('active');
    expect(renewed.version).toBeGreaterThan(subscription.version);
  });

  it('tells of a refused payment so that the grace runs from the end of what was paid', async () => {
    const { befall } = await subscribed(orderOf({ isTrial: true }));
    const failed = await befall('payment_refused');
    expect(stateOf(failed)).toBe('past_due');
    expect(failed.paidUntil).toBe(rig.clock.now);
  });

  it('keeps what was paid for through a cancellation and a pause, and takes both back', async () => {
    const { subscription, befall } = await subscribed(orderOf());
    const cancelled = await rig.provider.cancel(subscription.id, 'at_period_end');
    expect(stateOf(cancelled)).toBe('cancel_at_period_end');
    expect(cancelled.paidUntil).toBe(subscription.paidUntil);
    expect(stateOf(await rig.provider.resume(subscription.id))).toBe('active');
    const paused = await befall('paused');
    expect(stateOf(paused)).toBe('paused');
    expect(paused.paidUntil).toBe(subscription.paidUntil);
    expect(stateOf(await rig.provider.resume(subscription.id))).toBe('active');
  });

  it('ends a subscription at once, and again without complaint', async () => {
    const { subscription } = await subscribed(orderOf());
    expect(stateOf(await rig.provider.cancel(subscription.id, 'now'))).toBe('expired');
    expect(stateOf(await rig.provider.cancel(subscription.id, 'now'))).toBe('expired');
  });

  it.each(['refunded', 'disputed'] as const)('tells what was %s', async (fate) => {
    const { befall } = await subscribed(orderOf());
    expect(stateOf(await befall(fate))).toBe(fate);
  });

  it('ends everything of a customer who is to be forgotten', async () => {
    const { subscription, customerId } = await subscribed(orderOf());
    await rig.provider.forget(customerId);
    const left = await rig.provider.fetchSubscription(subscription.id);
    expect(left === null || left.ended).toBe(true);
    await rig.provider.forget(customerId);
  });

  it('knows nothing of a subscription that there is none of', async () => {
    expect(await rig.provider.fetchSubscription('sub_nothing')).toBeNull();
  });

  it('reads events of unknown types as about nothing', async () => {
    const { body, headers } = rig.strangeEvent(rig.clock.now, 'right');
    const event = await rig.provider.parseWebhook(body, headers);
    expect(event).toMatchObject({ type: 'weather.changed', subscription: null });
    expect(rig.provider.name).toBe(name);
  });

  it('refuses what is not signed by its secret, or was signed more than five minutes ago', async () => {
    const { body, headers } = rig.strangeEvent(rig.clock.now, 'right');
    const refused = [
      { body, headers: new Headers() },
      { body: `${body} `, headers },
      rig.strangeEvent(rig.clock.now, 'wrong'),
      rig.strangeEvent(rig.clock.now - 301_000, 'right'),
    ];
    for (const forged of refused) {
      await expect(rig.provider.parseWebhook(forged.body, forged.headers)).rejects.toMatchObject({
        code: 'invalid',
      });
    }
  });
});

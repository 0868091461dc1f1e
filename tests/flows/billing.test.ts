import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventBody, sign, webhookSecret } from '../../service/billing/fake/fake-event.ts';
import { fakeCustomers } from '../../service/billing/fake/fake-tables.ts';
import type { Subscription } from '../../service/billing/subscription.ts';
import { billingAccounts, subscriptions, webhookInbox } from '../../service/billing/tables.ts';
import { actOnPortal, openCheckout, openPortal, press } from '../support/fake-payments.ts';
import { subscribe, subscriptionOf } from '../support/fake-payments.ts';
import {
  databases,
  openServiceRig,
  type Listener,
  type ServiceRig,
} from '../support/service-rig.ts';

const day = 86_400_000;

describe.each(databases)('billing over %s', (store) => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await openServiceRig({ store, environment: 'qa' });
  }, 60_000);
  afterAll(() => rig.close());

  async function stateOf(listener: Listener): Promise<string> {
    return (await subscriptionOf(rig, listener)).state;
  }

  function toldOf(listener: Listener, changed: Partial<Subscription>): Subscription {
    return {
      id: `sub_${listener.accountId}`,
      accountId: listener.accountId,
      version: 1,
      plan: 'monthly',
      startedAt: rig.clock.now,
      isTrial: false,
      paidUntil: rig.clock.now + 30 * day,
      renewal: 'renews',
      ended: false,
      reversal: null,
      ...changed,
    };
  }

  function deliver(
    body: string,
    signed = sign(body, webhookSecret(rig.parts.sealingKey), rig.clock.now),
  ) {
    return rig.service.fetch(
      new Request(`${rig.parts.origin()}/v1/webhooks/fake`, {
        method: 'POST',
        headers: { 'fake-signature': signed },
        body,
      }),
    );
  }

  function inboxSize(): Promise<number> {
    return rig.parts.store.db.$count(webhookInbox);
  }

  /** A checkout makes the account known to billing; it is left, and nothing is bought. */
  async function newcomer(): Promise<Listener> {
    const listener = await rig.signUp();
    await press(rig, await openCheckout(rig, listener, { plan: 'monthly', trial: false }), {
      card: 'none',
    });
    return listener;
  }

  it('walks from free to trial, paid, past due, expired and refunded as time passes', async () => {
    const listener = await rig.signUp();
    expect(await subscriptionOf(rig, listener)).toMatchObject({ state: 'none', mayTry: true });

    await subscribe(rig, listener, { plan: 'monthly', trial: true });
    const trial = await subscriptionOf(rig, listener);
    expect(trial).toMatchObject({ state: 'trialing', plan: 'monthly', mayTry: false });
    expect(Date.parse(trial.periodEndsAt ?? '')).toBe(rig.clock.now + 14 * day);

    rig.clock.now += 14 * day;
    expect(await stateOf(listener)).toBe('active');
    rig.clock.now += 365 * day;
    expect(await stateOf(listener)).toBe('active');

    await actOnPortal(rig, listener, { kind: 'change_card', card: 'refused' });
    rig.clock.now += 32 * day;
    const pastDue = await subscriptionOf(rig, listener);
    expect(pastDue.state).toBe('past_due');
    rig.clock.now = Date.parse(pastDue.graceEndsAt ?? '') - 1;
    expect(await stateOf(listener)).toBe('past_due');
    rig.clock.now += 1;
    expect(await stateOf(listener)).toBe('expired');

    await subscribe(rig, listener, { plan: 'yearly', trial: false });
    expect(await subscriptionOf(rig, listener)).toMatchObject({ state: 'active', plan: 'yearly' });
    expect(await actOnPortal(rig, listener, { kind: 'reverse', how: 'refunded' })).toMatchObject({
      state: 'refunded',
      periodEndsAt: null,
    });
    rig.clock.now += 400 * day;
    expect(await stateOf(listener)).toBe('refunded');
  });

  it('gives the trial once, and no second subscription beside a running one', async () => {
    const listener = await rig.signUp();
    await subscribe(rig, listener, { plan: 'monthly', trial: true });
    const { token } = listener;
    const again = { token, body: { plan: 'monthly', trial: false } };
    expect((await rig.ask('POST', '/v1/checkout', again)).status).toBe(409);
    await actOnPortal(rig, listener, { kind: 'end' });
    expect(await stateOf(listener)).toBe('expired');
    const trial = { token, body: { plan: 'monthly', trial: true } };
    expect((await rig.ask('POST', '/v1/checkout', trial)).status).toBe(409);
    expect((await rig.ask('POST', '/v1/checkout', again)).status).toBe(200);
  });

  it('keeps what was paid for after a cancellation, which can be taken back', async () => {
    const listener = await rig.signUp();
    const { token } = listener;
    const change = (name: string) => rig.ask('POST', `/v1/subscription/${name}`, { token });
    expect((await change('cancel')).status).toBe(409);
    await subscribe(rig, listener, { plan: 'monthly', trial: false });
    const cancelled = { state: 'cancel_at_period_end' };
    expect(await change('cancel')).toMatchObject({ status: 200, body: cancelled });
    expect(await change('resume')).toMatchObject({ status: 200, body: { state: 'active' } });
    await change('cancel');
    rig.clock.now += 31 * day;
    expect(await stateOf(listener)).toBe('expired');
    expect((await change('resume')).status).toBe(409);
  });

  it('ends at once what is cancelled while a payment is past due', async () => {
    const listener = await rig.signUp();
    await subscribe(rig, listener, { plan: 'monthly', trial: true, card: 'refused' });
    rig.clock.now += 15 * day;
    expect(await stateOf(listener)).toBe('past_due');
    const { token } = listener;
    expect(await rig.ask('POST', '/v1/subscription/cancel', { token })).toMatchObject({
      body: { state: 'expired' },
    });
  });

  it('applies an event once when it is delivered many times at once', async () => {
    const listener = await newcomer();
    const before = await inboxSize();
    const body = eventBody('subscription.started', toldOf(listener, {}));
    const answers = await Promise.all(Array.from({ length: 8 }, () => deliver(body)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 8 }, () => 204));
    expect(await inboxSize()).toBe(before + 1);
    expect(await stateOf(listener)).toBe('active');
  });

  it('forgets the names of events after ninety days, and none before', async () => {
    const listener = await newcomer();
    const event = () => eventBody('subscription.changed', toldOf(listener, {}));
    const [first, second, third] = [event(), event(), event()];
    await deliver(first);
    const names = async () =>
      (await rig.parts.store.db.select().from(webhookInbox)).map(({ eventId }) => eventId);
    const nameOf = (body: string) => (JSON.parse(body) as { readonly id: string }).id;
    rig.clock.now += 90 * day;
    await deliver(second);
    expect(await names()).toContain(nameOf(first));
    // What is told again is known: nothing of it takes effect or is noted twice.
    const known = await inboxSize();
    await deliver(first);
    expect(await inboxSize()).toBe(known);
    rig.clock.now += day;
    await deliver(third);
    expect(await names()).not.toContain(nameOf(first));
    expect(await names()).toContain(nameOf(second));
  });

  it('comes to the same by events in any order, doubled, and several at once', async () => {
    const history = [
      { type: 'subscription.started', version: 1, isTrial: true },
      { type: 'payment.succeeded', version: 2, paidUntil: rig.clock.now + 60 * day },
      { type: 'subscription.changed', version: 3, renewal: 'cancelled' },
      { type: 'subscription.changed', version: 4, paidUntil: rig.clock.now + 90 * day },
    ] as const;
    const orders = fc.shuffledSubarray([...history, ...history], { minLength: 8 });
    await fc.assert(
      fc.asyncProperty(orders, async (order) => {
        const listener = await newcomer();
        const bodies = new Map(
          history.map((event) => {
            const { type, ...changed } = event;
            return [event, eventBody(type, toldOf(listener, changed))];
          }),
        );
        await Promise.all(order.map((event) => deliver(bodies.get(event) ?? '')));
        const { state, periodEndsAt } = await subscriptionOf(rig, listener);
        expect(state).toBe('active');
        expect(Date.parse(periodEndsAt ?? '')).toBe(rig.clock.now + 90 * day);
      }),
      { numRuns: 8 },
    );
  });

  it('holds a refund that comes before what it is about, and ends the rest at the provider', async () => {
    const listener = await rig.signUp();
    await subscribe(rig, listener, { plan: 'monthly', trial: false });
    const { body } = await rig.ask('GET', '/fake/test/subscription', { token: listener.token });
    const { told } = body as { readonly told: Subscription };
    const reversal = { kind: 'refunded', at: rig.clock.now } as const;
    const early = eventBody('payment.refunded', { ...told, version: 9, reversal });
    expect((await deliver(early)).status).toBe(204);
    expect((await deliver(eventBody('payment.succeeded', { ...told, version: 99 }))).status).toBe(
      204,
    );
    expect(await stateOf(listener)).toBe('refunded');
    const after = await rig.ask('GET', '/fake/test/subscription', { token: listener.token });
    expect(after.body).toMatchObject({ told: { ended: true } });
  });

  it('refuses what is not signed, signed otherwise, or signed long ago, and keeps nothing of it', async () => {
    const listener = await newcomer();
    const before = await inboxSize();
    const body = eventBody('subscription.started', toldOf(listener, {}));
    const secret = webhookSecret(rig.parts.sealingKey);
    const forged = [
      '',
      't=1,v1=00',
      sign(body, Buffer.alloc(32), rig.clock.now),
      sign(`${body} `, secret, rig.clock.now),
      sign(body, secret, rig.clock.now - 301_000),
      sign(body, secret, rig.clock.now + 301_000),
    ];
    for (const signature of forged) expect((await deliver(body, signature)).status).toBe(400);
    expect((await deliver('{"id":')).status).toBe(400);
    expect(await inboxSize()).toBe(before);
    expect(await stateOf(listener)).toBe('none');
  });

  it('refuses a body beyond the bound, and a provider that it does not have', async () => {
    expect((await deliver('x'.repeat(300_000))).status).toBe(413);
    expect((await rig.ask('POST', '/v1/webhooks/nobody')).status).toBe(404);
  });

  it('notes events of types that it does not know, and does nothing else', async () => {
    const before = await inboxSize();
    const body = JSON.stringify({
      id: `evt_${randomUUID()}`,
      type: 'weather.changed',
      sky: 'blue',
    });
    expect((await deliver(body)).status).toBe(204);
    expect(await inboxSize()).toBe(before + 1);
  });

  it('ends an account with its subscription, and keeps nothing of what is told of it later', async () => {
    const listener = await rig.signUp();
    await subscribe(rig, listener, { plan: 'yearly', trial: false });
    const portal = await openPortal(rig, listener);
    const { token } = listener;
    const kept = await rig.ask('GET', '/v1/account/export', { token });
    expect(kept.body).toMatchObject({ billing: { subscriptions: [{ plan: 'yearly' }] } });

    expect((await rig.ask('DELETE', '/v1/account', { token })).status).toBe(204);
    expect((await rig.service.fetch(new Request(portal))).status).toBe(404);
    const late = eventBody('payment.succeeded', toldOf(listener, {}));
    expect((await deliver(late)).status).toBe(204);
    const { db } = rig.parts.store;
    const isTheirs = eq(subscriptions.accountId, listener.accountId);
    expect(await db.$count(subscriptions, isTheirs)).toBe(0);
    const isThem = eq(fakeCustomers.accountId, listener.accountId);
    expect(await db.$count(fakeCustomers, isThem)).toBe(0);
  });

  it('can be driven by a script from state to state', async () => {
    const listener = await rig.signUp();
    await subscribe(rig, listener, { plan: 'monthly', trial: true });
    const states = [];
    for (const body of [
      { kind: 'end_period' },
      { kind: 'change_card', card: 'refused' },
      { kind: 'end_period' },
      { kind: 'end_period' },
      { kind: 'reverse', how: 'disputed' },
    ]) {
      const { status } = await rig.ask('POST', '/fake/test/act', { token: listener.token, body });
      expect(status).toBe(200);
      states.push(await stateOf(listener));
    }
    expect(states).toEqual(['active', 'active', 'past_due', 'expired', 'disputed']);
  });

  it('serves its pages once, to whoever has the address, and says when they are over', async () => {
    const listener = await rig.signUp();
    const first = await openCheckout(rig, listener, { plan: 'monthly', trial: false });
    const page = await openCheckout(rig, listener, { plan: 'monthly', trial: false });
    expect((await rig.service.fetch(new Request(first))).status).toBe(404);
    expect(await press(rig, page, { card: 'refused' })).toBeNull();
    expect(await stateOf(listener)).toBe('none');
    const both = await Promise.all([
      press(rig, page, { card: 'good' }),
      press(rig, page, { card: 'good' }),
    ]);
    expect(both.toSorted()).toEqual(['/pages/payment/done', null]);
    const shown = await rig.service.fetch(new Request(await openPortal(rig, listener)));
    expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(await shown.text()).toContain('Nothing is sold here');
    expect(rig.faults).toEqual([]);
  });

  it('tells its plans to anybody and a subscription to its owner alone', async () => {
    const { body } = await rig.ask('GET', '/v1/plans');
    expect(body).toMatchObject({ plans: [{ id: 'monthly' }, { id: 'yearly', trialDays: 14 }] });
    expect((await rig.ask('GET', '/v1/subscription')).status).toBe(401);
    expect((await rig.ask('POST', '/v1/portal', { token: randomUUID() })).status).toBe(409);
  });
});

describe('in the environment that sells', () => {
  it("has no way for testers to drive the fake provider's states", async () => {
    const rig = await openServiceRig({ store: 'postgres', environment: 'prod' });
    const listener = await rig.signUp();
    await subscribe(rig, listener, { plan: 'monthly', trial: false });
    const { token } = listener;
    const body = { kind: 'end_period' };
    expect((await rig.ask('POST', '/fake/test/act', { token, body })).status).toBe(404);
    const refunded = await actOnPortal(rig, listener, { kind: 'reverse', how: 'refunded' });
    expect(refunded.state).toBe('active');
    await rig.close();
  });
});

describe('with a provider that does not answer', () => {
  it('says so, and lets no account be erased while it may go on being charged', async () => {
    const payments = {
      kind: 'stripe',
      secretKey: 'sk_test_refrain',
      webhookSecret: 'whsec_refrain',
      prices: { monthly: 'price_month', yearly: 'price_year' },
      introCoupons: { monthly: null, yearly: null },
      // A port that nothing listens at.
      apiOrigin: 'http://127.0.0.1:9',
    } as const;
    const rig = await openServiceRig({ store: 'postgres', payments });
    const { token, accountId } = await rig.signUp();
    const wanted = { token, body: { plan: 'monthly', trial: true } };
    expect((await rig.ask('POST', '/v1/checkout', wanted)).status).toBe(503);
    const isTheirs = eq(billingAccounts.accountId, accountId);
    await rig.parts.store.db.update(billingAccounts).set({ customerId: 'cus_1' }).where(isTheirs);
    expect((await rig.ask('DELETE', '/v1/account', { token })).status).toBe(503);
    expect((await rig.ask('GET', '/v1/account', { token })).status).toBe(200);
    await rig.close();
  });
});

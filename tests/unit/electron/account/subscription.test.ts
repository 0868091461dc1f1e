import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Subscription } from '../../../../electron/account/subscription.ts';
import { entitlement, renew } from '../../../../electron/account/subscription.ts';

const day = 86_400_000;
const paidUntil = 1_000 * day;
const monthly: Subscription = { plan: 'monthly', paidUntil, ended: false, paymentFails: false };
const trial: Subscription = { ...monthly, plan: 'trial' };

const subscriptions = fc.record<Subscription>({
  plan: fc.constantFrom('trial', 'monthly'),
  paidUntil: fc.integer({ min: 0, max: 2_000 * day }),
  ended: fc.boolean(),
  paymentFails: fc.boolean(),
});
const times = fc.integer({ min: 0, max: 3_000 * day });

describe('what a subscription is worth', () => {
  it('follows a trial and a month through their states', () => {
    const states = (subscription: Subscription | null) =>
      [-1, 0, 7 * day - 1, 7 * day].map((after) => {
        const { tier, state } = entitlement(subscription, paidUntil + after);
        return `${state}: ${tier}`;
      });
    expect(states(null)).toEqual(Array(4).fill('none: free'));
    expect(states(trial)).toEqual(['trialing: premium', ...Array<string>(3).fill('expired: free')]);
    expect(states(monthly)).toEqual([
      'active: premium',
      'past_due: premium',
      'past_due: premium',
      'expired: free',
    ]);
    expect(states({ ...monthly, ended: true })).toEqual(Array(4).fill('expired: free'));
  });

  it('lasts exactly until the moment that it names', () => {
    fc.assert(
      fc.property(subscriptions, times, (subscription, now) => {
        const { tier, until } = entitlement(subscription, now);
        expect(until === null).toBe(tier === 'free');
        if (until === null) return;
        expect(until).toBeGreaterThan(now);
        expect(entitlement(subscription, until - 1).tier).toBe('premium');
        expect(entitlement(subscription, until).state).not.toBe(
          entitlement(subscription, now).state,
        );
      }),
    );
  });

  it('never comes back by time alone', () => {
    fc.assert(
      fc.property(subscriptions, times, times, (subscription, one, other) => {
        const [before, after] = one < other ? [one, other] : [other, one];
        if (entitlement(subscription, before).tier === 'free') {
          expect(entitlement(subscription, after).tier).toBe('free');
        }
      }),
    );
  });
});

describe('renewal', () => {
  it('leaves a month paid up, at most one period ahead, and nothing else changed', () => {
    fc.assert(
      fc.property(subscriptions, times, (subscription, now) => {
        const renewed = renew(subscription, now);
        const { plan, ended, paymentFails, paidUntil: before } = subscription;
        if (plan === 'trial' || ended || paymentFails || now < before) {
          expect(renewed).toEqual(subscription);
        } else {
          expect(entitlement(renewed, now).state).toBe('active');
          expect(renewed.paidUntil - now).toBeLessThanOrEqual(30 * day);
          expect((renewed.paidUntil - before) % (30 * day)).toBe(0);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  act,
  begin,
  nextPrice,
  settle,
  type FakeAct,
  type FakeSubscription,
  type Step,
} from '../../../../service/billing/fake/fake-subscription.ts';
import { ranks, shuffle } from '../../../support/shuffled.ts';
import { entitlement, graceMilliseconds, join } from '../../../../service/billing/subscription.ts';

const day = 86_400_000;
const start = Date.parse('2027-01-31T10:00:00Z');

const done: fc.Arbitrary<FakeAct> = fc.oneof(
  fc.constantFrom<FakeAct>(
    { kind: 'cancel' },
    { kind: 'resume' },
    { kind: 'pause' },
    { kind: 'end_period' },
    { kind: 'change_plan', plan: 'monthly' },
    { kind: 'change_plan', plan: 'yearly' },
    { kind: 'change_card', card: 'good' },
    { kind: 'change_card', card: 'refused' },
  ),
  fc.constantFrom<FakeAct>(
    { kind: 'end' },
    { kind: 'reverse', how: 'refunded' },
    { kind: 'reverse', how: 'disputed' },
  ),
);

/** Acts with the days that pass before each; mostly a few, now and then years. */
const life = fc.array(
  fc.record({
    done,
    days: fc.oneof(fc.integer({ min: 0, max: 40 }), fc.integer({ max: 3000, min: 0 })),
  }),
  { maxLength: 12 },
);

function begun(isTrial: boolean): Step {
  const order = {
    accountId: '0b0e7c3e-5f0a-4c57-a8a0-6f3d1f0f8f10',
    customerId: null,
    plan: 'monthly',
    isTrial,
    isIntro: true,
  } as const;
  return begin('sub_1', order, 'good', start);
}

function advanced(
  from: FakeSubscription,
  steps: readonly FakeAct[],
  now: number,
): FakeSubscription {
  return steps.reduce((held, step) => act(held, step, now).next, from);
}

describe('a subscription at the fake provider', () => {
  it('is told of so that events in any order, some of them twice, come to what it is', () => {
    fc.assert(
      fc.property(fc.boolean(), life, ranks, (isTrial, acts, places) => {
        let now = start;
        let { next, events } = begun(isTrial);
        for (const { done, days } of acts) {
          now += days * day;
          const step = act(next, done, now);
          next = step.next;
          events = [...events, ...step.events];
        }
        const shuffled = shuffle([...events, ...events.slice(0, 3)], places).map(
          ({ told }) => told,
        );
        expect(shuffled.reduce(join)).toEqual(next.told);
        expect(events.map(({ told }) => told.version)).toEqual(
          events.map(({ told }) => told.version).toSorted((a, b) => a - b),
        );
      }),
    );
  });

  it('comes to the same by one long jump of the clock as by many short ones', () => {
    const hops = fc.array(fc.integer({ min: 1, max: 50 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.boolean(), fc.boolean(), hops, (isTrial, isRefused, days) => {
        const card = isRefused ? 'refused' : 'good';
        const held = advanced(begun(isTrial).next, [{ kind: 'change_card', card }], start);
        let now = start;
        let hopped = held;
        for (const count of days) {
          now += count * day;
          hopped = settle(hopped, now).next;
        }
        expect(hopped).toEqual(settle(held, now).next);
      }),
    );
  });

  it('gives premium through every renewal, and no later than the grace where the card is refused', () => {
    fc.assert(
      fc.property(fc.boolean(), fc.integer({ min: 0, max: 2000 }), (isTrial, days) => {
        const now = start + days * day;
        const paying = settle(begun(isTrial).next, now).next.told;
        expect(entitlement(paying, now).tier).toBe('premium');
        expect(entitlement(paying, now).state).not.toBe('past_due');
        const refused = advanced(
          begun(isTrial).next,
          [{ kind: 'change_card', card: 'refused' }],
          start,
        );
        const end = refused.told.paidUntil + graceMilliseconds;
        const { tier } = entitlement(settle(refused, now).next.told, now);
        expect(tier).toBe(now < end ? 'premium' : 'free');
      }),
    );
  });

  it('charges the intro price for three months, and then the full one', () => {
    const prices: number[] = [];
    let held = begun(true).next;
    for (let period = 0; period < 5; period += 1) {
      prices.push(nextPrice(held).amount);
      held = settle(held, held.told.paidUntil).next;
    }
    expect(prices).toEqual([99, 99, 99, 499, 499]);
  });

  it('takes a payment made within the grace for the period that began where the old one ended', () => {
    const held = advanced(begun(true).next, [{ kind: 'change_card', card: 'refused' }], start);
    const trialEnd = held.told.paidUntil;
    const late = trialEnd + 5 * day;
    const pastDue = settle(held, late).next;
    expect(entitlement(pastDue.told, late).state).toBe('past_due');
    const paid = advanced(pastDue, [{ kind: 'change_card', card: 'good' }], late).told;
    expect(entitlement(paid, late).state).toBe('active');
    expect(paid.paidUntil).toBe(Date.parse('2027-03-14T10:00:00Z'));
  });

  it('changes the plan with the next payment', () => {
    const held = advanced(begun(false).next, [{ kind: 'change_plan', plan: 'yearly' }], start);
    expect(held.told.plan).toBe('monthly');
    const { told } = settle(held, held.told.paidUntil).next;
    expect(told.plan).toBe('yearly');
    expect(told.paidUntil).toBe(Date.parse('2028-02-28T10:00:00Z'));
  });

  it('gives no further grace by pausing and resuming with a card that is refused', () => {
    const held = advanced(
      begun(false).next,
      [{ kind: 'change_card', card: 'refused' }, { kind: 'pause' }],
      start,
    );
    const long = held.told.paidUntil + 60 * day;
    const resumed = advanced(held, [{ kind: 'resume' }], long).told;
    expect(entitlement(resumed, long)).toMatchObject({ tier: 'free', state: 'expired' });
  });

  it('begins a new period when it is resumed after a pause that outlasted what was paid', () => {
    const held = advanced(begun(false).next, [{ kind: 'pause' }], start);
    const long = held.told.paidUntil + 60 * day;
    expect(entitlement(settle(held, long).next.told, long).tier).toBe('free');
    const { told } = advanced(held, [{ kind: 'resume' }], long);
    expect(entitlement(told, long).state).toBe('active');
    expect(told.paidUntil).toBeGreaterThan(long);
  });
});

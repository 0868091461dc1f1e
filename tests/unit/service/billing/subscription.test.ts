import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  currentOf,
  entitlement,
  graceMilliseconds,
  join,
  type Subscription,
} from '../../../../service/billing/subscription.ts';
import { ranks, shuffle } from '../../../support/shuffled.ts';

const day = 86_400_000;
const time = fc.integer({ min: 0, max: 4000 }).map((days) => days * day);

const reversal = fc.record({
  kind: fc.constantFrom('refunded' as const, 'disputed' as const),
  at: time,
});

const subscription: fc.Arbitrary<Subscription> = fc.record({
  id: fc.constant('sub_1'),
  accountId: fc.constant('0b0e7c3e-5f0a-4c57-a8a0-6f3d1f0f8f10'),
  version: fc.integer({ min: 1, max: 1000 }),
  plan: fc.constantFrom('monthly' as const, 'yearly' as const),
  startedAt: time,
  isTrial: fc.boolean(),
  paidUntil: time,
  renewal: fc.constantFrom('renews' as const, 'cancelled' as const, 'paused' as const),
  ended: fc.boolean(),
  reversal: fc.option(reversal, { nil: null }),
});

/** What a provider tells of one subscription: each change has a version of its own. */
const tellings = fc.uniqueArray(subscription, {
  selector: ({ version }) => version,
  minLength: 1,
  maxLength: 12,
});

describe('what a provider told', () => {
  it('comes to the same in any order and however often each is told', () => {
    fc.assert(
      fc.property(tellings, tellings, ranks, (told, others, places) => {
        const some = told.slice(0, others.length);
        const shuffled = shuffle([...told, ...some], places);
        const inOrder = told.reduce(join);
        expect(shuffled.reduce(join)).toEqual(inOrder);
      }),
    );
  });

  it('never gives premium again once a payment went back', () => {
    fc.assert(
      fc.property(tellings, tellings, reversal, time, (before, after, wentBack, now) => {
        const reversed = { ...before.reduce(join), reversal: wentBack };
        const later = [reversed, ...after].reduce(join);
        const { tier, state } = entitlement(later, now);
        expect(tier).toBe('free');
        expect(['refunded', 'disputed']).toContain(state);
      }),
    );
  });
});

describe('what a subscription is worth', () => {
  it('is free for who has none, with nothing that ends', () => {
    expect(entitlement(null, 0)).toEqual({
      tier: 'free',
      state: 'none',
      periodEnd: null,
      graceEnd: null,
      until: null,
    });
  });

  it('changes its tier once, at the moment it names, from premium to free', () => {
    fc.assert(
      fc.property(subscription, time, (held, now) => {
        const { tier, until } = entitlement(held, now);
        if (tier === 'free') {
          expect(until).toBeNull();
          expect(entitlement(held, now + 10 * day).tier).toBe('free');
          return;
        }
        if (until === null) throw new Error('Premium without an end');
        expect(until).toBeGreaterThan(now);
        expect(entitlement(held, until - 1).tier).toBe('premium');
        expect(entitlement(held, until).tier).toBe('free');
      }),
    );
  });

  it('has each state follow the one before without a gap or an overlap', () => {
    fc.assert(
      fc.property(subscription, (drawn) => {
        const held = { ...drawn, ended: false, reversal: null };
        const { paidUntil } = held;
        const stateAt = (now: number) => entitlement(held, now).state;
        switch (held.renewal) {
          case 'renews': {
            const running = held.isTrial ? 'trialing' : 'active';
            expect([paidUntil - 1, paidUntil].map(stateAt)).toEqual([running, 'past_due']);
            const graceEnd = paidUntil + graceMilliseconds;
            expect([graceEnd - 1, graceEnd].map(stateAt)).toEqual(['past_due', 'expired']);
            break;
          }
          case 'cancelled':
            expect([paidUntil - 1, paidUntil].map(stateAt)).toEqual([
              'cancel_at_period_end',
              'expired',
            ]);
            break;
          case 'paused':
            expect([paidUntil - 1, paidUntil].map(stateAt)).toEqual(['paused', 'paused']);
        }
      }),
    );
  });

  it('names the end of the grace while past due, and only then', () => {
    fc.assert(
      fc.property(subscription, time, (held, now) => {
        const { state, graceEnd } = entitlement(held, now);
        expect(graceEnd).toBe(state === 'past_due' ? held.paidUntil + graceMilliseconds : null);
      }),
    );
  });
});

describe('the subscription that counts', () => {
  it('is one that gives premium wherever there is one, in whichever order they are read', () => {
    const several = fc
      .array(subscription, { maxLength: 5 })
      .map((drawn) => drawn.map((held, index) => ({ ...held, id: `sub_${index}` })));
    fc.assert(
      fc.property(several, time, (held, now) => {
        const current = currentOf(held, now);
        const hasPremium = held.some((it) => entitlement(it, now).tier === 'premium');
        expect(entitlement(current, now).tier).toBe(hasPremium ? 'premium' : 'free');
        expect(currentOf(held.toReversed(), now)).toEqual(current);
      }),
    );
  });
});

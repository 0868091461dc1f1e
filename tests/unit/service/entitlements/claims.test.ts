import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Claims } from '../../../../service/api/entitlement-token.ts';
import { type Standing, claimsOf } from '../../../../service/entitlements/claims.ts';

const day = 86_400_000;
const now = Date.parse('2026-11-22T12:00:00Z');
const occasion = {
  accountId: 'e7b1a1de-0000-4000-8000-000000000000',
  thumbprint: 'thumbprint',
  nonce: 'nonce-of-this-time',
  seq: 3,
  now,
};
const issuer = { issuer: 'https://accounts.refrain.test', environment: 'prod' } as const;
const answer = {
  state: 'active',
  plan: 'monthly',
  periodEndsAt: null,
  graceEndsAt: null,
  mayTry: false,
} as const;

const free: Standing = { tier: 'free', state: 'none', periodEnd: null, until: null, answer };

describe('the claims of a token', () => {
  it('never outlast what was paid for, nor 72 hours, nor 30 days offline', () => {
    const ahead = fc.integer({ min: 1000, max: 400 * day });
    fc.assert(
      fc.property(ahead, fc.integer({ min: 0, max: 7 * day }), (left, grace) => {
        const periodEnd = now + left;
        const until = periodEnd + grace;
        const standing: Standing = { ...free, tier: 'premium', state: 'active', periodEnd, until };
        const claims = Claims.parse(claimsOf(standing, occasion, issuer));
        expect(claims.exp).toBe(Math.floor(Math.min(now + 3 * day, periodEnd) / 1000));
        expect(claims.offline_until).toBe(
          Math.floor(Math.min(now + 30 * day, periodEnd + 7 * day) / 1000),
        );
      }),
    );
  });

  it('last to the end of the grace where a payment is past due', () => {
    const claims = claimsOf(
      { ...free, tier: 'premium', state: 'past_due', periodEnd: now - 6 * day, until: now + day },
      occasion,
      issuer,
    );
    expect(claims.exp * 1000).toBe(now + day);
    expect(claims.offline_until * 1000).toBe(now + day);
  });

  it('allow what the tier has and nothing else', () => {
    expect(claimsOf(free, occasion, issuer)).toMatchObject({ tier: 'free', feat: [] });
    const premium: Standing = { ...free, tier: 'premium', state: 'active', until: now + day };
    expect(claimsOf(premium, occasion, issuer).feat).toEqual(['ad_free', 'repeat_track']);
  });
});

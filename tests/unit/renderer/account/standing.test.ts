import { describe, expect, it } from 'vitest';
import { standingSentences } from '../../../../renderer/account/standing.ts';
import { freeAccount as free } from '../../../../shared/free-account.ts';
import { en } from '../../../../shared/words/en.ts';

describe('how the account stands', () => {
  it('tells a free listener that no account is needed', () => {
    expect(standingSentences(free, en)).toEqual([en.account.states.none]);
  });

  it('names the date until which each state holds', () => {
    const premium = {
      ...free,
      tier: 'premium',
      entitlement: 'fresh',
      validUntil: '2026-12-06T12:00:00Z',
    } as const;
    for (const subscription of [
      'trialing',
      'active',
      'past_due',
      'cancel_at_period_end',
      'paused',
    ] as const) {
      const [sentence] = standingSentences({ ...premium, subscription }, en);
      expect(sentence).toContain('December 6, 2026');
    }
  });

  it('names the end of offline grace rather than that of the paid period', () => {
    const [sentence] = standingSentences(
      {
        ...free,
        tier: 'premium',
        entitlement: 'offline_grace',
        subscription: 'active',
        validUntil: '2026-11-01T12:00:00Z',
        offlineUntil: '2026-11-29T12:00:00Z',
      },
      en,
    );
    expect(sentence).toContain('November 29, 2026');
    expect(sentence).not.toContain('November 1');
  });

  it('never says that Premium runs when the tier is free', () => {
    for (const subscription of ['trialing', 'active', 'past_due', 'expired'] as const) {
      expect(standingSentences({ ...free, subscription }, en)).toEqual([en.account.states.expired]);
    }
  });

  it('says what the listener should know of the clock and the key', () => {
    const sentences = standingSentences({ ...free, clockSuspect: true, keyProtected: false }, en);
    expect(sentences).toContain(en.account.clockSuspect);
    expect(sentences).toContain(en.account.keyUnprotected);
  });
});

import { randomUUID } from 'node:crypto';
import type { SubscriptionState } from '../../shared/account.ts';
import { tiers, type Tier } from '../../shared/tier.ts';
import type { SubscriptionAnswer } from '../api/billing.ts';
import { tokenAudience, type Claims } from '../api/entitlement-token.ts';
import type { ServiceParts } from '../parts.ts';

/** How an account stands, as billing tells it. Times are milliseconds since 1970. */
export interface Standing {
  readonly tier: Tier;
  readonly state: SubscriptionState;
  /** When what was paid for, or the trial, ends or ended. */
  readonly periodEnd: number | null;
  /** When premium ends if nothing more is heard of; null for who doesn't have it. */
  readonly until: number | null;
  readonly answer: SubscriptionAnswer;
}

/** What a token is made for. */
export interface Occasion {
  readonly accountId: string;
  readonly thumbprint: string;
  readonly nonce: string;
  readonly seq: number;
  readonly now: number;
}

const hour = 3_600_000;
const day = 24 * hour;
const freshMilliseconds = 72 * hour;
const longestOfflineMilliseconds = 30 * day;
/** After the end of what was paid for: the next payment may be made while the player is offline. */
const offlineGraceMilliseconds = 7 * day;

export function claimsOf(
  { tier, state, periodEnd, until }: Standing,
  { accountId, thumbprint, nonce, seq, now }: Occasion,
  { issuer, environment }: Pick<ServiceParts, 'issuer' | 'environment'>,
): Claims {
  const iat = seconds(now);
  const isPremium = tier === 'premium';
  // Past due, the period is over and premium goes on until the end of its grace.
  const changesAt = isPremium && periodEnd !== null && periodEnd > now ? periodEnd : until;
  const offlineEnd = isPremium && periodEnd !== null ? periodEnd + offlineGraceMilliseconds : null;
  return {
    iss: issuer,
    aud: tokenAudience,
    sub: accountId,
    jti: randomUUID(),
    iat,
    nbf: iat,
    exp: seconds(earliest(now + freshMilliseconds, changesAt)),
    offline_until: seconds(earliest(now + longestOfflineMilliseconds, offlineEnd)),
    tier,
    feat: Object.entries(tiers[tier]).flatMap(([feature, allowed]) => (allowed ? [feature] : [])),
    state,
    seq,
    cnf: { jkt: thumbprint },
    nonce,
    env: environment,
  };
}

function earliest(moment: number, limit: number | null): number {
  return limit === null ? moment : Math.min(moment, limit);
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

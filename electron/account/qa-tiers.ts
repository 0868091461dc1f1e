import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type QaTier, SubscriptionState } from '../../shared/account.ts';
import { tiers } from '../../shared/tier.ts';
import type { SubscriptionAnswer } from '../../service/api/billing.ts';
import { type Claims, tokenAudience, tokenType } from '../../service/api/entitlement-token.ts';
import type { Secrets } from './secrets.ts';
import { readSecret, writeSecret } from './secrets.ts';
import { SigningKey, makeSigningKey, publicPart, thumbprint } from './signing-key.ts';
import type { TrustedIssuer } from './verify-token.ts';

/** What a token is made for. */
export interface TokenOccasion {
  readonly deviceThumbprint: string;
  /** Comes back in the token, so that an old answer can't stand in for a new one. */
  readonly nonce: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * A tester's own word on the tier, so that the real checks run without any service. For QA builds
 * alone: others never make one, and trust none of its tokens.
 */
export interface QaIssuer {
  /** The `iss` of its tokens. */
  readonly name: string;
  /** Null before its first token: then there is no key. */
  readonly trusted: () => Promise<TrustedIssuer | null>;
  /** Brings about the state that a tester asks for. @returns the token that says so */
  readonly stage: (tier: QaTier, occasion: TokenOccasion) => Promise<QaStatement>;
  /** @returns the token that time has brought about; null in a state without a service */
  readonly renew: (occasion: TokenOccasion) => Promise<QaStatement | null>;
}

export interface QaStatement {
  readonly token: string;
  /** As the service would tell of them beside its token. */
  readonly dates: StagedDates;
}

/** When what was paid for ends, and the grace of what was not. */
export type StagedDates = Pick<SubscriptionAnswer, 'periodEndsAt' | 'graceEndsAt'>;

export const qaIssuerName = 'urn:refrain:qa';

const Stage = z.object({
  state: SubscriptionState,
  /** When what was paid for ends, in milliseconds since 1970. Null: nothing was. */
  periodEnd: z.number().min(0).max(1e14).nullable(),
  /** False while a tester has taken the service away. */
  reachable: z.boolean(),
});
type Stage = z.infer<typeof Stage>;

const QaRecord = z.object({
  key: SigningKey,
  stage: Stage,
  /** The `seq` of the newest token. */
  seq: z.int().min(0),
});

const secretName = 'qa-issuer';
const hour = 3_600_000;
const day = 24 * hour;
const trialDays = 14;
const periodDays = 30;
/** Of a payment that is past due, and of a service that is away. */
const graceMilliseconds = 7 * day;
const tokenMilliseconds = 72 * hour;
const longestOfflineMilliseconds = 30 * day;
/** How long ago the token of `offline_grace` was made: it ran out hours ago. */
const graceAgeMilliseconds = 80 * hour;

export function createQaIssuer(secrets: Secrets): QaIssuer {
  async function sign(stage: Stage, occasion: TokenOccasion): Promise<QaStatement> {
    const before = await readSecret(secrets, secretName, QaRecord);
    const record = {
      key: before?.key ?? (await makeSigningKey()),
      stage,
      seq: (before?.seq ?? 0) + 1,
    };
    await writeSecret(secrets, secretName, record);
    const { CompactSign, importJWK } = await import('jose');
    const claims = new TextEncoder().encode(JSON.stringify(claimsOf(record, occasion)));
    const token = await new CompactSign(claims)
      .setProtectedHeader({ alg: 'EdDSA', typ: tokenType, kid: await kidOf(record.key) })
      .sign(await importJWK(record.key, 'EdDSA'));
    return { token, dates: datesOf(stage) };
  }

  return {
    name: qaIssuerName,
    async trusted() {
      const record = await readSecret(secrets, secretName, QaRecord);
      if (record === null) return null;
      const keys = new Map([[await kidOf(record.key), publicPart(record.key)]]);
      return { name: qaIssuerName, environment: 'qa', keys };
    },
    stage(tier, occasion) {
      const age = tier === 'offline_grace' ? graceAgeMilliseconds : 0;
      return sign(stageOf(tier, occasion.now), { ...occasion, now: occasion.now - age });
    },
    async renew(occasion) {
      const record = await readSecret(secrets, secretName, QaRecord);
      if (record === null || !record.stage.reachable) return null;
      return sign(stageLater(record.stage, occasion.now), occasion);
    },
  };
}

async function kidOf(key: SigningKey): Promise<string> {
  return `qa-${await thumbprint(key)}`;
}

function stageOf(tier: QaTier, now: number): Stage {
  const paidUntil = now + periodDays * day;
  const reachable = true;
  switch (tier) {
    case 'free':
      return { state: 'none', periodEnd: null, reachable };
    case 'trial':
      return { state: 'trialing', periodEnd: now + trialDays * day, reachable };
    case 'premium':
      return { state: 'active', periodEnd: paidUntil, reachable };
    case 'offline_grace':
      return { state: 'active', periodEnd: paidUntil, reachable: false };
    case 'past_due':
      return { state: tier, periodEnd: now - day, reachable };
    case 'cancel_at_period_end':
      return { state: tier, periodEnd: paidUntil, reachable };
    case 'paused':
    case 'refunded':
    case 'disputed':
    case 'expired':
      return { state: tier, periodEnd: null, reachable };
  }
}

/** A payment in time for what is active; what else has an end is over after it. */
function stageLater(stage: Stage, now: number): Stage {
  const { state, periodEnd } = stage;
  if (periodEnd === null || now < tierEnd(state, periodEnd)) return stage;
  if (state !== 'active') return { ...stage, state: 'expired', periodEnd: null };
  const periods = Math.floor((now - periodEnd) / (periodDays * day)) + 1;
  return { ...stage, periodEnd: periodEnd + periods * periodDays * day };
}

function tierEnd(state: SubscriptionState, periodEnd: number): number {
  return state === 'past_due' ? periodEnd + graceMilliseconds : periodEnd;
}

function datesOf({ state, periodEnd }: Stage): StagedDates {
  if (periodEnd === null) return { periodEndsAt: null, graceEndsAt: null };
  const end = new Date(tierEnd(state, periodEnd)).toISOString();
  return {
    periodEndsAt: new Date(periodEnd).toISOString(),
    graceEndsAt: state === 'past_due' ? end : null,
  };
}

function claimsOf(
  { stage: { state, periodEnd }, seq }: { readonly stage: Stage; readonly seq: number },
  { deviceThumbprint, nonce, now }: TokenOccasion,
): Claims {
  const tier = periodEnd === null ? 'free' : 'premium';
  const end = periodEnd === null ? Infinity : tierEnd(state, periodEnd);
  const offlineEnd = periodEnd === null ? Infinity : periodEnd + graceMilliseconds;
  return {
    iss: qaIssuerName,
    aud: tokenAudience,
    sub: 'urn:refrain:qa:tester',
    jti: randomUUID(),
    iat: seconds(now),
    nbf: seconds(now),
    exp: seconds(Math.min(now + tokenMilliseconds, end)),
    offline_until: seconds(Math.min(now + longestOfflineMilliseconds, offlineEnd)),
    tier,
    feat: Object.entries(tiers[tier]).flatMap(([feature, allowed]) => (allowed ? [feature] : [])),
    state,
    seq,
    cnf: { jkt: deviceThumbprint },
    nonce,
    env: 'qa',
  };
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

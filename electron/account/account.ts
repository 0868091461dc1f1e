import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { AccountView, QaTier } from '../../shared/account.ts';
import { RefrainError } from '../../shared/errors.ts';
import type { Feature, Tier } from '../../shared/tier.ts';
import { allows } from '../../shared/tier.ts';
import { openAtomicFile } from '../atomic-file.ts';
import type { Clock } from '../clock.ts';
import type { Claims } from '../../service/api/entitlement-token.ts';
import type { Issuer, TokenOccasion } from './issuer.ts';
import type { StageQaTier } from './qa-tiers.ts';
import type { Secrets } from './secrets.ts';
import { readSecret, writeSecret } from './secrets.ts';
import { SigningKey, makeSigningKey, thumbprint } from './signing-key.ts';
import { standing } from './standing.ts';
import { TrustedTime, advance } from './trusted-time.ts';
import { verifyToken } from './verify-token.ts';

/** The listener's tier, as a verified token states it. */
export interface Account {
  readonly view: () => AccountView;
  readonly tier: () => Tier;
  readonly allows: (feature: Feature) => boolean;
  /** @throws RefrainError `unavailable` when the issuer can't be reached */
  readonly subscribe: (plan: 'trial' | 'monthly') => Promise<AccountView>;
  /** @throws RefrainError `unavailable` as above */
  readonly cancel: () => Promise<AccountView>;
  /** @throws RefrainError `not_found` outside QA builds */
  readonly setQaTier: (qaTier: QaTier) => Promise<AccountView>;
  /**
   * To be called every minute or so and when the clock was moved: tells listeners what the time
   * has changed, asks for a new token when one is due, and keeps the time reached.
   */
  readonly tick: () => Promise<void>;
  /** @returns a function that ends the listening */
  readonly onChanged: (listener: (view: AccountView) => void) => () => void;
}

export interface AccountParts {
  readonly clock: Clock;
  readonly secrets: Secrets;
  /** Where the token lies. Who edits it gains nothing: it is signed, and the rest is in `secrets`. */
  readonly path: string;
  readonly issuer: Issuer;
  /** Null outside QA builds. */
  readonly stageQaTier: StageQaTier | null;
}

const AccountFile = z.object({ token: z.string().max(8192) });
const mostBytes = 64 * 1024;

/** What must not go back, kept apart from the file that it guards. */
const Marks = z.object({ seq: z.int().min(0), time: TrustedTime });

const deviceKeyName = 'device-key';
const marksName = 'entitlement-marks';
const keepTimeEveryMilliseconds = 5 * 60_000;

/**
 * Opens the account: reads and verifies the token, if there is one. A listener who never had one
 * costs a look at a file that isn't there; no key is made and no keyring is asked.
 */
export async function createAccount(parts: AccountParts): Promise<Account> {
  const { clock, secrets, issuer } = parts;
  const file = openAtomicFile(parts.path, AccountFile, mostBytes);
  const listeners = new Set<(view: AccountView) => void>();
  let claims: Claims | null = null;
  /** The file held something that was refused: the issuer may know better. */
  let refused = false;
  let seq = 0;
  let time: TrustedTime = { now: clock.now(), suspectSince: null };
  let advancedAt = clock.monotonic();
  let timeKept = 0;
  let queue: Promise<unknown> = Promise.resolve();

  await load();
  let told = view();

  function trustedTime(): TrustedTime {
    const monotonic = clock.monotonic();
    time = advance(time, clock.now(), monotonic - advancedAt);
    advancedAt = monotonic;
    return time;
  }

  async function load(): Promise<void> {
    const content = await file.read();
    if (content.kind === 'missing') return;
    refused = true;
    if (content.kind === 'damaged') {
      await file.setAside(clock.now());
      return;
    }
    const marks = await readSecret(secrets, marksName, Marks);
    const key = await readSecret(secrets, deviceKeyName, SigningKey);
    if (marks === null || key === null) return;
    seq = marks.seq;
    time = marks.time;
    const verdict = await verify(content.value.token, await thumbprint(key), trustedTime().now);
    if (!verdict.accepted) return;
    refused = false;
    claims = verdict.claims;
    seq = claims.seq;
  }

  async function verify(token: string, deviceThumbprint: string, now: number) {
    return verifyToken(token, {
      issuer: issuer.name,
      environments: issuer.environments,
      keys: await issuer.keys(),
      deviceThumbprint,
      lowestSeq: seq,
      now,
    });
  }

  /** @param ask gives a token, or null when the issuer can't be reached */
  async function renewToken(
    now: number,
    ask: (occasion: TokenOccasion) => Promise<string | null>,
  ): Promise<boolean> {
    const nonce = randomUUID();
    const deviceThumbprint = await thumbprint(await deviceKey(secrets));
    const token = await ask({ deviceThumbprint, nonce, now });
    if (token === null) return false;
    const verdict = await verify(token, deviceThumbprint, Infinity);
    if (!verdict.accepted || verdict.claims.nonce !== nonce) {
      throw new RefrainError('unavailable', 'The issuer answered with a token that does not hold');
    }
    claims = verdict.claims;
    refused = false;
    seq = claims.seq;
    // The issuer's word on the time, asked for just now: it ends a suspicion.
    time = { now: claims.iat * 1000, suspectSince: null };
    trustedTime();
    await keepMarks();
    await file.write({ token });
    tell();
    return true;
  }

  async function keepMarks(): Promise<void> {
    await writeSecret(secrets, marksName, { seq, time });
    timeKept = time.now;
  }

  function view(): AccountView {
    const reached = trustedTime();
    const { tier, entitlement } = standing(claims, reached);
    const premium = claims?.tier === 'premium' ? claims : null;
    return {
      tier,
      entitlement,
      subscription: claims?.state ?? 'none',
      validUntil: isoTime(premium?.exp),
      offlineUntil: isoTime(premium?.offline_until),
      environment: claims?.env ?? issuer.environments[0],
      clockSuspect: reached.suspectSince !== null,
      keyProtected: secrets.protected,
    };
  }

  function tell(): void {
    const next = view();
    if (isDeepStrictEqual(next, told)) return;
    told = next;
    for (const listener of listeners) listener(next);
  }

  function tier(): Tier {
    return standing(claims, trustedTime()).tier;
  }

  function refreshDue(): boolean {
    if (claims === null) return refused;
    return claims.tier === 'premium' && standing(claims, time).entitlement !== 'fresh';
  }

  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  }

  /** A choice of the listener's: the issuer's time counts, not the one guarded here. */
  function request(ask: (occasion: TokenOccasion) => Promise<string | null>): Promise<AccountView> {
    return inTurn(async () => {
      if (!(await renewToken(clock.now(), ask))) {
        throw new RefrainError('unavailable', 'The account service can not be reached');
      }
      return view();
    });
  }

  return {
    view,
    tier,
    allows: (feature) => allows(tier(), feature),
    subscribe: (plan) => request((occasion) => issuer.ask({ kind: 'subscribe', plan }, occasion)),
    cancel: () => request((occasion) => issuer.ask({ kind: 'cancel' }, occasion)),
    async setQaTier(qaTier) {
      const stage = parts.stageQaTier;
      if (stage === null) throw new RefrainError('not_found', 'Only QA builds take a tier');
      return request((occasion) => stage(qaTier, occasion));
    },
    tick: () =>
      inTurn(async () => {
        tell();
        if (refreshDue()) {
          await renewToken(time.now, (occasion) => issuer.ask({ kind: 'refresh' }, occasion));
        }
        if (claims !== null && time.now >= timeKept + keepTimeEveryMilliseconds) await keepMarks();
      }),
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

async function deviceKey(secrets: Secrets): Promise<SigningKey> {
  const kept = await readSecret(secrets, deviceKeyName, SigningKey);
  if (kept !== null) return kept;
  const made = await makeSigningKey();
  await writeSecret(secrets, deviceKeyName, made);
  return made;
}

function isoTime(seconds: number | undefined): string | null {
  return seconds === undefined ? null : new Date(seconds * 1000).toISOString();
}

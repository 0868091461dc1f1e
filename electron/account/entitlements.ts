import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { RefrainError } from '../../shared/errors.ts';
import type { Claims } from '../../service/api/entitlement-token.ts';
import type { Clock } from '../clock.ts';
import { readDeviceKey, readOrMakeDeviceKey } from './device-key.ts';
import type { Secrets } from './secrets.ts';
import { readSecret, writeSecret } from './secrets.ts';
import { type SigningKey, thumbprint } from './signing-key.ts';
import { type Standing, standing } from './standing.ts';
import { TrustedTime, advance } from './trusted-time.ts';
import type { Trust } from './trust.ts';
import { verifyToken } from './verify-token.ts';

/** What is asked for a new token. */
export interface TokenQuestion {
  readonly deviceKey: SigningKey;
  readonly deviceThumbprint: string;
  /** Comes back in the token, so that an old answer can't stand in for a new one. */
  readonly nonce: string;
}

/** The statement of the tier that this device holds, and what keeps it from going back. */
export interface Entitlements {
  /** What the token states; null: there is none that holds. */
  readonly claims: () => Claims | null;
  /** What that is worth now. */
  readonly standing: () => Standing;
  readonly clockSuspect: () => boolean;
  /** Whether a new token is to be asked for. */
  readonly isDue: () => boolean;
  /**
   * @param ask gives a token, or null when nobody answers
   * @returns the token; null when nobody answered
   * @throws RefrainError `service_unreachable` for a token that does not hold
   */
  readonly renew: (
    ask: (question: TokenQuestion) => Promise<string | null>,
  ) => Promise<string | null>;
  /** Keeps the time reached, now and then. */
  readonly keepTime: () => Promise<void>;
  /** From now on nobody's token counts, not even one that still holds. */
  readonly forget: () => Promise<void>;
}

export interface EntitlementParts {
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly trust: Trust;
}

/** What must not go back. It lies with the secrets, apart from the token that it guards. */
const Marks = z.object({
  /** Whose token counts; null: nobody's. */
  holder: z.string().max(500).nullable(),
  /** By holder: the highest `seq` seen. Lower ones were replaced, by a refund for example. */
  seqs: z.record(z.string().max(500), z.int().min(0)),
  time: TrustedTime,
});

const marksName = 'entitlement-marks';
const keepTimeEveryMilliseconds = 5 * 60_000;

/**
 * @param token the one that was kept; null: there is none, and then no key is made and no keyring is
 *   asked. Undefined: what was kept can't be read
 */
export async function openEntitlements(
  { clock, secrets, trust }: EntitlementParts,
  token: string | null | undefined,
): Promise<Entitlements> {
  let claims: Claims | null = null;
  /** What was kept was refused: the issuer may know better. */
  let refused = token === undefined;
  let holder: string | null = null;
  let seqs: Readonly<Record<string, number>> = {};
  let time: TrustedTime = { now: clock.now(), suspectSince: null };
  let advancedAt = clock.monotonic();
  let timeKept = 0;

  if (typeof token === 'string') await load(token);

  function trustedTime(): TrustedTime {
    const monotonic = clock.monotonic();
    time = advance(time, clock.now(), monotonic - advancedAt);
    advancedAt = monotonic;
    return time;
  }

  async function load(kept: string): Promise<void> {
    refused = true;
    const deviceKey = await readDeviceKey(secrets);
    if (!(await recall()) || deviceKey === null) return;
    const verdict = await verify(kept, await thumbprint(deviceKey), trustedTime().now);
    if (!verdict.accepted || holderOf(verdict.claims) !== holder) return;
    if (isReplaced(verdict.claims)) return;
    refused = false;
    claims = verdict.claims;
  }

  async function recall(): Promise<boolean> {
    const marks = await readSecret(secrets, marksName, Marks);
    if (marks === null) return false;
    ({ holder, seqs, time } = marks);
    return true;
  }

  async function verify(text: string, deviceThumbprint: string, now: number) {
    return verifyToken(text, { issuers: await trust.issuers(), deviceThumbprint, now });
  }

  function isReplaced(stated: Claims): boolean {
    return stated.seq < (seqs[holderOf(stated)] ?? 0);
  }

  async function keepMarks(): Promise<void> {
    await writeSecret(secrets, marksName, { holder, seqs, time });
    timeKept = time.now;
  }

  return {
    claims: () => claims,
    standing: () => standing(claims, trustedTime()),
    clockSuspect: () => trustedTime().suspectSince !== null,
    isDue() {
      const { now } = trustedTime();
      if (claims === null) return refused;
      if (claims.tier === 'premium') return standing(claims, time).entitlement !== 'fresh';
      // Only elsewhere can something have been paid without this app having had a hand in it.
      return claims.env === 'prod' && now / 1000 >= (claims.iat + claims.exp) / 2;
    },
    async renew(ask) {
      // Before a first token there may be marks that a removed file has left.
      if (claims === null) await recall();
      const deviceKey = await readOrMakeDeviceKey(secrets);
      const deviceThumbprint = await thumbprint(deviceKey);
      const nonce = randomUUID();
      const answer = await ask({ deviceKey, deviceThumbprint, nonce });
      if (answer === null) return null;
      let verdict = await verify(answer, deviceThumbprint, Infinity);
      if (!verdict.accepted && verdict.refusal === 'signature' && (await trust.renewKeys())) {
        verdict = await verify(answer, deviceThumbprint, Infinity);
      }
      if (!verdict.accepted || verdict.claims.nonce !== nonce || isReplaced(verdict.claims)) {
        throw new RefrainError(
          'service_unreachable',
          'The service gave a token that does not hold',
        );
      }
      claims = verdict.claims;
      refused = false;
      holder = holderOf(claims);
      seqs = { ...seqs, [holder]: claims.seq };
      // The issuer's word on the time, asked for just now: it ends a suspicion.
      time = { now: claims.iat * 1000, suspectSince: null };
      advancedAt = clock.monotonic();
      trustedTime();
      await keepMarks();
      return answer;
    },
    async keepTime() {
      if (claims !== null && trustedTime().now >= timeKept + keepTimeEveryMilliseconds) {
        await keepMarks();
      }
    },
    async forget() {
      const wasThere = claims !== null || refused;
      claims = null;
      refused = false;
      holder = null;
      if (wasThere) await keepMarks();
    },
  };
}

function holderOf({ iss, sub }: Claims): string {
  return `${iss} ${sub}`;
}

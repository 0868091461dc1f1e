import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { tiers } from '../../shared/tier.ts';
import type { Claims, Environment } from '../../service/api/entitlement-token.ts';
import { tokenAudience, tokenType } from '../../service/api/entitlement-token.ts';
import type { TokenOccasion } from './issuer.ts';
import type { Secrets } from './secrets.ts';
import { readSecret, writeSecret } from './secrets.ts';
import { SigningKey, makeSigningKey, thumbprint } from './signing-key.ts';
import { Subscription, entitlement } from './subscription.ts';

export const embeddedIssuerName = 'urn:refrain:embedded';

/** All that the issuer on this machine knows. */
const AuthorityRecord = z.object({
  key: SigningKey,
  subscription: Subscription.nullable(),
  /** The `seq` of the newest token. */
  seq: z.int().min(0),
  /** False while a tester has taken the service away. */
  reachable: z.boolean(),
});
export type AuthorityRecord = z.infer<typeof AuthorityRecord>;

/** What can be set of the record from outside; the key and the count are its own. */
export type AuthorityChange = Partial<Pick<AuthorityRecord, 'subscription' | 'reachable'>>;

/**
 * The signer behind the embedded issuer. It is no security boundary: the listener owns the key. It
 * lets the whole path run for real on a machine with no network.
 */
export interface EmbeddedAuthority {
  /** @returns null while no subscription was ever asked for: then there is no key either */
  readonly read: () => Promise<AuthorityRecord | null>;
  /** Makes the key at first use. */
  readonly change: (change: AuthorityChange) => Promise<void>;
  readonly sign: (occasion: TokenOccasion, environment: Environment) => Promise<string>;
}

const secretName = 'embedded-issuer';
const hour = 3_600_000;
const day = 24 * hour;
const tokenMilliseconds = 72 * hour;
const longestOfflineMilliseconds = 30 * day;
/** After the end of what was paid for. */
const offlineGraceMilliseconds = 7 * day;

export function openEmbeddedAuthority(secrets: Secrets): EmbeddedAuthority {
  function read(): Promise<AuthorityRecord | null> {
    return readSecret(secrets, secretName, AuthorityRecord);
  }

  async function readOrMake(): Promise<AuthorityRecord> {
    const record = await read();
    if (record !== null) return record;
    return { key: await makeSigningKey(), subscription: null, seq: 0, reachable: true };
  }

  return {
    read,
    async change(change) {
      await writeSecret(secrets, secretName, { ...(await readOrMake()), ...change });
    },
    async sign(occasion, environment) {
      const before = await readOrMake();
      const record = { ...before, seq: before.seq + 1 };
      await writeSecret(secrets, secretName, record);
      return signToken(record, occasion, environment);
    },
  };
}

async function signToken(
  { key, subscription, seq }: AuthorityRecord,
  { deviceThumbprint, nonce, now }: TokenOccasion,
  environment: Environment,
): Promise<string> {
  const { tier, state, until } = entitlement(subscription, now);
  const claims: Claims = {
    iss: embeddedIssuerName,
    aud: tokenAudience,
    sub: 'urn:refrain:embedded:listener',
    jti: randomUUID(),
    iat: seconds(now),
    nbf: seconds(now),
    exp: seconds(earliest(now + tokenMilliseconds, until)),
    offline_until: seconds(
      earliest(
        now + longestOfflineMilliseconds,
        subscription === null ? null : subscription.paidUntil + offlineGraceMilliseconds,
      ),
    ),
    tier,
    feat: Object.entries(tiers[tier]).flatMap(([feature, allowed]) => (allowed ? [feature] : [])),
    state,
    seq,
    cnf: { jkt: deviceThumbprint },
    nonce,
    env: environment,
  };
  const { CompactSign, importJWK } = await import('jose');
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', typ: tokenType, kid: await thumbprint(key) })
    .sign(await importJWK(key, 'EdDSA'));
}

function earliest(moment: number, limit: number | null): number {
  return limit === null ? moment : Math.min(moment, limit);
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

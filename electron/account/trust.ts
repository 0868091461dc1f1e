import { z } from 'zod';
import type { KeysAnswer } from '../../service/api/entitlement.ts';
import type { Environment } from '../../service/api/entitlement-token.ts';
import type { QaIssuer } from './qa-tiers.ts';
import type { Secrets } from './secrets.ts';
import { readSecret, writeSecret } from './secrets.ts';
import type { PublicKey } from './signing-key.ts';
import type { TrustedIssuer } from './verify-token.ts';

/** The account service that a build of Refrain belongs to. */
export const ConfiguredService = z.object({
  /** Its origin. */
  url: z.url().max(200),
  /** The `iss` of its tokens. */
  issuer: z.string().min(1).max(200),
  /** The `env` of its tokens: `qa` for one that sells nothing. Where nothing is said, `prod`. */
  environment: z.enum(['prod', 'qa']).optional(),
  /** By `kid`: the `x` of an Ed25519 key (RFC 8037). The present one and the next. */
  keys: z.record(z.string().max(100), z.string().length(43)),
});
export type ConfiguredService = z.infer<typeof ConfiguredService>;

/** The `iss` of the service inside the app. */
export const embeddedIssuerName = 'urn:refrain:embedded';

/** Whose word on the tier is taken. */
export interface Trust {
  /** What the service vouches for: `embedded` is no more than the listener's own word. */
  readonly environment: Environment;
  readonly issuers: () => Promise<readonly TrustedIssuer[]>;
  /**
   * A token of the service is signed by a key that is not known. The service inside the app is asked
   * for its keys; those of another come with the build alone.
   * @returns whether there may be other keys now
   */
  readonly renewKeys: () => Promise<boolean>;
}

const EmbeddedKeys = z.record(z.string().max(100), z.string().length(43));
const embeddedKeysName = 'embedded-keys';

/**
 * SECURITY: a build that belongs to a service never takes the word of the one inside the app, and
 * none but a QA build that of a service for testers.
 * @param configured null: the service is the one inside the app
 * @param qa null outside QA builds
 */
export function createTrust(
  configured: ConfiguredService | null,
  qa: QaIssuer | null,
  secrets: Secrets,
  askKeys: () => Promise<KeysAnswer['keys']>,
): Trust {
  const environment = environmentOf(configured, qa);

  async function service(): Promise<TrustedIssuer> {
    if (configured !== null) {
      return { name: configured.issuer, environment, keys: publicKeys(configured.keys) };
    }
    const kept = await readSecret(secrets, embeddedKeysName, EmbeddedKeys);
    return { name: embeddedIssuerName, environment, keys: publicKeys(kept ?? {}) };
  }

  return {
    environment,
    async issuers() {
      const tester = await qa?.trusted();
      return [await service(), ...(tester ? [tester] : [])];
    },
    async renewKeys() {
      if (configured !== null) return false;
      const keys = Object.fromEntries((await askKeys()).map(({ kid, x }) => [kid, x]));
      await writeSecret(secrets, embeddedKeysName, keys);
      return true;
    },
  };
}

function environmentOf(configured: ConfiguredService | null, qa: QaIssuer | null): Environment {
  if (configured === null) return 'embedded';
  return qa === null ? 'prod' : (configured.environment ?? 'prod');
}

function publicKeys(keys: Readonly<Record<string, string>>): ReadonlyMap<string, PublicKey> {
  return new Map(Object.entries(keys).map(([kid, x]) => [kid, { kty: 'OKP', crv: 'Ed25519', x }]));
}

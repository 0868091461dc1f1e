import { z } from 'zod';
import { SubscriptionState } from '../../shared/account.ts';

/** RFC 8725: an explicit type, so that no other token of the same issuer passes for this one. */
export const tokenType = 'refrain-ent+jwt';
export const tokenAudience = 'urn:refrain:player';

/** Who vouches for a tier: a service on this machine, a tester, or the service that sells it. */
export const Environment = z.enum(['embedded', 'qa', 'prod']);
export type Environment = z.infer<typeof Environment>;

/** Seconds since 1970, as in RFC 7519. */
const Time = z.int().min(0).max(1e11);

/** What an entitlement token states. */
export const Claims = z.object({
  iss: z.string().max(200),
  aud: z.literal(tokenAudience),
  sub: z.string().max(200),
  jti: z.string().max(100),
  iat: Time,
  nbf: Time,
  /** Until then no refresh is needed. */
  exp: Time,
  /** Until then the tier stands although no refresh succeeded. */
  offline_until: Time,
  tier: z.enum(['free', 'premium']),
  feat: z.array(z.string().max(50)).max(50),
  state: SubscriptionState,
  /** Rises with each token of the account: an older one never comes back. */
  seq: z.int().min(1),
  /** Thumbprint (RFC 7638) of the key of the device that the token was made for. */
  cnf: z.object({ jkt: z.string().max(100) }),
  nonce: z.string().max(100),
  env: Environment,
});
export type Claims = z.infer<typeof Claims>;

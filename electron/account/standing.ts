import type { EntitlementState } from '../../shared/account.ts';
import type { Tier } from '../../shared/tier.ts';
import type { Claims } from '../../service/api/entitlement-token.ts';
import type { TrustedTime } from './trusted-time.ts';

export interface Standing {
  readonly tier: Tier;
  readonly entitlement: EntitlementState;
}

/** What verified claims are worth at a time: fresh, then stale, then in offline grace, then nothing. */
export function standing(claims: Claims | null, time: TrustedTime): Standing {
  if (claims === null) return { tier: 'free', entitlement: 'none' };
  if (claims.tier === 'free') {
    return { tier: 'free', entitlement: claims.state === 'expired' ? 'expired' : 'none' };
  }
  const now = time.now / 1000;
  if (now < (claims.iat + claims.exp) / 2) return { tier: 'premium', entitlement: 'fresh' };
  if (now < claims.exp) return { tier: 'premium', entitlement: 'stale' };
  // A suspect clock gives no new grace; one that had begun before runs to its end.
  const graceStands = time.suspectSince === null || time.suspectSince / 1000 >= claims.exp;
  return now < claims.offline_until && graceStands
    ? { tier: 'premium', entitlement: 'offline_grace' }
    : { tier: 'free', entitlement: 'expired' };
}

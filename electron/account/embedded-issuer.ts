import { assertNever } from '../../shared/errors.ts';
import type { EmbeddedAuthority } from './embedded-authority.ts';
import { embeddedIssuerName } from './embedded-authority.ts';
import type { Issuer, IssuerRequest } from './issuer.ts';
import { publicPart, thumbprint } from './signing-key.ts';
import type { Subscription } from './subscription.ts';
import { periodMilliseconds, renew, trialMilliseconds } from './subscription.ts';

/**
 * The issuer for a Refrain with no account service: it grants what it is asked for, since nothing
 * is sold. A build that is given a service's issuer never makes this one.
 * @param qa whether tokens made for testers count
 */
export function createEmbeddedIssuer(authority: EmbeddedAuthority, qa: boolean): Issuer {
  return {
    name: embeddedIssuerName,
    environments: qa ? ['embedded', 'qa'] : ['embedded'],
    async keys() {
      const record = await authority.read();
      if (record === null) return new Map();
      return new Map([[await thumbprint(record.key), publicPart(record.key)]]);
    },
    async ask(request, occasion) {
      const record = await authority.read();
      if (request.kind === 'refresh' && record?.reachable === false) return null;
      const subscription = decide(request, record?.subscription ?? null, occasion.now);
      await authority.change({ subscription, reachable: true });
      return authority.sign(occasion, 'embedded');
    },
  };
}

function decide(
  request: IssuerRequest,
  subscription: Subscription | null,
  now: number,
): Subscription | null {
  switch (request.kind) {
    case 'refresh':
      return subscription === null ? null : renew(subscription, now);
    case 'subscribe': {
      const length = request.plan === 'trial' ? trialMilliseconds : periodMilliseconds;
      return { plan: request.plan, paidUntil: now + length, ended: false, paymentFails: false };
    }
    case 'cancel':
      // At once: nothing was paid, so there is no paid time to use up.
      return subscription === null ? null : { ...subscription, ended: true };
    default:
      return assertNever(request);
  }
}

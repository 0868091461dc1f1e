import type { QaTier } from '../../shared/account.ts';
import type { EmbeddedAuthority } from './embedded-authority.ts';
import type { TokenOccasion } from './issuer.ts';
import type { Subscription } from './subscription.ts';
import { periodMilliseconds, trialMilliseconds } from './subscription.ts';

/** Brings the account into the state that a tester asks for. @returns the token that says so */
export type StageQaTier = (qaTier: QaTier, occasion: TokenOccasion) => Promise<string>;

interface Stage {
  readonly subscription: Subscription | null;
  readonly reachable: boolean;
  /** How long ago the token was made, in milliseconds. */
  readonly age: number;
}

const hour = 3_600_000;
const day = 24 * hour;

/** For QA builds alone: signs by the embedded issuer's key, so that the real checks run. */
export function createQaStage(authority: EmbeddedAuthority): StageQaTier {
  return async (qaTier, occasion) => {
    const { subscription, reachable, age } = stages(occasion.now)[qaTier];
    await authority.change({ subscription, reachable });
    return authority.sign({ ...occasion, now: occasion.now - age }, 'qa');
  };
}

function stages(now: number): Readonly<Record<QaTier, Stage>> {
  const monthly = { plan: 'monthly', ended: false, paymentFails: false } as const;
  const paid: Subscription = { ...monthly, paidUntil: now + periodMilliseconds };
  const trial: Subscription = { ...paid, plan: 'trial', paidUntil: now + trialMilliseconds };
  const unpaid = (days: number): Subscription => ({
    ...monthly,
    paidUntil: now - days * day,
    paymentFails: true,
  });
  return {
    free: { subscription: null, reachable: true, age: 0 },
    premium: { subscription: paid, reachable: true, age: 0 },
    trial: { subscription: trial, reachable: true, age: 0 },
    past_due: { subscription: unpaid(1), reachable: true, age: 0 },
    // The token ran out hours ago and the service can't be reached since.
    offline_grace: { subscription: paid, reachable: false, age: 80 * hour },
    expired: { subscription: unpaid(8), reachable: true, age: 0 },
  };
}

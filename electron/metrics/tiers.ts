import type { AccountView } from '../../shared/account.ts';
import type { Note } from './recorder.ts';
import type { LinkStep } from './registry.ts';

type Standing = Pick<AccountView, 'tier' | 'subscription' | 'environment'>;

/** States of who has paid already: a payment from any other is a new one. */
const paying: ReadonlySet<string> = new Set([
  'active',
  'past_due',
  'cancel_at_period_end',
  'paused',
]);

/**
 * Notes which way the tier goes.
 * @param first how it stands as the app starts: that is no change
 * @returns what is to be told each change
 */
export function createTierNotes(
  first: Standing,
  note: Note,
  reached: (step: LinkStep) => void,
): (standing: Standing) => void {
  let { tier, subscription } = first;
  return (newer) => {
    const { environment } = newer;
    // What an issuer on this machine says sells nothing: it is never the end of a link's path.
    const sells = environment !== 'embedded';
    if (newer.tier !== tier || newer.subscription !== subscription) {
      note('tier.changed', { tier: newer.tier, state: newer.subscription, environment });
    }
    if (newer.subscription === 'trialing' && subscription !== 'trialing') {
      note('trial.began', { environment });
      if (sells) reached('link.trial');
    }
    if (newer.subscription === 'active' && !paying.has(subscription)) {
      note('subscription.paid', { environment });
      if (sells) reached('link.paid');
    }
    ({ tier, subscription } = newer);
  };
}

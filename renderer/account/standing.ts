import type { AccountView } from '../../shared/account.ts';
import type { Words } from '../../shared/words/en.ts';

/** How the account stands, in sentences with their dates, the weightiest first. */
export function standingSentences(view: AccountView, words: Words): readonly string[] {
  const { account } = words;
  const date = (iso: string | null) => (iso === null ? '' : words.date(iso));
  const premium = view.tier === 'premium';
  const grace = view.entitlement === 'offline_grace';
  return [
    grace ? account.states.offline_grace(date(view.offlineUntil)) : subscriptionSentence(),
    premium && view.entitlement === 'stale' ? account.states.stale : null,
    view.clockSuspect ? account.clockSuspect : null,
    view.keyProtected ? null : account.keyUnprotected,
  ].filter((sentence) => sentence !== null);

  function subscriptionSentence(): string {
    switch (view.subscription) {
      case 'none':
        return view.email === null ? account.states.none : account.states.noneSignedIn;
      case 'paused':
        return premium ? account.states.pausing(date(endOf(view))) : account.states.paused;
      case 'expired':
      case 'refunded':
      case 'disputed':
        return account.states[view.subscription];
      case 'trialing':
      case 'active':
      case 'past_due':
      case 'cancel_at_period_end':
        return premium
          ? account.states[view.subscription](date(endOf(view)))
          : account.states.expired;
    }
  }
}

/** When the state ends: as the service told it, else as the token can vouch for it. */
function endOf(view: AccountView): string | null {
  return (
    (view.subscription === 'past_due' ? view.graceEndsAt : view.periodEndsAt) ?? view.validUntil
  );
}

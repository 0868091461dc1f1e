import type { AccountView } from './account.ts';

/** The account of a listener who never had one: what is shown before anything is known. */
export const freeAccount: AccountView = {
  tier: 'free',
  entitlement: 'none',
  subscription: 'none',
  validUntil: null,
  offlineUntil: null,
  email: null,
  plan: null,
  periodEndsAt: null,
  graceEndsAt: null,
  mayTry: true,
  visit: null,
  environment: 'embedded',
  clockSuspect: false,
  keyProtected: true,
};

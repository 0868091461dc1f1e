import type { PlanId } from './api/billing.ts';
import type { Environment } from './api/entitlement-token.ts';
import type { Store } from './store.ts';

/** What the service is given from outside, by whoever runs it. */
export interface ServiceParts {
  readonly store: Store;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** The `iss` of its entitlement tokens, and of its sign-in. */
  readonly issuer: string;
  readonly environment: Environment;
  /**
   * The origin under which a browser sees the service's pages, without a slash at the end. It may
   * change while the service runs: the one inside the app opens a port only for a visit.
   */
  readonly origin: () => string;
  /** 32 bytes; seals the private keys that lie in the database. */
  readonly sealingKey: Uint8Array;
  readonly payments: PaymentSettings;
  readonly log: ServiceLog;
}

/** Who takes the money: nobody, in a provider of our own that sells nothing, or Stripe. */
export type PaymentSettings = FakePaymentSettings | StripeSettings;

export interface FakePaymentSettings {
  readonly kind: 'fake';
}

export interface StripeSettings {
  readonly kind: 'stripe';
  readonly secretKey: string;
  /** Of the webhook endpoint: `whsec_…`. */
  readonly webhookSecret: string;
  /** Stripe's ids of the prices and of the coupons for the first periods, by our plans. */
  readonly prices: Readonly<Record<PlanId, string>>;
  readonly introCoupons: Readonly<Record<PlanId, string | null>>;
  /** Where its API is; null: at Stripe. */
  readonly apiOrigin: string | null;
}

export interface ServiceLog {
  readonly info: (message: string) => void;
  readonly fault: (message: string, cause: unknown) => void;
}

/** Whose request it is. */
export interface Caller {
  readonly accountId: string;
  /** The sign-in that the token came from; removing the device that it is on ends it. */
  readonly signInId: string;
}

/** @returns null for a request without a valid access token */
export type Authenticate = (request: Request) => Promise<Caller | null>;

import type { PlanId } from '../api/billing.ts';
import type { Subscription } from './subscription.ts';

/**
 * Whoever takes the money. Each call but `parseWebhook` throws what its transport throws when the
 * provider can't be reached; the caller says so to the listener.
 */
export interface BillingProvider {
  /** Names it in the address of its webhooks: small letters. */
  readonly name: string;
  readonly startCheckout: (order: Order) => Promise<Checkout>;
  /** A page on which a customer sees to card, plan and end. */
  readonly portalUrl: (customerId: string) => Promise<string>;
  /**
   * Checks who signed it and when, and learns what it is about; that may ask the provider.
   * @throws {Refusal} invalid, for a signature that is missing, wrong or old
   */
  readonly parseWebhook: (body: string, headers: Headers) => Promise<ProviderEvent>;
  /** @returns null for one that the provider doesn't know, or that never began */
  readonly fetchSubscription: (subscriptionId: string) => Promise<Subscription | null>;
  /** `now` ends it for good, whatever was paid; `at_period_end` can be taken back by `resume`. */
  readonly cancel: (subscriptionId: string, when: 'at_period_end' | 'now') => Promise<Subscription>;
  /** Takes back a cancellation or a pause. */
  readonly resume: (subscriptionId: string) => Promise<Subscription>;
  /** Ends all that a customer subscribes to at once, and deletes what the provider may delete. */
  readonly forget: (customerId: string) => Promise<void>;
}

export interface Order {
  readonly accountId: string;
  /** Null for who never came to a checkout. */
  readonly customerId: string | null;
  readonly plan: PlanId;
  readonly isTrial: boolean;
  readonly isIntro: boolean;
}

export interface Checkout {
  readonly url: string;
  readonly customerId: string;
}

/** What a provider told by a webhook. */
export interface ProviderEvent {
  /** The same however often it is delivered. */
  readonly id: string;
  readonly type: string;
  /** How it stands with the subscription that it is about; null for what isn't about one of ours. */
  readonly subscription: Subscription | null;
}

/** Where a provider sends the browser back to. */
export const paymentPages = {
  done: '/pages/payment/done',
  left: '/pages/payment/left',
  seen: '/pages/payment/seen',
} as const;

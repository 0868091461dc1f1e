import { paymentPages, type BillingProvider } from '../provider.ts';
import type { FakeDesk } from './fake-desk.ts';
import { openSigned, signatureHeader } from './fake-event.ts';

/** Where its pages lie on the service's origin. */
export const fakePages = {
  checkout: '/fake/checkout',
  portal: '/fake/portal',
  ...paymentPages,
} as const;

/** The provider that sells nothing, as the service sees any provider. */
export function createFakeProvider(
  desk: FakeDesk,
  { origin, now }: { readonly origin: () => string; readonly now: () => number },
): BillingProvider {
  return {
    name: 'fake',

    async startCheckout(order) {
      const customerId = await desk.customerOf(order.accountId);
      const token = await desk.openVisit(customerId, order);
      return { url: `${origin()}${fakePages.checkout}/${token}`, customerId };
    },

    async portalUrl(customerId) {
      const token = await desk.openVisit(customerId, null);
      return `${origin()}${fakePages.portal}/${token}`;
    },

    async parseWebhook(body, headers) {
      const signature = headers.get(signatureHeader);
      const { id, type, subscription = null } = openSigned(body, signature, desk.secret, now());
      return Promise.resolve({ id, type, subscription });
    },

    async fetchSubscription(subscriptionId) {
      return (await desk.find(subscriptionId))?.told ?? null;
    },

    async cancel(subscriptionId, when) {
      const kind = when === 'now' ? 'end' : 'cancel';
      return (await desk.change(subscriptionId, { kind })).told;
    },

    async resume(subscriptionId) {
      return (await desk.change(subscriptionId, { kind: 'resume' })).told;
    },

    forget: desk.forget,
  };
}

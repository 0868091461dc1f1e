import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Authenticate, ServiceParts } from '../parts.ts';
import { openFakeCompany } from './fake/fake-company.ts';
import type { BillingProvider } from './provider.ts';
import { createStripeProvider } from './stripe-provider.ts';

/** Who takes the money, with what it needs of the service. */
export interface PaymentCompany {
  readonly provider: BillingProvider;
  /** Does what time has brought; called before anything is read. Stripe tells of it by itself. */
  readonly keepUp: () => Promise<void>;
  /** Pages of its own, where it has them here. */
  readonly pages: OpenAPIHono | null;
}

/** What it needs of the service: who asks, and a way to bring it webhooks without a network. */
export interface AroundPayments {
  readonly authenticate: Authenticate;
  readonly deliver: (request: Request) => Promise<Response>;
}

export function openPaymentCompany(parts: ServiceParts, around: AroundPayments): PaymentCompany {
  const { payments } = parts;
  switch (payments.kind) {
    case 'fake':
      return openFakeCompany(parts, payments, around);
    case 'stripe':
      return {
        provider: createStripeProvider(payments, parts),
        keepUp: () => Promise.resolve(),
        pages: null,
      };
  }
}

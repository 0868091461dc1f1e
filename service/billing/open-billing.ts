import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ServiceParts } from '../parts.ts';
import { billingRoutes } from './billing-routes.ts';
import { createBilling, type Billing } from './billing.ts';
import { openFakeCompany } from './fake/fake-company.ts';
import type { AroundPayments, PaymentCompany } from './payment-company.ts';
import { createStripeProvider } from './stripe-provider.ts';

/** Billing with the provider of the settings, and the addresses of both. */
export function openBilling(
  parts: ServiceParts,
  around: AroundPayments,
): { readonly billing: Billing; readonly routes: OpenAPIHono } {
  const company = openCompany(parts, around);
  const billing = createBilling(parts, company);
  const routes = billingRoutes(billing, around.authenticate);
  if (company.pages !== null) routes.route('/', company.pages);
  return { billing, routes };
}

function openCompany(parts: ServiceParts, around: AroundPayments): PaymentCompany {
  const { payments } = parts;
  switch (payments.kind) {
    case 'fake':
      return openFakeCompany(parts, around);
    case 'stripe':
      return {
        provider: createStripeProvider(payments, parts),
        keepUp: () => Promise.resolve(),
        pages: null,
      };
  }
}

import type { OpenAPIHono } from '@hono/zod-openapi';
import type { ServiceParts } from '../parts.ts';
import { billingRoutes } from './billing-routes.ts';
import { createBilling, type Billing } from './billing.ts';
import { openPaymentCompany, type AroundPayments } from './payment-company.ts';

/** Billing with the provider of the settings, and the addresses of both. */
export function openBilling(
  parts: ServiceParts,
  around: AroundPayments,
): { readonly billing: Billing; readonly routes: OpenAPIHono } {
  const company = openPaymentCompany(parts, around);
  const billing = createBilling(parts, company);
  const routes = billingRoutes(billing, around.authenticate);
  if (company.pages !== null) routes.route('/', company.pages);
  return { billing, routes };
}

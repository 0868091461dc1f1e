import { callerOf } from '../../caller.ts';
import type { ServiceParts } from '../../parts.ts';
import type { AroundPayments, PaymentCompany } from '../payment-company.ts';
import { openFakeDesk } from './fake-desk.ts';
import { fakePageRoutes } from './fake-page-routes.ts';
import { createFakeProvider } from './fake-provider.ts';
import { fakeTestRoutes } from './fake-test-routes.ts';

/**
 * A small payment provider that sells nothing: books of its own, pages for the browser, and signed
 * webhooks to the service's own address.
 */
export function openFakeCompany(
  parts: ServiceParts,
  { authenticate, deliver }: AroundPayments,
): PaymentCompany {
  const isDriven = parts.environment !== 'prod';
  const desk = openFakeDesk(parts, deliver);
  const pages = fakePageRoutes(desk, { now: parts.now, isForTests: isDriven });
  if (isDriven) {
    const accountOf = async (request: Request) => (await callerOf(authenticate, request)).accountId;
    pages.route('/', fakeTestRoutes(desk, accountOf));
  }
  return { provider: createFakeProvider(desk, parts), keepUp: desk.keepUp, pages };
}

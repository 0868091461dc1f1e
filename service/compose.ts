import { accountRoutes } from './accounts/account-routes.ts';
import { createAccounts } from './accounts/accounts.ts';
import { adsRoutes } from './ads/ads-routes.ts';
import { type Ads, createAds } from './ads/ads.ts';
import { openBilling } from './billing/open-billing.ts';
import { migrate } from './database/migrations.ts';
import { createEntitlements } from './entitlements/entitlements.ts';
import { entitlementRoutes } from './entitlements/entitlement-routes.ts';
import type { KeyRing } from './entitlements/key-ring.ts';
import { metricsRoutes } from './metrics/metrics-routes.ts';
import type { Authenticate, ServiceParts } from './parts.ts';
import { createOuterRouter } from './router.ts';
import { signInRoutes } from './sign-in/sign-in-routes.ts';
import { createSignIn } from './sign-in/sign-in.ts';

/** The account service, wherever it runs: behind a port, inside the app, or in a test. */
export interface Service {
  readonly fetch: (request: Request) => Promise<Response>;
  /** For the operator: what may be heard, and what was. */
  readonly ads: Pick<Ads, 'load' | 'report'>;
  /** For the operator too. */
  readonly keys: Pick<KeyRing, 'rotate'>;
  readonly close: () => Promise<void>;
}

/**
 * Migrates the database and puts the parts together. The store is closed with the service.
 * @param standIn who a request is from, where that is not decided by the sign-in: for tests of the rest
 */
export async function createService(
  parts: ServiceParts,
  standIn: Authenticate | null = null,
): Promise<Service> {
  await migrate(parts.store);
  const accounts = createAccounts(parts);
  const signIn = await createSignIn(parts, accounts, Date.now);
  const authenticate = standIn ?? signIn.authenticate;
  const router = createOuterRouter(parts.log);
  const { billing, routes: billingRoutes } = openBilling(parts, {
    authenticate,
    deliver: async (request) => router.fetch(request),
  });
  const entitlements = createEntitlements(parts, {
    keepUp: billing.keepUp,
    readStanding: billing.readStanding,
    endSignIn: signIn.end,
  });
  const ads = createAds(parts);

  router.get('/healthz', (context) => context.json({ ok: true }));
  router.route(
    '/',
    accountRoutes(accounts, {
      authenticate,
      subscriptionOf: async (accountId) => (await billing.standingOf(accountId)).answer,
      exportOf: async (accountId) => ({
        signedIn: await signIn.signedIn(accountId),
        ...(await entitlements.exportOf(accountId)),
        billing: await billing.exportOf(accountId),
      }),
      beforeErase: billing.beforeErase,
    }),
  );
  router.route('/', signInRoutes(signIn, authenticate));
  router.route('/', billingRoutes);
  router.route('/', entitlementRoutes(entitlements, authenticate));
  router.route('/', adsRoutes(ads));
  router.route('/', metricsRoutes(parts));
  router.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
    type: 'http',
    scheme: 'bearer',
  });
  router.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Refrain account service', version: '1' },
  });
  return {
    fetch: async (request) => router.fetch(request),
    ads,
    keys: entitlements.keys,
    close: parts.store.close,
  };
}

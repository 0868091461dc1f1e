import { accountRoutes } from './accounts/account-routes.ts';
import { createAccounts } from './accounts/accounts.ts';
import type { SubscriptionAnswer } from './api/billing.ts';
import { migrate } from './database/migrations.ts';
import type { Authenticate, ServiceParts } from './parts.ts';
import { createOuterRouter } from './router.ts';

/** The account service, wherever it runs: behind a port, inside the app, or in a test. */
export interface Service {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/**
 * Migrates the database and puts the parts together. The store is closed with the service.
 * @param authenticate who a request is from
 */
export async function createService(
  parts: ServiceParts,
  authenticate: Authenticate,
): Promise<Service> {
  await migrate(parts.store);
  const accounts = createAccounts(parts);
  const subscriptionOf = () => Promise.resolve(nothingSubscribed);

  const router = createOuterRouter(parts.log);
  router.get('/healthz', (context) => context.json({ ok: true }));
  router.route(
    '/',
    accountRoutes(accounts, {
      authenticate,
      subscriptionOf,
      exportOf: () => Promise.resolve({}),
      beforeErase: () => Promise.resolve(),
    }),
  );
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
    close: parts.store.close,
  };
}

const nothingSubscribed: SubscriptionAnswer = {
  state: 'none',
  plan: null,
  periodEndsAt: null,
  graceEndsAt: null,
  mayTry: true,
};

import { migrate } from './database/migrations.ts';
import type { ServiceParts } from './parts.ts';
import { createOuterRouter } from './router.ts';

/** The account service, wherever it runs: behind a port, inside the app, or in a test. */
export interface Service {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly close: () => Promise<void>;
}

/** Migrates the database and puts the parts together. The store is closed with the service. */
export async function createService(parts: ServiceParts): Promise<Service> {
  await migrate(parts.store);
  const router = createOuterRouter(parts.log);
  router.get('/healthz', (context) => context.json({ ok: true }));
  router.doc31('/openapi.json', {
    openapi: '3.1.0',
    info: { title: 'Refrain account service', version: '1' },
  });
  return {
    fetch: async (request) => router.fetch(request),
    close: parts.store.close,
  };
}

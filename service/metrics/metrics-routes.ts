import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { lt } from 'drizzle-orm';
import { MetricsBatch } from '../api/metrics.ts';
import { createAttempts } from '../attempts.ts';
import { clientAddress } from '../client-address.ts';
import type { ServiceParts } from '../parts.ts';
import { createRouter } from '../router.ts';
import { metricsBatches } from './tables.ts';

const post = createRoute({
  method: 'post',
  path: '/v1/metrics',
  request: { body: { content: { 'application/json': { schema: MetricsBatch } }, required: true } },
  responses: {
    204: { description: 'It is stored; one that was stored before is not stored anew' },
    429: { description: 'Too many came from this address: to be sent later' },
  },
});

/** To compare a month with the same one a year ago; the app sends a batch for seven days. */
const keptMilliseconds = 400 * 86_400_000;

/**
 * Takes what listeners chose to send. Open to all and asking nobody's name: no account, no device and
 * no address is kept with it.
 */
export function metricsRoutes(
  parts: Pick<ServiceParts, 'store' | 'now' | 'sealingKey'>,
): OpenAPIHono {
  const { store, now } = parts;
  const attempts = createAttempts(parts);
  const router = createRouter();
  // Before a body is read: what is refused must cost little.
  router.use(post.path, async (context, next) => {
    const name = clientAddress(context.req.raw);
    await attempts.count({ kind: 'metrics', by: 'address', name });
    await next();
  });
  router.openapi(post, async (context) => {
    const batch = context.req.valid('json');
    const { id, level } = batch;
    const oldest = new Date(now() - keptMilliseconds);
    await store.db.delete(metricsBatches).where(lt(metricsBatches.receivedAt, oldest));
    await store.db
      .insert(metricsBatches)
      .values({ id, level, batch, receivedAt: new Date(now()) })
      .onConflictDoNothing();
    return context.body(null, 204);
  });
  return router;
}

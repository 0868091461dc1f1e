import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { MetricsBatch } from '../api/metrics.ts';
import type { ServiceParts } from '../parts.ts';
import { createRouter } from '../router.ts';
import { metricsBatches } from './tables.ts';

const post = createRoute({
  method: 'post',
  path: '/v1/metrics',
  request: { body: { content: { 'application/json': { schema: MetricsBatch } }, required: true } },
  responses: {
    204: { description: 'It is stored; one that was stored before is not stored anew' },
  },
});

/**
 * Takes what listeners chose to send. Open to all and asking nobody's name: no account, no device and
 * no address is kept with it.
 */
export function metricsRoutes({ store, now }: Pick<ServiceParts, 'store' | 'now'>): OpenAPIHono {
  const router = createRouter();
  router.openapi(post, async (context) => {
    const batch = context.req.valid('json');
    const { id, level } = batch;
    await store.db
      .insert(metricsBatches)
      .values({ id, level, batch, receivedAt: new Date(now()) })
      .onConflictDoNothing();
    return context.body(null, 204);
  });
  return router;
}

import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { Beacon, BeaconEvent, DecisionQuery } from '../api/ads.ts';
import { createRouter } from '../router.ts';
import type { Ads } from './ads.ts';
import { longestSignature } from './beacon-address.ts';

const decision = createRoute({
  method: 'get',
  path: '/v1/ads/vast',
  request: { query: DecisionQuery },
  responses: {
    200: {
      description: 'VAST 4.2: candidates for one break, or none',
      content: { 'application/xml': { schema: z.string() } },
    },
  },
});

const beacon = createRoute({
  method: 'post',
  path: '/v1/beacons/{serving}/{event}',
  request: {
    params: z.object({ serving: z.uuid(), event: BeaconEvent }),
    query: z.object({ sig: z.string().max(longestSignature) }),
    // The serving and the event name a beacon: a second one of both is answered as the first was.
    headers: z.object({ 'idempotency-key': z.string().max(200).optional() }),
    body: { content: { 'application/json': { schema: Beacon } }, required: true },
  },
  responses: {
    200: {
      description: 'It was stored; `refused` says why it does not count',
      content: { 'application/json': { schema: z.object({ refused: z.string().nullable() }) } },
    },
  },
});

/** Open to all: nobody is named, and beacons carry the service's own signature. */
export function adsRoutes(ads: Ads): OpenAPIHono {
  const router = createRouter();
  router.openapi(decision, async (context) =>
    context.body(await ads.decide(context.req.valid('query')), 200, {
      'content-type': 'application/xml; charset=utf-8',
      'cache-control': 'no-store',
    }),
  );
  router.openapi(beacon, async (context) => {
    const { serving, event } = context.req.valid('param');
    const { sig: signature } = context.req.valid('query');
    const told = { serving, event, signature, beacon: context.req.valid('json') };
    return context.json({ refused: await ads.receive(told) }, 200);
  });
  return router;
}

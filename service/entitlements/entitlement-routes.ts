import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { DevicesAnswer } from '../api/account.ts';
import { EntitlementAnswer, EntitlementRequest, KeysAnswer } from '../api/entitlement.ts';
import { bearer, callerOf } from '../caller.ts';
import type { Authenticate } from '../parts.ts';
import { answer, body, createRouter } from '../router.ts';
import type { Entitlements } from './entitlements.ts';

const issue = createRoute({
  method: 'post',
  path: '/v1/entitlement',
  security: bearer,
  request: {
    body: body(EntitlementRequest),
  },
  responses: {
    200: answer(EntitlementAnswer, 'What the account may do on this device, signed'),
  },
});

const readKeys = createRoute({
  method: 'get',
  path: '/v1/keys',
  responses: {
    200: answer(
      KeysAnswer,
      'The public keys of entitlements: the current one, the next, retired ones',
    ),
  },
});

const listDevices = createRoute({
  method: 'get',
  path: '/v1/devices',
  security: bearer,
  responses: {
    200: answer(DevicesAnswer, 'The devices that asked for the entitlement'),
  },
});

const removeDevice = createRoute({
  method: 'delete',
  path: '/v1/devices/{id}',
  security: bearer,
  request: { params: z.object({ id: z.string().regex(/^[\w-]{43}$/) }) },
  responses: { 204: { description: 'The device is signed out' } },
});

export function entitlementRoutes(
  entitlements: Entitlements,
  authenticate: Authenticate,
): OpenAPIHono {
  const router = createRouter();
  router.openapi(issue, async (context) => {
    const caller = await callerOf(authenticate, context.req.raw);
    return context.json(await entitlements.issue(caller, context.req.valid('json').proof), 200);
  });
  router.openapi(readKeys, async (context) =>
    context.json(await entitlements.keys.published(), 200, { 'cache-control': 'max-age=300' }),
  );
  router.openapi(listDevices, async (context) => {
    const { accountId } = await callerOf(authenticate, context.req.raw);
    return context.json({ devices: await entitlements.devices(accountId) }, 200);
  });
  router.openapi(removeDevice, async (context) => {
    const { accountId } = await callerOf(authenticate, context.req.raw);
    await entitlements.removeDevice(accountId, context.req.valid('param').id);
    return context.body(null, 204);
  });
  return router;
}

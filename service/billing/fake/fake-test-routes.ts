import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { bearer } from '../../caller.ts';
import { Refusal } from '../../refusal.ts';
import { createRouter } from '../../router.ts';
import type { FakeDesk } from './fake-desk.ts';
import { FakeAct, FakeSubscription } from './fake-subscription.ts';

const answered = {
  200: {
    description: 'The subscription as the fake provider keeps it',
    content: { 'application/json': { schema: FakeSubscription } },
  },
};

const act = createRoute({
  method: 'post',
  path: '/fake/test/act',
  security: bearer,
  request: { body: { content: { 'application/json': { schema: FakeAct } }, required: true } },
  responses: answered,
});

const read = createRoute({
  method: 'get',
  path: '/fake/test/subscription',
  security: bearer,
  responses: answered,
});

/**
 * For testers' scripts: from any state to the next. What is done is done to the newest subscription of
 * the account that asks; the first one begins on the checkout page, which a script can post to.
 */
export function fakeTestRoutes(
  desk: FakeDesk,
  accountOf: (request: Request) => Promise<string>,
): OpenAPIHono {
  const router = createRouter();

  async function newest(request: Request): Promise<FakeSubscription> {
    await desk.keepUp();
    const customerId = await desk.customerOf(await accountOf(request));
    const subscription = await desk.newestOf(customerId);
    if (subscription === null) throw new Refusal('not_now', 'The account never subscribed');
    return subscription;
  }

  router.openapi(act, async (context) => {
    const { told } = await newest(context.req.raw);
    return context.json(await desk.change(told.id, context.req.valid('json')), 200);
  });
  router.openapi(read, async (context) => context.json(await newest(context.req.raw), 200));
  return router;
}

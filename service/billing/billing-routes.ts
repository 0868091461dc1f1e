import { createRoute, z, type OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { CheckoutRequest, PageAnswer, PlansAnswer, SubscriptionAnswer } from '../api/billing.ts';
import { bearer, callerOf } from '../caller.ts';
import { pageResponse } from '../page.ts';
import type { Authenticate } from '../parts.ts';
import { answer, createRouter } from '../router.ts';
import type { Billing } from './billing.ts';
import { planList } from './plans.ts';
import { paymentPages } from './provider.ts';

const listPlans = createRoute({
  method: 'get',
  path: '/v1/plans',
  responses: { 200: answer(PlansAnswer, 'What is sold') },
});

const readSubscription = createRoute({
  method: 'get',
  path: '/v1/subscription',
  security: bearer,
  responses: { 200: answer(SubscriptionAnswer, 'How the account stands') },
});

const startCheckout = createRoute({
  method: 'post',
  path: '/v1/checkout',
  security: bearer,
  request: {
    body: { content: { 'application/json': { schema: CheckoutRequest } }, required: true },
  },
  responses: { 200: answer(PageAnswer, 'The page to pay on') },
});

const openPortal = createRoute({
  method: 'post',
  path: '/v1/portal',
  security: bearer,
  responses: { 200: answer(PageAnswer, 'The page on which to see to card, plan and end') },
});

const change = createRoute({
  method: 'post',
  path: '/v1/subscription/{change}',
  security: bearer,
  request: { params: z.object({ change: z.enum(['cancel', 'resume']) }) },
  responses: { 200: answer(SubscriptionAnswer, 'How the account stands now') },
});

const takeWebhook = createRoute({
  method: 'post',
  path: '/v1/webhooks/{provider}',
  request: { params: z.object({ provider: z.string().max(20) }) },
  responses: { 204: { description: 'Taken in, or known already' } },
});

export function billingRoutes(billing: Billing, authenticate: Authenticate): OpenAPIHono {
  const router = createRouter();

  async function accountOf(request: Request): Promise<string> {
    return (await callerOf(authenticate, request)).accountId;
  }

  router.openapi(listPlans, (context) => context.json({ plans: [...planList] }, 200));
  router.openapi(readSubscription, async (context) => {
    const standing = await billing.confirmedStandingOf(await accountOf(context.req.raw));
    return context.json(standing.answer, 200);
  });
  router.openapi(startCheckout, async (context) => {
    const accountId = await accountOf(context.req.raw);
    return context.json({ url: await billing.checkout(accountId, context.req.valid('json')) }, 200);
  });
  router.openapi(openPortal, async (context) =>
    context.json({ url: await billing.portal(await accountOf(context.req.raw)) }, 200),
  );
  router.openapi(change, async (context) => {
    const accountId = await accountOf(context.req.raw);
    const standing = await billing[context.req.valid('param').change](accountId);
    return context.json(standing.answer, 200);
  });
  router.openapi(takeWebhook, async (context) => {
    const { provider } = context.req.valid('param');
    await billing.takeWebhook(provider, await context.req.text(), context.req.raw.headers);
    return context.body(null, 204);
  });

  router.get(paymentPages.done, () => backToRefrain('Thank you', 'Your subscription begins.'));
  router.get(paymentPages.left, () => backToRefrain('Nothing was bought', ''));
  router.get(paymentPages.seen, () => backToRefrain('That is all', 'Refrain knows of it already.'));
  return router;
}

/** Where the visit to a provider's page ends: what it led to, the app learns from the service. */
function backToRefrain(title: string, text: string): Promise<Response> {
  const body = html`<h1>${title}</h1>
    <p>${text} You may close this page and go back to Refrain.</p>`;
  return pageResponse({ title, body }, {});
}

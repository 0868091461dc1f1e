import { z, type OpenAPIHono } from '@hono/zod-openapi';
import { html } from 'hono/html';
import { pageResponse } from '../../page.ts';
import { createRouter } from '../../router.ts';
import { entitlement } from '../subscription.ts';
import type { FakeDesk, Visit } from './fake-desk.ts';
import { checkoutPage, portalPage } from './fake-pages.ts';
import { fakePages } from './fake-provider.ts';
import { FakeAct, FakeCard } from './fake-subscription.ts';

/** What the buttons of the checkout page send. */
const CheckoutForm = z.object({ card: z.union([FakeCard, z.literal('none')]) });

/** What the buttons of the portal page send: an act as JSON, or nothing to leave. */
const PortalForm = z.object({
  act: z
    .string()
    .max(200)
    .transform((text, context) => {
      try {
        return FakeAct.parse(JSON.parse(text));
      } catch {
        context.addIssue('No such act');
        return z.NEVER;
      }
    }),
});

const checkoutPath = `${fakePages.checkout}/:token` as const;
const portalPath = `${fakePages.portal}/:token` as const;

/**
 * The pages of the fake provider. Whoever has a page's address may use it, as with a real one's.
 * @param isForTests whether the portal offers what only a tester wants
 */
export function fakePageRoutes(
  desk: FakeDesk,
  { now, isForTests }: { readonly now: () => number; readonly isForTests: boolean },
): OpenAPIHono {
  const router = createRouter();

  async function showPortal(visit: Visit): Promise<Response> {
    await desk.keepUp();
    const subscription = await desk.newestOf(visit.customerId);
    const worth = entitlement(subscription?.told ?? null, now());
    return pageResponse(portalPage({ subscription, worth, isForTests }), {});
  }

  router.get(checkoutPath, async (context) => {
    const order = (await desk.visit(context.req.param('token')))?.checkout;
    if (!order) return visitOver();
    return pageResponse(checkoutPage({ order, now: now(), isRefused: false }), {});
  });

  router.post(checkoutPath, async (context) => {
    const token = context.req.param('token');
    const order = (await desk.visit(token))?.checkout;
    const form = CheckoutForm.safeParse(await context.req.parseBody());
    if (!order || !form.success) return visitOver();
    const { card } = form.data;
    if (card === 'none') {
      await desk.leave(token);
      return context.redirect(fakePages.left, 303);
    }
    switch (await desk.pay(token, card)) {
      case 'paid':
        return context.redirect(fakePages.done, 303);
      case 'card_refused': {
        const page = checkoutPage({ order, now: now(), isRefused: true });
        return pageResponse(page, { status: 402 });
      }
      case 'over':
        return visitOver();
    }
  });

  router.get(portalPath, async (context) => {
    const visit = await desk.visit(context.req.param('token'));
    return visit === null || visit.checkout !== null ? visitOver() : showPortal(visit);
  });

  router.post(portalPath, async (context) => {
    const visit = await desk.visit(context.req.param('token'));
    const form = PortalForm.safeParse(await context.req.parseBody());
    if (visit === null || visit.checkout !== null || !form.success) return visitOver();
    const { act } = form.data;
    const subscription = await desk.newestOf(visit.customerId);
    if (subscription === null || (isTesters(act) && !isForTests)) return visitOver();
    await desk.change(subscription.told.id, act);
    return context.redirect(context.req.path, 303);
  });

  return router;
}

/** What only a tester wants: the portal has no button for it elsewhere. */
function isTesters(act: FakeAct): boolean {
  const isOfOwnAccord = act.kind === 'reverse' || act.kind === 'end_period';
  return isOfOwnAccord || (act.kind === 'change_card' && act.card === 'refused');
}

function visitOver(): Promise<Response> {
  const body = html`<h1>This page is over</h1>
    <p>It was used already, or it is too old. Go back to Refrain and open it anew.</p>`;
  return pageResponse({ title: 'This page is over', body }, { status: 404 });
}

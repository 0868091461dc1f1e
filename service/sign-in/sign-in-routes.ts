import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { signInPath } from '../api/sign-in.ts';
import { bearer, callerOf } from '../caller.ts';
import type { Authenticate } from '../parts.ts';
import { createRouter } from '../router.ts';
import { signInPagePath } from './provider.ts';
import type { SignIn } from './sign-in.ts';

const endSessions = createRoute({
  method: 'delete',
  path: '/v1/sessions',
  security: bearer,
  responses: { 204: { description: 'The account is signed in nowhere any more' } },
});

/** Besides the described ones: the sign-in by its own standards (RFC 6749, 7009, 8252, 8628). */
export function signInRoutes(signIn: SignIn, authenticate: Authenticate): OpenAPIHono {
  const router = createRouter();
  router.openapi(endSessions, async (context) => {
    const { accountId } = await callerOf(authenticate, context.req.raw);
    await signIn.endAll(accountId);
    return context.body(null, 204);
  });
  router.all(`${signInPath}/*`, (context) => signIn.answer(context.req.raw));
  router.on(['GET', 'POST'], `${signInPagePath}/:uid`, (context) =>
    signIn.answerPage(context.req.raw, context.req.param('uid')),
  );
  return router;
}

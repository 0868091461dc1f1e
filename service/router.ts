import { OpenAPIHono, type z } from '@hono/zod-openapi';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { type Page, pageResponse } from './page.ts';
import type { ServiceLog } from './parts.ts';
import { Refusal, problemResponse } from './refusal.ts';

/** The largest body that any request may have, in bytes. */
const mostBodyBytes = 256 * 1024;

/**
 * A router whose routes are described by schemas: a request that does not fit is answered `invalid`
 * before a handler sees it, and the same schemas make the OpenAPI description.
 */
export function createRouter(): OpenAPIHono {
  return new OpenAPIHono({
    defaultHook(result) {
      if (result.success) return undefined;
      const [issue] = result.error.issues;
      return problemResponse('invalid', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    },
  });
}

/** JSON that a route answers, for its description. */
export function answer<Schema extends z.ZodType>(schema: Schema, description: string) {
  return { description, content: { 'application/json': { schema } } };
}

/** JSON that a route must be sent. */
export function body<Schema extends z.ZodType>(schema: Schema) {
  return { content: { 'application/json': { schema } }, required: true };
}

/** For a browser, as at the service's bare address. */
const nowhere: Page = {
  title: 'Nothing is here',
  body: html`<h1>Nothing is here</h1>
    <p>This address leads nowhere. Go back to Refrain: it opens each page that you need.</p>`,
};

/** The outermost router: bounds, and an answer to everything that is thrown. */
export function createOuterRouter(log: ServiceLog): OpenAPIHono {
  const router = createRouter();
  router.use(
    bodyLimit({
      maxSize: mostBodyBytes,
      onError: () => problemResponse('too_large', 'The body is too large'),
    }),
  );
  router.notFound((context) =>
    context.req.header('accept')?.includes('text/html') === true
      ? pageResponse(nowhere, { status: 404 })
      : problemResponse('not_found', 'There is nothing at this address'),
  );
  router.onError((error) => {
    if (error instanceof Refusal) return problemResponse(error.code, error.message);
    log.fault('A request failed', error);
    return problemResponse('internal', 'The service failed; the fault is logged');
  });
  return router;
}

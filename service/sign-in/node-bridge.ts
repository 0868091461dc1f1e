import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { inject } from 'light-my-request';

/** Answers in the way of Node's own server, and ends the response. */
export type NodeHandler = (request: IncomingMessage, response: ServerResponse) => unknown;

export interface Place {
  /** The origin under which a browser sees the service. */
  readonly origin: string;
  /** The path below which the handler lies; it sees paths without it. */
  readonly mount: string;
}

/** They belong to one connection; here is none. */
const connectionHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'date']);

/**
 * Lets a handler that is made for Node's server answer a request, with no port in between.
 * SECURITY: the handler takes the origin from `place`. What a request says of its host or of a
 * proxy's is not believed.
 */
export async function answerByNode(
  request: Request,
  { origin, mount }: Place,
  handler: NodeHandler,
): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const { host, protocol } = new URL(origin);
  const body = request.body === null ? null : Buffer.from(await request.arrayBuffer());
  const headers = Object.fromEntries(
    [...request.headers].filter(([name]) => !connectionHeaders.has(name)),
  );
  const answer = await inject(
    (incoming, outgoing) => {
      // Koa knows TLS by its socket, and where it is mounted by Express's name for the whole path.
      Object.assign(incoming.socket, { encrypted: protocol === 'https:' });
      Object.assign(incoming, { originalUrl: incoming.url });
      incoming.url = incoming.url?.slice(mount.length) ?? '';
      Promise.resolve(handler(incoming, outgoing)).catch((cause: unknown) => {
        outgoing.destroy(cause instanceof Error ? cause : new Error('A handler failed', { cause }));
      });
    },
    {
      method: request.method,
      url: pathname + search,
      headers: { ...headers, host },
      ...(body === null ? {} : { payload: body }),
      validate: false,
    },
  );
  return new Response(answer.rawPayload.length === 0 ? null : new Uint8Array(answer.rawPayload), {
    status: answer.statusCode,
    headers: headersOf(answer.headers),
  });
}

/** Cookies stay one header each. */
function headersOf(answered: OutgoingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(answered)) {
    if (value === undefined || connectionHeaders.has(name)) continue;
    for (const each of Array.isArray(value) ? value : [value]) headers.append(name, String(each));
  }
  return headers;
}

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type Http2Bindings, type HttpBindings } from '@hono/node-server';
import { clientAddressHeader } from './client-address.ts';
import type { ServiceLog } from './parts.ts';

export interface Serving {
  /** Where it listens: `http://HOST:PORT`. */
  readonly url: string;
  /** Takes nothing new, and waits for what is under way: ten seconds at most. */
  readonly close: () => Promise<void>;
}

interface Place {
  readonly host: string;
  /** 0: any that is free. */
  readonly port: number;
  readonly proxies: number;
  readonly log: Pick<ServiceLog, 'info'>;
}

type Incoming = HttpBindings['incoming'] | Http2Bindings['incoming'];

const longestCloseMilliseconds = 10_000;

/**
 * Opens a port for the service.
 * @param monotonic milliseconds from any beginning, for the log
 * @throws when the port is taken
 */
export async function serve(
  answer: (request: Request) => Promise<Response>,
  { host, port, proxies, log }: Place,
  monotonic: () => number,
): Promise<Serving> {
  const server = createAdaptorServer({
    async fetch(request, { incoming }) {
      const start = monotonic();
      request.headers.set(clientAddressHeader, addressOf(incoming, proxies));
      const response = await answer(request);
      log.info(`${lineOf(request, response)} ${Math.round(monotonic() - start)} ms`);
      return response;
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve());
  });
  const { address, family, port: opened } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${opened}`,
    close: () => closeServer(server),
  };
}

/**
 * SECURITY: each proxy adds whom it spoke with at the end of X-Forwarded-For; what stands before the
 * ones that ours added is the client's own claim.
 */
function addressOf({ headers, socket }: Incoming, proxies: number): string {
  const peer = socket.remoteAddress ?? 'unknown';
  if (proxies === 0) return peer;
  const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
  return forwarded.at(-proxies)?.trim() || peer;
}

/** Nothing that is about a person: no ids, no query, no address. */
function lineOf({ method, url }: Request, { status }: Response): string {
  const route = status === 404 ? '' : new URL(url).pathname.split('/').slice(0, 3).join('/');
  return `${method} ${route} ${status}`;
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  // What has just been answered is kept open by its client for more.
  const idle = setInterval(() => server.closeIdleConnections(), 100);
  const last = setTimeout(() => server.closeAllConnections(), longestCloseMilliseconds);
  await closed;
  clearInterval(idle);
  clearTimeout(last);
}

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { insideOrigin } from './api/inside-origin.ts';
import type { Service } from './compose.ts';
import { createService } from './compose.ts';
import { openPglite } from './database/open-pglite.ts';
import type { ServiceParts } from './parts.ts';

/** The service inside the app: no port is open but for the visits of a browser. */
export interface EmbeddedService extends Pick<Service, 'fetch' | 'close'> {
  /** Opens a port of this machine for a visit; each opening needs its closing. @returns its origin */
  readonly openPages: () => Promise<string>;
  readonly closePages: () => void;
}

export interface EmbeddedParts extends Pick<ServiceParts, 'now' | 'issuer' | 'sealingKey' | 'log'> {
  /** Where the database lies; made where it is missing. Null: in memory. */
  readonly folder: string | null;
}

/** The last page of a visit still fetches what it shows. */
const lingerMilliseconds = 20_000;

/** Seconds at the first opening of a folder; see `openPglite`. */
export async function createEmbeddedService({
  folder,
  ...parts
}: EmbeddedParts): Promise<EmbeddedService> {
  let visits = 0;
  let port: Promise<Server> | null = null;
  let origin = insideOrigin;
  let lingering: NodeJS.Timeout | undefined;
  const service = await createService({
    ...parts,
    store: await openPglite(folder),
    environment: 'embedded',
    payments: { kind: 'fake' },
    origin: () => origin,
  });

  function closePort(): void {
    const closing = port;
    port = null;
    origin = insideOrigin;
    void closing?.then((server) => {
      server.close();
      server.closeAllConnections();
    });
  }

  return {
    fetch: service.fetch,
    async openPages() {
      visits += 1;
      clearTimeout(lingering);
      port ??= listen(service);
      origin = originOf(await port);
      return origin;
    },
    closePages() {
      visits = Math.max(0, visits - 1);
      if (visits > 0) return;
      clearTimeout(lingering);
      lingering = setTimeout(closePort, lingerMilliseconds);
    },
    async close() {
      clearTimeout(lingering);
      closePort();
      await service.close();
    },
  };
}

function listen(service: Pick<Service, 'fetch'>): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createAdaptorServer({
      fetch: (request) => {
        // SECURITY: a page of elsewhere whose name was made to mean this machine is turned away.
        const isMeant = new URL(request.url).origin === originOf(server);
        return isMeant ? service.fetch(request) : new Response(null, { status: 421 });
      },
    }) as Server;
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server));
  });
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

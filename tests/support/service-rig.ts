import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Service, createService } from '../../service/compose.ts';
import { openPglite } from '../../service/database/open-pglite.ts';
import { openPostgres } from '../../service/database/open-postgres.ts';
import type { Authenticate, ServiceLog, ServiceParts } from '../../service/parts.ts';
import type { Store } from '../../service/store.ts';

export type Database = 'pglite' | 'postgres';

/** For `describe.each`: what must hold on both is tested on both. */
export const databases: readonly Database[] = ['pglite', 'postgres'];

/** A service made of the real parts, with a clock that the test moves. */
export interface ServiceRig {
  readonly service: Service;
  readonly parts: ServiceParts;
  readonly clock: { now: number };
  readonly faults: readonly unknown[];
  readonly ask: (method: string, path: string, asked?: Asked) => Promise<Answer>;
  /** Signs a new listener up; the token is good for `ask`. */
  readonly signUp: (email?: string) => Promise<Listener>;
  readonly close: () => Promise<void>;
}

export interface Asked {
  readonly body?: unknown;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  /** What the JSON says; null where there is none. */
  readonly body: unknown;
  readonly response: Response;
}

export interface Listener {
  readonly accountId: string;
  readonly email: string;
  readonly token: string;
}

export const rigOrigin = 'https://accounts.refrain.test';
export const rigPassword = 'correct horse battery';
export const rigStart = Date.parse('2026-11-22T12:00:00Z');

/**
 * Opens one over a database of its own: take one for a file, since PGlite takes seconds to open.
 * @param changed parts of the service that the test brings itself
 */
export async function openServiceRig({
  store: database = 'pglite',
  ...changed
}: { readonly store?: Database } & Partial<
  Omit<ServiceParts, 'store' | 'now' | 'log'>
> = {}): Promise<ServiceRig> {
  const clock = { now: rigStart };
  const faults: unknown[] = [];
  const log: ServiceLog = {
    info: () => undefined,
    fault: (message, cause) => void faults.push(new Error(message, { cause })),
  };
  const parts: ServiceParts = {
    store: await openStore(database, log),
    now: () => clock.now,
    issuer: rigOrigin,
    environment: 'prod',
    origin: () => rigOrigin,
    sealingKey: randomBytes(32),
    payments: { kind: 'fake' },
    log,
    ...changed,
  };
  const service = await createService(parts, byAccountId);

  async function ask(method: string, path: string, { body, token, headers }: Asked = {}) {
    const response = await service.fetch(
      new Request(new URL(path, rigOrigin), {
        method,
        headers: {
          ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    return { status: response.status, body: await jsonOf(response), response };
  }

  return {
    service,
    parts,
    clock,
    faults,
    ask,
    async signUp(email = `${randomUUID()}@example.test`) {
      const { status, body } = await ask('POST', '/v1/accounts', {
        body: { email, password: rigPassword },
        // Each from another address: how often one may is a test of its own.
        headers: { 'x-refrain-client-address': randomUUID() },
      });
      const accountId = (body as { readonly id?: string } | null)?.id;
      if (accountId === undefined) throw new Error(`Sign-up was answered ${status}`);
      return { accountId, email, token: accountId };
    },
    close: service.close,
  };
}

/** Stands in for the sign-in, which has tests of its own: the token is the account's id. */
const byAccountId: Authenticate = (request) => {
  const accountId = /^Bearer ([\da-f-]{36})$/.exec(request.headers.get('authorization') ?? '')?.[1];
  return Promise.resolve(accountId === undefined ? null : { accountId, signInId: accountId });
};

async function jsonOf(response: Response): Promise<unknown> {
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return isJson ? ((await response.clone().json()) as unknown) : null;
}

async function openStore(database: Database, log: ServiceLog): Promise<Store> {
  if (database === 'pglite') return openPglite(null);
  return openPostgres(await makeDatabase(), log.fault);
}

/**
 * A database of its own in the Postgres of the test run; it ends with that.
 * @returns its url
 * @throws where none runs: what needs Postgres is never left out unsaid
 */
export async function makeDatabase(): Promise<string> {
  const server = process.env['REFRAIN_TEST_POSTGRES'];
  if (server === undefined) {
    throw new Error(
      'No Postgres runs: use `npm test`, or `node scripts/with-postgres.mjs COMMAND`',
    );
  }
  const name = `refrain_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

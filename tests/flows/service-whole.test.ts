import { getTableConfig, PgTable } from 'drizzle-orm/pg-core';
import { type SQL, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrate } from '../../service/database/migrations.ts';
import { openPostgres } from '../../service/database/open-postgres.ts';
import type { Queries, Store } from '../../service/store.ts';
import {
  type ServiceRig,
  databases,
  makeDatabase,
  openServiceRig,
} from '../support/service-rig.ts';
import { makeTestDevice } from '../support/test-device.ts';

const sources = import.meta.glob<Readonly<Record<string, unknown>>>('../../service/**/*tables.ts', {
  eager: true,
});
const tables = Object.values(sources)
  .flatMap((source) => Object.values(source))
  .filter((exported) => exported instanceof PgTable);

describe.each(databases)('the whole service on %s', (store) => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await openServiceRig({ store });
  });
  afterAll(() => rig.close());

  it('has the tables in code that the migrations make', async () => {
    const inCode = tables.flatMap((table) => {
      const { name, columns } = getTableConfig(table);
      return columns.map((column) => `${name}.${column.name} ${column.getSQLType()}`);
    });
    expect(inCode.sort()).toEqual(await columnsOf(rig.parts.store));
  });

  it('keeps nothing of an account that was erased, and tells all before', async () => {
    const listener = await rig.signUp('erase-me@example.test');
    const { accountId, email, token } = listener;
    const device = await makeTestDevice('Device to be erased');
    const proof = await device.prove(rig.clock.now);
    await rig.ask('POST', '/v1/entitlement', { token, body: { proof } });
    await rig.ask('POST', '/v1/checkout', { token, body: { plan: 'monthly', trial: true } });
    expect(await rowsThatName(rig.parts.store, [accountId])).not.toEqual([]);

    const { body } = await rig.ask('GET', '/v1/account/export', { token });
    expect(body).toMatchObject({
      account: { id: accountId, email },
      devices: [{ name: 'Device to be erased' }],
      billing: {},
    });

    expect((await rig.ask('DELETE', '/v1/account', { token })).status).toBe(204);
    const names = [accountId, email, device.thumbprint, 'Device to be erased'];
    expect(await rowsThatName(rig.parts.store, names)).toEqual([]);
    expect(rig.faults).toEqual([]);
  });

  it('describes the addresses that a program may ask', async () => {
    const { body } = await rig.ask('GET', '/openapi.json');
    const { paths } = body as { readonly paths: Readonly<Record<string, object>> };
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described).toEqual(expect.arrayContaining(addresses));
  });
});

/** The service's addresses for programs; pages and what OAuth 2 defines have descriptions of their own. */
const addresses = [
  'DELETE /v1/account',
  'DELETE /v1/devices/{id}',
  'DELETE /v1/sessions',
  'GET /v1/account',
  'GET /v1/account/export',
  'GET /v1/ads/vast',
  'GET /v1/devices',
  'GET /v1/keys',
  'GET /v1/plans',
  'GET /v1/subscription',
  'POST /v1/accounts',
  'POST /v1/beacons/{serving}/{event}',
  'POST /v1/checkout',
  'POST /v1/entitlement',
  'POST /v1/portal',
  'POST /v1/subscription/{change}',
  'POST /v1/webhooks/{provider}',
];

describe('the routers of the service', () => {
  it('take no address for programs that is not described by a schema', () => {
    const texts = import.meta.glob<string>('../../service/**/*.ts', {
      eager: true,
      query: '?raw',
      import: 'default',
    });
    const bare = Object.entries(texts).filter(([, text]) =>
      /\.(get|post|put|patch|delete|all|on)\(\s*['"`]\/v1\//.test(text),
    );
    expect(bare.map(([file]) => file)).toEqual([]);
    expect(Object.keys(texts)).not.toEqual([]);
  });
});

describe('a database on which several instances begin at once', () => {
  it('is migrated once, and none of them fails', async () => {
    const url = await makeDatabase();
    const stores = Array.from({ length: 4 }, () => openPostgres(url, () => undefined, 2));
    await Promise.all(stores.map((store) => migrate(store)));
    const [first] = stores;
    const columns = first === undefined ? [] : await columnsOf(first);
    expect(columns).toContain('accounts.email text');
    await Promise.all(stores.map((store) => store.close()));
  });
});

/** As `TABLE.COLUMN TYPE`, in the way of drizzle, in order. */
async function columnsOf({ db }: Store): Promise<string[]> {
  const found = await linesOf(
    db,
    sql`
      SELECT table_name || '.' || column_name || ' ' || CASE data_type
        WHEN 'ARRAY' THEN substr(udt_name, 2) || '[]' ELSE data_type END AS line
      FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name <> 'schema_version'`,
  );
  return found.sort();
}

/** Every row of every table in which one of the texts stands. */
async function rowsThatName({ db }: Store, texts: readonly string[]): Promise<string[]> {
  const names = await linesOf(
    db,
    sql`SELECT table_name AS line FROM information_schema.tables WHERE table_schema = 'public'`,
  );
  const rows = names.map(async (name) => {
    const lines = await linesOf(
      db,
      sql`SELECT row_to_json(it)::text AS line FROM ${sql.identifier(name)} AS it`,
    );
    return lines.map((line) => `${name}: ${line}`);
  });
  const all = (await Promise.all(rows)).flat();
  return all.filter((line) => texts.some((text) => line.includes(text)));
}

async function linesOf(db: Queries, query: SQL): Promise<string[]> {
  const { rows } = (await db.execute(query)) as { readonly rows: unknown };
  return (rows as readonly { readonly line: string }[]).map(({ line }) => line);
}

import { sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Store } from '../store.ts';
import { accounts } from './migrations/0001-accounts.ts';
import { entitlements } from './migrations/0002-entitlements.ts';
import { signIn } from './migrations/0003-sign-in.ts';
import { billing } from './migrations/0004-billing.ts';
import { ads } from './migrations/0005-ads.ts';
import { metrics } from './migrations/0006-metrics.ts';
import { retention } from './migrations/0007-retention.ts';

/**
 * One SQL text per version, from version 1 on, for Postgres 15 and later. A released one is frozen: a
 * change to the schema is a new text at the end.
 */
const migrations: readonly string[] = [
  accounts,
  entitlements,
  signIn,
  billing,
  ads,
  metrics,
  retention,
];

/** Any number, the same for all: whoever migrates holds this lock. */
const lockNumber = 7_274_206;

const Versions = z.array(z.object({ version: z.int() }));

/**
 * Brings the database to the newest version, each step whole or not at all. Several processes may
 * start at once: one migrates, the others wait for it.
 * @throws when the database was migrated by a newer service
 */
export async function migrate(store: Store): Promise<void> {
  await store.exec(
    `SELECT pg_advisory_xact_lock(${lockNumber});
     CREATE TABLE IF NOT EXISTS schema_version (version integer PRIMARY KEY)`,
  );
  for (;;) {
    const version = await versionOf(store);
    if (version > migrations.length) {
      throw new Error(`The database is of version ${version}, newer than this service`);
    }
    const text = migrations[version];
    if (text === undefined) return;
    await step(store, text, version + 1);
  }
}

/** Another process may have made the step while this one waited for the lock: then it is nothing. */
async function step(store: Store, text: string, version: number): Promise<void> {
  await store
    .exec(
      `SELECT pg_advisory_xact_lock(${lockNumber});
       INSERT INTO schema_version (version) VALUES (${version});
       ${text}`,
    )
    .catch(async (error: unknown) => {
      if ((await versionOf(store)) < version) throw error;
    });
}

async function versionOf(store: Store): Promise<number> {
  const { rows } = (await store.db.execute(
    sql`SELECT coalesce(max(version), 0)::integer AS version FROM schema_version`,
  )) as { readonly rows: unknown };
  return Versions.parse(rows)[0]?.version ?? 0;
}

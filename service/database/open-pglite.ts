import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import type { Store } from '../store.ts';

/**
 * Opens Postgres inside this process: seconds at the first opening of a folder, and some hundreds of
 * megabytes while it is open.
 * @param folder made where it is missing; null: in memory
 */
export async function openPglite(folder: string | null): Promise<Store> {
  const client = folder === null ? await PGlite.create() : await PGlite.create(folder);
  return {
    db: drizzle(client),
    async exec(sql) {
      await client.exec(sql);
    },
    close: () => client.close(),
  };
}

import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Store } from '../store.ts';

/**
 * Opens a pool of connections; the first query connects.
 * @param url `postgres://…`, or `socket:…` for one on this machine
 * @param fault told when a connection that rests breaks; the pool makes another
 */
export function openPostgres(
  url: string,
  fault: (message: string, cause: unknown) => void,
  mostConnections = 10,
): Store {
  const pool = new pg.Pool({ connectionString: url, max: mostConnections });
  pool.on('error', (cause) => fault('A connection to the database broke', cause));
  return {
    db: drizzle(pool),
    async exec(sql) {
      // One simple query of several statements is one transaction.
      await pool.query(sql);
    },
    close: () => pool.end(),
  };
}

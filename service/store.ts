import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';

/** Queries, by drizzle: the same over Postgres and over PGlite. */
export type Queries = PgDatabase<PgQueryResultHKT>;

/** The service's database. */
export interface Store {
  readonly db: Queries;
  /** Runs a text of several statements, in one transaction. */
  readonly exec: (sql: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

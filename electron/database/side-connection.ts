import { rm } from 'node:fs/promises';
import Connection from 'libsql/promise';
import { type Query, type SqlValue, query } from '../database.ts';

/**
 * A connection whose work runs on a thread of libsql's own, so that what takes seconds (a copy, a
 * check) keeps no query waiting. A result's first row is computed there; further rows are not.
 */
export interface SideConnection {
  readonly exec: (sql: string) => Promise<void>;
  readonly all: <Row>(query: Query<Row>, ...values: readonly SqlValue[]) => Promise<Row[]>;
  /** For queries that always have a row: that is found wholly on the other thread. */
  readonly one: <Row>(query: Query<Row>) => Promise<Row>;
}

const patienceMilliseconds = 5000;

/** Opens the file for the time of the work. Errors are libsql's own, as SQLite names them. */
export async function besideTheRest<Result>(
  file: string,
  work: (connection: SideConnection) => Promise<Result>,
): Promise<Result> {
  const connection = new Connection(file, { timeout: patienceMilliseconds });
  async function all<Row>({ sql }: Query<Row>, ...values: readonly SqlValue[]): Promise<Row[]> {
    const statement = (await connection.prepare(sql)) as {
      readonly all: (values: readonly SqlValue[]) => Promise<unknown[]>;
    };
    return (await statement.all(values)) as Row[];
  }
  try {
    return await work({
      exec: async (sql) => {
        await connection.exec(sql);
      },
      all,
      async one<Row>({ sql }: Query<Row>) {
        await connection.exec(
          `DROP TABLE IF EXISTS temp.answer; CREATE TEMP TABLE answer AS ${sql}`,
        );
        const [row] = await all(query<Row>('SELECT * FROM temp.answer'));
        if (row === undefined) throw new Error(`No row came of ${sql}`);
        return row;
      },
    });
  } finally {
    connection.close();
  }
}

/**
 * Removes a database and the logs beside it, such as a killed process leaves: beside another file of
 * the name SQLite would take them for that one's, and play them into it.
 */
export async function removeDatabase(file: string): Promise<void> {
  for (const ending of ['-journal', '-wal', '-shm', '']) await rm(file + ending, { force: true });
}

/** A text as SQL, for statements that take no bound values. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

import Connection from 'libsql';
import { RefrainError } from '../../shared/errors.ts';
import { type Database, type Query, type SqlValue, query } from '../database.ts';

/** What is told of an open connection beside its answers. */
export interface ConnectionEvents {
  /** A query found the file damaged; it throws `damaged`. Told once. */
  readonly damaged: () => void;
  readonly closed: (isWhole: boolean) => void;
}

/**
 * The one place that touches libsql, which ends the whole process when it is bound a boolean or a
 * missing name, cuts a text at a zero byte, and takes a lone object for names: hence values by
 * position only, and texts without zero bytes.
 */
export function asDatabase(
  connection: Connection.Database,
  { damaged, closed }: ConnectionEvents,
): Database {
  const statements = new Map<string, Connection.Statement>();
  let isWhole = true;

  function watched<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      if (isWhole && tellsOfDamage(error)) {
        isWhole = false;
        damaged();
      }
      throw asRefrainError(error);
    }
  }

  function prepared(sql: string): Connection.Statement {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = connection.prepare(sql);
    statements.set(sql, statement);
    return statement;
  }

  function all<Row>({ sql }: Query<Row>, ...values: readonly SqlValue[]): Row[] {
    return watched(() => prepared(sql).all(bound(values)) as Row[]);
  }

  return {
    all,
    // Not libsql's get(), which adds a field of its own to the row.
    first: (query, ...values) => all(query, ...values)[0],
    ids(sql, ...values) {
      const list = query<{ list: string }>(`SELECT json_group_array(id) AS list FROM (${sql})`);
      return Uint32Array.from(JSON.parse(all(list, ...values)[0]?.list ?? '[]') as number[]);
    },
    run(sql, ...values) {
      const { changes, lastInsertRowid } = watched(() => prepared(sql).run(bound(values)));
      return { changes, lastId: Number(lastInsertRowid) };
    },
    transaction: (work) =>
      connection.inTransaction ? work() : watched(() => connection.transaction(work).immediate()),
    close() {
      statements.clear();
      // libsql lets go of the file only when the statements are collected as garbage: the log is
      // emptied here, so that the file is whole whenever that is. What is damaged is left alone.
      if (isWhole) connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      connection.close();
      closed(isWhole);
    },
  };
}

export function asRefrainError(error: unknown): unknown {
  return tellsOfDamage(error)
    ? new RefrainError('damaged', 'The database file can’t be read', { cause: error })
    : error;
}

function tellsOfDamage(error: unknown): boolean {
  if (!(error instanceof Connection.SqliteError)) return false;
  return error.code.startsWith('SQLITE_CORRUPT') || error.code === 'SQLITE_NOTADB';
}

function bound(values: readonly SqlValue[]): readonly SqlValue[] {
  return values.map((value) => {
    if (value instanceof Uint8Array) return Buffer.from(value);
    return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '') : value;
  });
}

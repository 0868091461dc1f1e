/** What SQLite takes and gives. Booleans are 0 and 1; a blob comes back as an ArrayBuffer. */
export type SqlValue = string | number | null | Uint8Array;

/** The library's database as the features see it. Every call is synchronous. */
export interface Database {
  readonly all: <Row>(query: Query<Row>, ...values: readonly SqlValue[]) => Row[];
  readonly first: <Row>(query: Query<Row>, ...values: readonly SqlValue[]) => Row | undefined;
  /** Runs a query of one column `id`: long lists of ids come back thrice as fast as by `all`. */
  readonly ids: (sql: string, ...values: readonly SqlValue[]) => Uint32Array;
  readonly run: (
    sql: string,
    ...values: readonly SqlValue[]
  ) => { readonly changes: number; readonly lastId: number };
  /** All of `work` happens or nothing does. Inside another transaction it is part of that one. */
  readonly transaction: <Result>(work: () => Result) => Result;
  /** Lets go of the profile. Nothing may be asked afterwards. */
  readonly close: () => void;
}

export interface Query<Row> {
  readonly sql: string;
  /** Carries a type only; there is never a value. */
  readonly row?: readonly [Row];
}

/** Says beside the SQL what a row of it looks like. Nothing checks it: the schema is our own. */
export function query<Row>(sql: string): Query<Row> {
  return { sql };
}

/** For `json_each(?)`: a list as one bound value, however long. */
export function listValue(values: readonly (number | string)[] | Uint32Array): string {
  return JSON.stringify(values instanceof Uint32Array ? Array.from(values) : values);
}

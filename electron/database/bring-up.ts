import type Connection from 'libsql';

/** How many of its texts a database has behind it. */
export function versionOf(connection: Connection.Database): number {
  // libsql's own pragma() answers with the whole row, whatever it is asked.
  const [row] = connection.prepare('PRAGMA user_version').all() as { user_version: number }[];
  return row?.user_version ?? 0;
}

/**
 * Runs the texts that a database doesn't have yet, each whole or not at all.
 * @param texts one SQL text per version, from version 1 on
 */
export function bringUp(
  connection: Connection.Database,
  texts: readonly string[],
  version: number,
): void {
  for (const [step, sql] of texts.slice(version).entries()) {
    connection
      .transaction(() => {
        connection.exec(sql);
        connection.exec(`PRAGMA user_version = ${version + step + 1}`);
      })
      .immediate();
  }
}

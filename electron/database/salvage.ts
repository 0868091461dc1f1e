import { copyFile } from 'node:fs/promises';
import { mostCrossfadeSeconds } from '../../shared/sound-limits.ts';
import { query } from '../database.ts';
import { expectWhole } from './content.ts';
import { type SideConnection, besideTheRest, removeDatabase, sqlText } from './side-connection.ts';

/**
 * Adds to a copy what the listener made since and a damaged library still tells. Each kind is taken
 * whole or not at all, and the copy stays as it was when it would not be whole afterwards.
 * @param damaged path of the library; it is only read
 * @param copy path of a copy of its past
 */
export async function salvage(damaged: string, copy: string): Promise<void> {
  // SQLite tidies up what it opens, and the damaged one has to stay as it is.
  const readable = `${copy}.damaged`;
  const trial = `${copy}.trial`;
  try {
    await removeDatabase(readable);
    await removeDatabase(trial);
    await copyFile(damaged, readable);
    await copyFile(`${damaged}-wal`, `${readable}-wal`).catch(() => undefined);
    await copyFile(copy, trial);
    await besideTheRest(trial, async (connection) => {
      await connection.exec(`ATTACH ${sqlText(readable)} AS damaged`);
      for (const take of takings) await takeWhole(connection, take);
      await connection.exec('DETACH damaged');
      await expectWhole(connection);
    });
    await copyFile(trial, copy);
  } catch {
    // What can't be read can't be saved: the copy goes without it.
  } finally {
    await removeDatabase(readable);
    await removeDatabase(trial);
  }
}

/** Rows of the listener's, judged one by one: bytes that were damaged may look like anything. */
const takings: readonly ((connection: SideConnection) => Promise<string>)[] = [
  async (connection) =>
    insert(connection, 'likes', `track_id IN (SELECT id FROM main.tracks) AND ${isTime('at')}`),
  async (connection) =>
    insert(
      connection,
      'ratings',
      `track_id IN (SELECT id FROM main.tracks) AND ${isTime('at')} AND stars IN (1, 2, 3, 4, 5)`,
    ),
  async (connection) =>
    insert(
      connection,
      'track_loops',
      `track_id IN (SELECT id FROM main.tracks) AND ${isTime('at')}
        AND typeof(start_seconds) = 'real' AND typeof(end_seconds) = 'real'
        AND start_seconds >= 0 AND end_seconds > start_seconds`,
    ),
  async (connection) =>
    insert(
      connection,
      'pair_joins',
      `first_id IN (SELECT id FROM main.tracks) AND second_id IN (SELECT id FROM main.tracks)
        AND ${isTime('at')} AND typeof(crossfade_seconds) = 'real'
        AND crossfade_seconds BETWEEN 0 AND ${mostCrossfadeSeconds}`,
    ),
  async (connection) =>
    insert(connection, 'plays', `track_id IN (SELECT id FROM main.tracks) AND ${isTime('at')}`),
  // All playlists or none: half of one would look as if the listener had made it so.
  async (connection) =>
    `DELETE FROM main.playlist_items; DELETE FROM main.playlists;
    ${await insert(connection, 'playlists', `typeof(name) = 'text'`)};
    ${await insert(
      connection,
      'playlist_items',
      `track_id IN (SELECT id FROM main.tracks) AND playlist_id IN (SELECT id FROM main.playlists)`,
    )}`,
  async (connection) =>
    `DELETE FROM main.session_state; ${await insert(connection, 'session_state', '1')}`,
];

function isTime(column: string): string {
  return `(typeof(${column}) = 'integer' AND ${column} BETWEEN 0 AND 9e12)`;
}

async function takeWhole(
  connection: SideConnection,
  take: (connection: SideConnection) => Promise<string>,
): Promise<void> {
  try {
    await connection.exec(`BEGIN; ${await take(connection)}; COMMIT`);
  } catch {
    await connection.exec('ROLLBACK').catch(() => undefined);
  }
}

/** The columns that both know: the copy may be of an older version. */
async function insert(connection: SideConnection, table: string, where: string): Promise<string> {
  const { columns } = await connection.one(
    query<{ columns: string | null }>(`SELECT group_concat(name) AS columns FROM (
      SELECT name FROM pragma_table_info('${table}', 'main')
      INTERSECT SELECT name FROM pragma_table_info('${table}', 'damaged'))`),
  );
  if (columns === null) return '';
  return `INSERT OR REPLACE INTO main.${table} (${columns})
    SELECT ${columns} FROM damaged.${table} WHERE ${where}`;
}

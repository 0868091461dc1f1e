import type { PlaylistDifference, RestorePreview } from '../../shared/snapshots.ts';
import { query } from '../database.ts';
import { type SideConnection, besideTheRest, sqlText } from './side-connection.ts';

/**
 * What of the present library would be otherwise if the copy took its place. Rows are the same by
 * their ids, which no library ever gives twice.
 * @param present path of the library; it may be in use
 * @param copy path of the copy
 */
export async function previewRestore(present: string, copy: string): Promise<RestorePreview> {
  return besideTheRest(present, async (connection) => {
    await connection.exec(`ATTACH ${sqlText(copy)} AS kept`);
    for (const table of youngerTables) await connection.exec(await tableThen(connection, table));
    const { preview } = await connection.one(rowDifferences);
    const { playlists } = await connection.one(playlistDifferences);
    await connection.exec('DETACH kept');
    return {
      ...(JSON.parse(preview) as Omit<RestorePreview, 'playlists'>),
      playlists: JSON.parse(playlists) as PlaylistDifference[],
    };
  });
}

/** Of these the oldest copies know nothing. */
const youngerTables = ['ratings', 'track_loops', 'pair_joins'] as const;

/** The table as the copy has it, under its name with `_then`. */
async function tableThen(
  connection: SideConnection,
  table: (typeof youngerTables)[number],
): Promise<string> {
  const found = await connection.all(
    query(`SELECT 1 FROM kept.sqlite_master WHERE name = '${table}' AND type = 'table'`),
  );
  const rows = found.length > 0 ? `kept.${table}` : `main.${table} WHERE 0`;
  return `CREATE TEMP TABLE ${table}_then AS SELECT * FROM ${rows}`;
}

const loopKey = 'track_id, start_seconds, end_seconds';
const joinKey = 'first_id, second_id, crossfade_seconds';

const rowDifferences = query<{ preview: string }>(`SELECT json_object(
  'tracks', json_object(
    'gained', ${rowsBeyond(shown('kept'), shown('main'), 'id')},
    'lost', ${rowsBeyond(shown('main'), shown('kept'), 'id')}),
  'likes', json_object(
    'gained', ${rowsBeyond('kept.likes', 'main.likes', 'track_id')},
    'lost', ${rowsBeyond('main.likes', 'kept.likes', 'track_id')}),
  'ratings', json_object(
    'gained', ${rowsBeyond('ratings_then', 'main.ratings', 'track_id, stars')},
    'lost', ${rowsBeyond('main.ratings', 'ratings_then', 'track_id, stars')}),
  'loops', json_object(
    'gained', ${rowsBeyond('track_loops_then', 'main.track_loops', loopKey)},
    'lost', ${rowsBeyond('main.track_loops', 'track_loops_then', loopKey)}),
  'joins', json_object(
    'gained', ${rowsBeyond('pair_joins_then', 'main.pair_joins', joinKey)},
    'lost', ${rowsBeyond('main.pair_joins', 'pair_joins_then', joinKey)}),
  'plays', json_object(
    'gained', ${rowsBeyond('kept.plays', 'main.plays', 'id')},
    'lost', ${rowsBeyond('main.plays', 'kept.plays', 'id')})
) AS preview`);

/** How many rows the one has and the other has not. */
function rowsBeyond(one: string, other: string, key: string): string {
  return `(SELECT count(*) FROM ${one} WHERE (${key}) NOT IN (SELECT ${key} FROM ${other}))`;
}

function shown(schema: string): string {
  return `(SELECT id FROM ${schema}.tracks WHERE state <> 'removed')`;
}

/** By name as it is called afterwards; one whose tracks, order and name are the same is left out. */
const playlistDifferences = query<{ playlists: string }>(`WITH
  now AS (${playlistsOf('main')}),
  past AS (${playlistsOf('kept')})
  SELECT json_group_array(json_object(
    'kind', kind, 'name', name, 'tracksNow', tracks_now, 'tracksThen', tracks_then
  ) ORDER BY name) AS playlists
  FROM (
    SELECT CASE WHEN now.id IS NULL THEN 'gained' WHEN past.id IS NULL THEN 'lost' ELSE 'changed' END
        AS kind,
      coalesce(past.name, now.name) AS name, now.tracks AS tracks_now, past.tracks AS tracks_then
    FROM now FULL JOIN past ON past.id = now.id
    WHERE now.name IS NOT past.name OR now.list IS NOT past.list)`);

function playlistsOf(schema: string): string {
  return `SELECT playlists.id, playlists.name, count(track_id) AS tracks,
      json_group_array(track_id ORDER BY position, playlist_items.id) AS list
    FROM ${schema}.playlists AS playlists
    LEFT JOIN ${schema}.playlist_items AS playlist_items ON playlist_id = playlists.id
    GROUP BY playlists.id`;
}

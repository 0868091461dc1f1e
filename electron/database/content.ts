import { z } from 'zod';
import { LibraryCounts } from '../../shared/snapshots.ts';
import { RefrainError } from '../../shared/errors.ts';
import { query } from '../database.ts';
import { refuseNewer } from './migrations.ts';
import type { SideConnection } from './side-connection.ts';

/** What a library's database holds, short enough to be kept beside a copy of it. */
export const Content = z.object({
  counts: LibraryCounts,
  /** Another one: something is not as it was. Where the music stands in a song is left out. */
  fingerprint: z.string().max(10_000_000),
});
export type Content = z.infer<typeof Content>;

type ContentRow = LibraryCounts & { readonly fingerprint: string };

const tables = query<{ names: string }>(
  `SELECT json_group_array(name) AS names FROM sqlite_master WHERE type = 'table'`,
);

export async function contentOf(connection: SideConnection): Promise<Content> {
  const { names } = await connection.one(tables);
  const { fingerprint, ...counts } = await connection.one(
    contentQuery(new Set(JSON.parse(names) as string[])),
  );
  return { counts, fingerprint };
}

/** @throws RefrainError `damaged`; `newer_database` */
export async function expectWhole(connection: SideConnection): Promise<void> {
  const { version } = await connection.one(userVersion);
  refuseNewer(version);
  const { found } = await connection.one(quickCheck);
  const broken = await connection.one(brokenReferences);
  if (found === 'ok' && broken.count === 0) return;
  throw new RefrainError('damaged', `A copy of the library is damaged: ${found}`);
}

const userVersion = query<{ version: number }>(
  'SELECT user_version AS version FROM pragma_user_version',
);
const quickCheck = query<{ found: string }>(
  "SELECT quick_check AS found FROM pragma_quick_check(1, 'main')",
);
const brokenReferences = query<{ count: number }>(
  "SELECT count(*) AS count FROM pragma_foreign_key_check WHERE schema = 'main'",
);

/** @param tables by name: some are younger than the oldest copies */
function contentQuery(tables: ReadonlySet<string>) {
  const rowsOf = (table: string, columns: readonly string[]) =>
    tables.has(table)
      ? table
      : `(SELECT ${columns.map((column) => `0 AS ${column}`).join(', ')} WHERE 0)`;
  const ratings = rowsOf('ratings', ['track_id', 'stars', 'at']);
  const loops = rowsOf('track_loops', ['track_id', 'at']);
  const joins = rowsOf('pair_joins', ['first_id', 'second_id', 'at']);
  return query<ContentRow>(`SELECT
    (SELECT count(*) FROM tracks WHERE state <> 'removed') AS tracks,
    (SELECT count(*) FROM likes) AS likes,
    (SELECT count(*) FROM ${ratings}) AS ratings,
    (SELECT count(*) FROM plays) AS plays,
    (SELECT count(*) FROM playlists) AS playlists,
    json_array(
      (SELECT json_array(count(*), max(id), sum(size % 1000003), sum(modified % 1000003),
        sum(state <> 'here')) FROM tracks),
      (SELECT json_array(count(*), sum(track_id), max(at)) FROM likes),
      (SELECT json_array(count(*), sum(track_id * stars), max(at)) FROM ${ratings}),
      (SELECT json_array(count(*), sum(track_id), max(at)) FROM ${loops}),
      (SELECT json_array(count(*), total(first_id * second_id), max(at)) FROM ${joins}),
      (SELECT json_array(count(*), max(id)) FROM plays),
      (SELECT json_group_array(id || name) FROM playlists),
      (SELECT json_array(count(*), max(id), total(track_id * position)) FROM playlist_items),
      (SELECT json_group_array(path || removed) FROM sources)
    ) AS fingerprint`);
}

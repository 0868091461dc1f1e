import type { PlaylistItems } from '../../shared/playlist.ts';
import type { Id } from '../../shared/track.ts';
import { type Database, listValue, query } from '../database.ts';

/**
 * The places of a playlist. `position` orders them and has gaps: a move writes the items that move,
 * not those between. When a gap is used up the positions are dealt anew.
 */
interface ItemRow {
  readonly id: Id;
  readonly track: Id;
  readonly position: number;
}

const gap = 1024;
const smallestGap = 1e-3;

const itemRows = query<ItemRow>(
  `SELECT id, track_id AS track, position FROM playlist_items
  WHERE playlist_id = ? ORDER BY position, id`,
);
const lastPosition = query<{ position: number }>(
  `SELECT coalesce(max(position), 0) AS position FROM playlist_items WHERE playlist_id = ?`,
);

export function itemsOf(db: Database, playlist: Id): PlaylistItems {
  const rows = db.all(itemRows, playlist);
  return {
    itemIds: Uint32Array.from(rows, ({ id }) => id),
    trackIds: Uint32Array.from(rows, ({ track }) => track),
  };
}

/** @returns how many were added: ids that are no tracks are left out */
export function addItems(db: Database, playlist: Id, tracks: Uint32Array): number {
  return db.run(
    `INSERT INTO playlist_items (playlist_id, track_id, position)
    SELECT ?1, tracks.id, ?2 + (wanted.key + 1) * ${gap}
    FROM json_each(?3) AS wanted JOIN tracks ON tracks.id = wanted.value ORDER BY wanted.key`,
    playlist,
    db.first(lastPosition, playlist)?.position ?? 0,
    listValue(tracks),
  ).changes;
}

/** @returns how many items moved; 0 when the order is the same afterwards */
export function moveItems(
  db: Database,
  playlist: Id,
  itemIds: readonly Id[],
  before: Id | null,
): number {
  const rows = db.all(itemRows, playlist);
  const wanted = new Set(itemIds);
  const moving = rows.filter(({ id }) => wanted.has(id));
  const staying = rows.filter(({ id }) => !wanted.has(id));
  const at = placeBefore(rows, staying, wanted, before);
  const moved = [...staying.slice(0, at), ...moving, ...staying.slice(at)];
  if (moving.length === 0 || moved.every(({ id }, index) => id === rows[index]?.id)) return 0;

  const low = staying[at - 1]?.position ?? (staying[at]?.position ?? 0) - gap * (moving.length + 1);
  const high = staying[at]?.position ?? low + gap * (moving.length + 1);
  const step = (high - low) / (moving.length + 1);
  if (step < smallestGap) {
    setPositions(db, moved, gap, gap);
  } else {
    setPositions(db, moving, low + step, step);
  }
  return moving.length;
}

/** Makes a playlist's items exactly these. */
export function writeItems(db: Database, playlist: Id, { itemIds, trackIds }: PlaylistItems): void {
  db.run('DELETE FROM playlist_items WHERE playlist_id = ?', playlist);
  const pairs = Array.from(itemIds, (id, index) => [id, trackIds[index]]);
  // A track that went for good since, having been in no playlist, has no row to stand for.
  db.run(
    `INSERT INTO playlist_items (id, playlist_id, track_id, position)
    SELECT value ->> 0, ?1, tracks.id, (key + 1) * ${gap}
    FROM json_each(?2) JOIN tracks ON tracks.id = value ->> 1`,
    playlist,
    JSON.stringify(pairs),
  );
}

/** The place among those that stay which the moving ones go in front of. */
function placeBefore(
  rows: readonly ItemRow[],
  staying: readonly ItemRow[],
  moving: ReadonlySet<Id>,
  before: Id | null,
): number {
  const from = rows.findIndex(({ id }) => id === before);
  const target = from < 0 ? undefined : rows.slice(from).find(({ id }) => !moving.has(id));
  return target === undefined ? staying.length : staying.indexOf(target);
}

function setPositions(db: Database, rows: readonly ItemRow[], first: number, step: number): void {
  db.run(
    `UPDATE playlist_items SET position = ?1 + key * ?2
    FROM json_each(?3) AS moved WHERE playlist_items.id = moved.value`,
    first,
    step,
    listValue(rows.map(({ id }) => id)),
  );
}

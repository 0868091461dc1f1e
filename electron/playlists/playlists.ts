import type { UndoStep } from '../../shared/contract.ts';
import { RefrainError } from '../../shared/errors.ts';
import type { Playlist, PlaylistItems } from '../../shared/playlist.ts';
import type { Id, TrackList } from '../../shared/track.ts';
import { type Database, listValue, query } from '../database.ts';

/** The listener's playlists. Every change answers with what takes it back exactly. */
export interface Playlists {
  readonly all: () => readonly Playlist[];
  /** @throws RefrainError `not_found` */
  readonly items: (id: Id) => PlaylistItems;
  readonly create: (name: string, tracks: TrackList | null) => PlaylistChange;
  readonly rename: (id: Id, name: string) => PlaylistChange;
  readonly remove: (id: Id) => PlaylistChange;
  readonly duplicate: (id: Id) => PlaylistChange;
  readonly add: (id: Id, tracks: TrackList) => PlaylistChange;
  readonly removeItems: (id: Id, itemIds: readonly Id[]) => PlaylistChange;
  /** Puts the items, in their present order, in front of `before`; null: at the end. */
  readonly moveItems: (id: Id, itemIds: readonly Id[], before: Id | null) => PlaylistChange;
  /** Puts one playlist back as it was: the same id, name, items and item ids. */
  readonly restore: (before: PlaylistBefore) => void;
}

export interface PlaylistChange {
  readonly id: Id;
  readonly step: UndoStep;
  readonly before: PlaylistBefore;
}

/** A playlist as it was; `name` null: it was not there. */
export interface PlaylistBefore extends PlaylistItems {
  readonly id: Id;
  readonly name: string | null;
}

/** A playlist longer than this is refused: no hand made it, and all of it crosses to the window. */
const mostItems = 1_000_000;

const summaries = query<{ id: Id; name: string; tracks: number; seconds: number; covers: string }>(`
  SELECT playlists.id, playlists.name, count(tracks.id) AS tracks,
    coalesce(sum(tracks.seconds), 0) AS seconds,
    (SELECT json_group_array(cover) FROM (
      SELECT tracks.cover FROM playlist_items JOIN tracks ON tracks.id = track_id
      WHERE playlist_id = playlists.id AND tracks.cover IS NOT NULL
      GROUP BY tracks.cover ORDER BY min(position) LIMIT 4
    )) AS covers
  FROM playlists
    LEFT JOIN playlist_items ON playlist_id = playlists.id
    LEFT JOIN tracks ON tracks.id = track_id
  GROUP BY playlists.id ORDER BY playlists.id`);
const nameOf = query<{ name: string }>('SELECT name FROM playlists WHERE id = ?');
const lastPosition = query<{ position: number }>(
  'SELECT coalesce(max(position), 0) AS position FROM playlist_items WHERE playlist_id = ?',
);

/** @param trackIds the tracks that a list names, in its order */
export function createPlaylists(
  database: Database,
  trackIds: (list: TrackList) => Uint32Array,
  changed: (playlists: readonly Playlist[]) => void,
): Playlists {
  function all(): readonly Playlist[] {
    return database
      .all(summaries)
      .map((row) => ({ ...row, covers: JSON.parse(row.covers) as string[] }));
  }

  function nameOrRefuse(id: Id): string {
    const row = database.first(nameOf, id);
    if (row === undefined) throw new RefrainError('not_found', `There is no playlist ${id}`);
    return row.name;
  }

  function items(id: Id): PlaylistItems {
    nameOrRefuse(id);
    const ordered = `FROM playlist_items WHERE playlist_id = ? ORDER BY position, id`;
    return {
      itemIds: database.ids(`SELECT id ${ordered}`, id),
      trackIds: database.ids(`SELECT track_id AS id ${ordered}`, id),
    };
  }

  /** "Evening" gives "Evening 2", that gives "Evening 3". */
  function freeName(name: string): string {
    const taken = new Set(all().map((playlist) => playlist.name));
    const stem = name.replace(/ \d{1,6}$/, '');
    let number = 2;
    while (taken.has(`${stem} ${number}`)) number += 1;
    return `${stem} ${number}`;
  }

  /** Makes one change in a transaction and tells; `kind` and `count` are for the offer of undo. */
  function change(
    id: Id,
    kind: UndoStep['kind'],
    work: (before: PlaylistItems, name: string) => number,
  ): PlaylistChange {
    const made = database.transaction(() => {
      const name = nameOrRefuse(id);
      const before = items(id);
      return {
        id,
        step: { kind, count: work(before, name), name },
        before: { id, name, ...before },
      };
    });
    changed(all());
    return made;
  }

  function make(kind: UndoStep['kind'], name: string, content: () => Uint32Array): PlaylistChange {
    const made = database.transaction(() => {
      const id = database.run('INSERT INTO playlists (name) VALUES (?)', name).lastId;
      return { id, count: append(id, content()) };
    });
    changed(all());
    return {
      id: made.id,
      step: { kind, count: made.count, name },
      before: { id: made.id, name: null, itemIds: new Uint32Array(), trackIds: new Uint32Array() },
    };
  }

  function append(id: Id, content: Uint32Array): number {
    const last = database.first(lastPosition, id)?.position ?? 0;
    const there = items(id).itemIds.length;
    if (there + content.length > mostItems) {
      throw new RefrainError('invalid', `A playlist holds at most ${mostItems} tracks`);
    }
    // Only what the library has: an id may have gone while the request was on its way.
    return database.run(
      `INSERT INTO playlist_items (playlist_id, track_id, position)
       SELECT ?, tracks.id, ? + 1 + listed.key FROM json_each(?) AS listed
         JOIN tracks ON tracks.id = listed.value ORDER BY listed.key`,
      id,
      last,
      listValue(content),
    ).changes;
  }

  function writeOrder(ordered: readonly number[]): void {
    database.run(
      `UPDATE playlist_items SET position = listed.key + 1 FROM json_each(?) AS listed
       WHERE playlist_items.id = listed.value`,
      listValue(ordered),
    );
  }

  return {
    all,
    items,
    create: (name, tracks) =>
      make('playlist_created', name, () =>
        tracks === null ? new Uint32Array() : trackIds(tracks),
      ),
    duplicate: (id) =>
      make('playlist_duplicated', freeName(nameOrRefuse(id)), () => items(id).trackIds),
    rename: (id, name) =>
      change(id, 'playlist_renamed', () => {
        database.run('UPDATE playlists SET name = ? WHERE id = ?', name, id);
        return 1;
      }),
    remove: (id) =>
      change(id, 'playlist_removed', (before) => {
        database.run('DELETE FROM playlists WHERE id = ?', id);
        return before.itemIds.length;
      }),
    add: (id, tracks) => change(id, 'playlist_added', () => append(id, trackIds(tracks))),
    removeItems: (id, itemIds) =>
      change(
        id,
        'playlist_items_removed',
        () =>
          database.run(
            `DELETE FROM playlist_items
           WHERE playlist_id = ? AND id IN (SELECT value FROM json_each(?))`,
            id,
            listValue(itemIds),
          ).changes,
      ),
    moveItems: (id, itemIds, beforeItem) =>
      change(id, 'playlist_items_moved', (before) => {
        const { order, moved } = moveInFrontOf([...before.itemIds], new Set(itemIds), beforeItem);
        writeOrder(order);
        return moved;
      }),
    restore({ id, name, itemIds, trackIds: tracks }) {
      database.transaction(() => {
        if (name === null) {
          database.run('DELETE FROM playlists WHERE id = ?', id);
          return;
        }
        database.run(
          `INSERT INTO playlists (id, name) VALUES (?, ?)
           ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
          id,
          name,
        );
        database.run('DELETE FROM playlist_items WHERE playlist_id = ?', id);
        database.run(
          `INSERT INTO playlist_items (id, playlist_id, track_id, position)
           SELECT item.value, ?, track.value, item.key + 1
           FROM json_each(?) AS item JOIN json_each(?) AS track ON track.key = item.key`,
          id,
          listValue(itemIds),
          listValue(tracks),
        );
      });
      changed(all());
    },
  };
}

/** An item to go in front of that is itself moved stands for the next one that is not. */
function moveInFrontOf(
  order: readonly Id[],
  moving: ReadonlySet<Id>,
  before: Id | null,
): { readonly order: readonly Id[]; readonly moved: number } {
  const moved = order.filter((id) => moving.has(id));
  const rest = order.filter((id) => !moving.has(id));
  const place = before === null ? -1 : order.indexOf(before);
  const next = place < 0 ? undefined : order.slice(place).find((id) => !moving.has(id));
  const at = next === undefined ? rest.length : rest.indexOf(next);
  return { order: [...rest.slice(0, at), ...moved, ...rest.slice(at)], moved: moved.length };
}

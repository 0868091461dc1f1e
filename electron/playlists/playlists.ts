import type { UndoStep } from '../../shared/contract.ts';
import { RefrainError } from '../../shared/errors.ts';
import type { Playlist, PlaylistItems } from '../../shared/playlist.ts';
import type { Id, TrackList } from '../../shared/track.ts';
import { type Database, listValue, query } from '../database.ts';
import { addItems, itemsOf, moveItems, writeItems } from './items.ts';

export interface PlaylistParts {
  readonly db: Database;
  readonly trackIds: (list: TrackList) => Uint32Array;
  readonly changed: (playlists: readonly Playlist[]) => void;
}

/** A playlist as it stood; `name` null: it was not there. */
export interface PlaylistBefore {
  readonly id: Id;
  readonly name: string | null;
  readonly items: PlaylistItems;
}

/** What a change was, and what `restore` needs to take it back. */
export interface PlaylistChange {
  readonly id: Id;
  readonly step: UndoStep;
  readonly before: PlaylistBefore;
}

/**
 * The listener's own lists. Every change answers with what takes it back, or with null when there was
 * nothing to change. All throw RefrainError `not_found` for a playlist that is not there.
 */
export function createPlaylists({ db, trackIds, changed }: PlaylistParts) {
  /** Does the work, tells of it, and answers with the playlist as it was before. */
  function change(
    id: Id,
    work: () => { readonly kind: UndoStep['kind']; readonly count: number },
  ): PlaylistChange | null {
    const done = db.transaction(() => {
      const before = snapshot(db, id);
      const { kind, count } = work();
      if (count === 0) return null;
      const name = before.name ?? nameOf(db, id);
      return { id, before, step: { kind, count, name } };
    });
    if (done !== null) changed(all(db));
    return done;
  }

  function create(
    kind: UndoStep['kind'],
    name: string,
    items: Uint32Array,
  ): PlaylistChange & { readonly id: Id } {
    const created = db.transaction(() => {
      const id = db.run('INSERT INTO playlists (name) VALUES (?)', name).lastId;
      addItems(db, id, items);
      const before = { id, name: null, items: noItems };
      return { id, before, step: { kind, count: items.length, name } };
    });
    changed(all(db));
    return created;
  }

  return {
    all: () => all(db),

    items(id: Id): PlaylistItems {
      nameOf(db, id);
      return itemsOf(db, id);
    },

    create: (name: string, tracks: TrackList | null) =>
      create('playlist_created', name, tracks === null ? new Uint32Array() : trackIds(tracks)),

    duplicate(id: Id) {
      const name = freeName(db, nameOf(db, id));
      return create('playlist_duplicated', name, itemsOf(db, id).trackIds);
    },

    rename: (id: Id, name: string) =>
      change(id, () => {
        const isNew = nameOf(db, id) !== name;
        if (isNew) db.run('UPDATE playlists SET name = ? WHERE id = ?', name, id);
        return { kind: 'playlist_renamed', count: isNew ? 1 : 0 };
      }),

    remove: (id: Id) =>
      change(id, () => {
        nameOf(db, id);
        db.run('DELETE FROM playlists WHERE id = ?', id);
        return { kind: 'playlist_removed', count: 1 };
      }),

    /** Tracks are added at the end, in their order; one that is there already is added again. */
    add: (id: Id, tracks: TrackList) =>
      change(id, () => {
        nameOf(db, id);
        return { kind: 'playlist_added', count: addItems(db, id, trackIds(tracks)) };
      }),

    removeItems: (id: Id, itemIds: readonly Id[]) =>
      change(id, () => {
        nameOf(db, id);
        const { changes } = db.run(
          `DELETE FROM playlist_items
          WHERE playlist_id = ? AND id IN (SELECT value FROM json_each(?))`,
          id,
          listValue(itemIds),
        );
        return { kind: 'playlist_items_removed', count: changes };
      }),

    /**
     * Puts the items, in their present order, in front of the item `before`; null: at the end. Of a
     * `before` that moves itself the next one that stays is meant.
     */
    moveItems: (id: Id, itemIds: readonly Id[], before: Id | null) =>
      change(id, () => {
        nameOf(db, id);
        return { kind: 'playlist_items_moved', count: moveItems(db, id, itemIds, before) };
      }),

    /** Puts a playlist back exactly: its id, its name, and its items with their ids. */
    restore({ id, name, items }: PlaylistBefore): void {
      db.transaction(() => {
        if (name === null) {
          db.run('DELETE FROM playlists WHERE id = ?', id);
          return;
        }
        db.run(
          `INSERT INTO playlists (id, name) VALUES (?, ?)
          ON CONFLICT (id) DO UPDATE SET name = excluded.name`,
          id,
          name,
        );
        writeItems(db, id, items);
      });
      changed(all(db));
    },
  };
}

const noItems: PlaylistItems = { itemIds: new Uint32Array(), trackIds: new Uint32Array() };

const playlistRows = query<Omit<Playlist, 'covers'>>(
  `SELECT playlists.id, playlists.name, count(tracks.id) AS tracks,
    coalesce(sum(tracks.seconds), 0) AS seconds
  FROM playlists
  LEFT JOIN playlist_items ON playlist_items.playlist_id = playlists.id
  LEFT JOIN tracks ON tracks.id = playlist_items.track_id
  GROUP BY playlists.id ORDER BY playlists.id`,
);
const playlistCovers = query<{ cover: string }>(
  `SELECT DISTINCT cover FROM playlist_items JOIN tracks ON tracks.id = track_id
  WHERE playlist_id = ? AND cover IS NOT NULL ORDER BY position LIMIT 4`,
);
const playlistName = query<{ name: string }>('SELECT name FROM playlists WHERE id = ?');
const namesTaken = query<{ name: string }>('SELECT name FROM playlists');

/** In the order in which they were made. */
function all(db: Database): Playlist[] {
  return db.all(playlistRows).map((row) => ({
    ...row,
    covers: db.all(playlistCovers, row.id).map(({ cover }) => cover),
  }));
}

function nameOf(db: Database, id: Id): string {
  const row = db.first(playlistName, id);
  if (row === undefined) throw new RefrainError('not_found', 'There is no such playlist');
  return row.name;
}

function snapshot(db: Database, id: Id): PlaylistBefore {
  return { id, name: nameOf(db, id), items: itemsOf(db, id) };
}

/** "Evening" → "Evening 2" → "Evening 3". */
function freeName(db: Database, name: string): string {
  const taken = new Set(db.all(namesTaken).map((row) => row.name));
  const stem = name.replace(/ \d{1,4}$/, '').slice(0, 190);
  for (let number = 2; ; number += 1) {
    const candidate = `${stem} ${number}`;
    if (!taken.has(candidate)) return candidate;
  }
}

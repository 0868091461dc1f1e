import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../../../electron/database.ts';
import { openDatabase } from '../../../../electron/database/open-database.ts';
import { type Playlists, createPlaylists } from '../../../../electron/playlists/playlists.ts';
import type { TrackList } from '../../../../shared/track.ts';

let folder: string;
let database: Database;
let playlists: Playlists;
const tracks = [1, 2, 3, 4, 5, 6, 7, 8, 9];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'refrain-playlists-'));
  database = openDatabase(join(folder, 'library.db'));
  addTracks(database);
  playlists = createPlaylists(database, idsOf, () => undefined);
});
afterEach(() => {
  database.close();
  rmSync(folder, { recursive: true });
});

/** One edit, by places; places wrap round what is there, so that any numbers make an edit. */
const edit = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), ids: fc.array(fc.constantFrom(...tracks)) }),
  fc.record({ kind: fc.constant('remove' as const), places: fc.array(fc.nat(30)) }),
  fc.record({
    kind: fc.constant('move' as const),
    places: fc.array(fc.nat(30)),
    before: fc.option(fc.nat(30), { nil: null }),
  }),
);

describe('playlists', () => {
  it('hold what a plain list would after any edits, and undo takes back exactly', () => {
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
        const { id } = playlists.create('Any', null);
        let model: { item: number; track: number }[] = [];
        const pick = (place: number): number => model[place % Math.max(1, model.length)]?.item ?? 0;

        for (const made of edits) {
          const before = read(id);
          const change = apply(id, made, pick);
          const after = read(id);
          model = modelAfter(made, model, pick, after);
          expect(after).toEqual(model);
          playlists.restore(change.before);
          expect(read(id)).toEqual(before);
          playlists.restore({ id, name: 'Any', ...columns(after) });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('come back whole after they were removed, and go when their making is undone', () => {
    const made = playlists.create('Évening', { from: 'tracks', ids: [3, 1, 3] });
    const before = read(made.id);
    const removed = playlists.remove(made.id);
    expect(playlists.all()).toEqual([]);
    playlists.restore(removed.before);
    expect(read(made.id)).toEqual(before);
    expect(playlists.all()).toMatchObject([{ name: 'Évening', tracks: 3, seconds: 300 }]);
    playlists.restore(made.before);
    expect(playlists.all()).toEqual([]);
  });

  it('are duplicated under a name that is free', () => {
    const { id } = playlists.create('Mix', { from: 'tracks', ids: [1, 2] });
    const second = playlists.duplicate(id);
    playlists.duplicate(second.id);
    expect(playlists.all().map(({ name }) => name)).toEqual(['Mix', 'Mix 2', 'Mix 3']);
    expect(columns(read(second.id)).trackIds).toEqual(columns(read(id)).trackIds);
  });

  it('refuse an id that is not there and leave out tracks that are not', () => {
    expect(() => playlists.items(99)).toThrow(expect.objectContaining({ code: 'not_found' }));
    expect(() => playlists.rename(99, 'x')).toThrow(expect.objectContaining({ code: 'not_found' }));
    const { id } = playlists.create('Some', { from: 'tracks', ids: [1, 4000, 2] });
    expect([...playlists.items(id).trackIds]).toEqual([1, 2]);
  });
});

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;
interface Item {
  readonly item: number;
  readonly track: number;
}

function apply(id: number, made: Edit, pick: (place: number) => number) {
  switch (made.kind) {
    case 'add':
      return playlists.add(id, { from: 'tracks', ids: made.ids });
    case 'remove':
      return playlists.removeItems(id, made.places.map(pick));
    case 'move':
      return playlists.moveItems(
        id,
        made.places.map(pick),
        made.before === null ? null : pick(made.before),
      );
  }
}

/** New items take their ids from `after`: which ids is the database's business. */
function modelAfter(
  made: Edit,
  model: readonly Item[],
  pick: (place: number) => number,
  after: readonly Item[],
): Item[] {
  switch (made.kind) {
    case 'add':
      return [
        ...model,
        ...made.ids.map((track, at) => ({ item: after[model.length + at]?.item ?? -1, track })),
      ];
    case 'remove': {
      const gone = new Set(made.places.map(pick));
      return model.filter(({ item }) => !gone.has(item));
    }
    case 'move': {
      const moving = new Set(made.places.map(pick));
      const moved = model.filter(({ item }) => moving.has(item));
      const target = made.before === null ? undefined : pick(made.before);
      const from = model.findIndex(({ item }) => item === target);
      const before = from < 0 ? [] : model.slice(0, from).filter(({ item }) => !moving.has(item));
      const rest = model.filter(({ item }) => !moving.has(item));
      return from < 0 ? [...rest, ...moved] : [...before, ...moved, ...rest.slice(before.length)];
    }
  }
}

function read(id: number): Item[] {
  const { itemIds, trackIds } = playlists.items(id);
  return [...itemIds].map((item, at) => ({ item, track: trackIds[at] ?? -1 }));
}

function columns(list: readonly Item[]) {
  return {
    itemIds: Uint32Array.from(list, ({ item }) => item),
    trackIds: Uint32Array.from(list, ({ track }) => track),
  };
}

function idsOf(list: TrackList): Uint32Array {
  return list.from === 'tracks' ? Uint32Array.from(list.ids) : new Uint32Array();
}

function addTracks(target: Database): void {
  target.run(`INSERT INTO sources (id, path, kind) VALUES (1, '/music', 'folder')`);
  target.run(`INSERT INTO artists (id, name, key, sort) VALUES (1, 'A', 'a', 'a')`);
  target.run(
    `INSERT INTO albums (id, title, title_key, title_sort, artist, artist_id, source_id, folder, credit)
     VALUES (1, 'B', 'b', 'b', 'A', 1, 1, '', 'tags')`,
  );
  for (const id of tracks) {
    target.run(
      `INSERT INTO tracks (id, source_id, folder, name, size, modified, format, title, title_sort,
         artist, artist_id, artist_sort, album_id, genre, seconds, added)
       VALUES (?, 1, '', ?, 1, 1, 'flac', 'T', 't', 'A', 1, 'a', 1, '', 100, 0)`,
      id,
      `${id}.flac`,
    );
  }
}

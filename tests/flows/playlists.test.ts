import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlaylistChange } from '../../electron/playlists/playlists.ts';
import type { Playlist } from '../../shared/playlist.ts';
import { allTracks, openTestLibrary, scanFolder, writeMusic } from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('playlists', () => {
  it('are made, named, filled and counted', async () => {
    const { playlists, tracks, events } = await library();
    const { id, step } = playlists.create('Morning', { from: 'tracks', ids: tracks.slice(0, 2) });
    expect(step).toEqual({ kind: 'playlist_created', count: 2, name: 'Morning' });
    expect(playlists.add(id, { from: 'all' })?.step).toMatchObject({ count: tracks.length });
    expect(playlists.rename(id, 'Early')?.step).toMatchObject({ kind: 'playlist_renamed' });
    const expected: Playlist[] = [
      { id, name: 'Early', tracks: 10, seconds: expect.closeTo(2, 5) as number, covers: [] },
    ];
    expect(playlists.all()).toEqual(expected);
    expect(events.at(-1)).toEqual({ name: 'playlists.changed', payload: expected });
  });

  it('are copied under the next free name', async () => {
    const { playlists, tracks } = await library();
    const { id } = playlists.create('Mix', { from: 'all' });
    const copies = [playlists.duplicate(id), playlists.duplicate(id)];
    expect(playlists.all().map(({ name }) => name)).toEqual(['Mix', 'Mix 2', 'Mix 3']);
    expect([...playlists.items(copies[1]?.id ?? 0).trackIds]).toEqual(tracks);
  });

  it('refuse what is not there, and call nothing a change that changes nothing', async () => {
    const { playlists, tracks } = await library();
    for (const call of [
      () => playlists.items(9),
      () => playlists.rename(9, 'x'),
      () => playlists.remove(9),
      () => playlists.duplicate(9),
      () => playlists.add(9, { from: 'all' }),
      () => playlists.removeItems(9, [1]),
      () => playlists.moveItems(9, [1], null),
    ]) {
      expect(call).toThrow('no such playlist');
    }
    const { id } = playlists.create('Mix', { from: 'tracks', ids: tracks });
    const [first = 0, second = 0] = playlists.items(id).itemIds;
    expect(playlists.rename(id, 'Mix')).toBeNull();
    expect(playlists.add(id, { from: 'tracks', ids: [999] })).toBeNull();
    expect(playlists.removeItems(id, [999])).toBeNull();
    expect(playlists.moveItems(id, [first], second)).toBeNull();
  });

  it('take any number of moves between the same two items', async () => {
    const { playlists, tracks } = await library();
    const { id } = playlists.create('Mix', { from: 'tracks', ids: tracks.slice(0, 3) });
    const [first = 0] = playlists.items(id).itemIds;
    for (let move = 0; move < 200; move += 1) {
      const order = [...playlists.items(id).itemIds].filter((item) => item !== first);
      const [, last = 0] = order;
      const [middle = 0] = order;
      playlists.moveItems(id, [last], middle);
      expect([...playlists.items(id).itemIds]).toEqual([first, last, middle]);
    }
  });

  it('do what a plain list would do, and every change can be taken back exactly', async () => {
    const { playlists, tracks } = await library();
    const place = fc.nat({ max: 30 });
    const places = fc.array(place, { maxLength: 6 });
    const operation = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), tracks: fc.array(place, { maxLength: 5 }) }),
      fc.record({ kind: fc.constant('remove' as const), items: places }),
      fc.record({ kind: fc.constant('move' as const), items: places, before: fc.option(place) }),
      fc.record({ kind: fc.constant('rename' as const), name: fc.string({ minLength: 1 }) }),
      fc.record({ kind: fc.constant('undo' as const) }),
    );
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 25 }), (operations) => {
        const { id, before: none } = playlists.create('Model', null);
        const undo: { readonly change: PlaylistChange; readonly back: Model }[] = [];
        let model: Model = { name: 'Model', items: [] };

        for (const doing of operations) {
          const back = model;
          let change: PlaylistChange | null = null;
          const itemAt = (index: number): number => model.items[index]?.item ?? 1_000_000 + index;
          switch (doing.kind) {
            case 'add': {
              const added = doing.tracks.map((index) => tracks[index % tracks.length] ?? 0);
              change = playlists.add(id, { from: 'tracks', ids: added });
              const ids = [...playlists.items(id).itemIds].slice(model.items.length);
              expect(ids).toHaveLength(added.length);
              const items = added.map((track, index) => ({ item: ids[index] ?? 0, track }));
              model = { ...model, items: [...model.items, ...items] };
              break;
            }
            case 'remove': {
              const gone = new Set(doing.items.map(itemAt));
              change = playlists.removeItems(id, [...gone]);
              model = { ...model, items: model.items.filter(({ item }) => !gone.has(item)) };
              break;
            }
            case 'move': {
              const moving = new Set(doing.items.map(itemAt));
              const before = doing.before === null ? null : itemAt(doing.before);
              change = playlists.moveItems(id, [...moving], before);
              model = { ...model, items: moved(model.items, moving, before) };
              break;
            }
            case 'rename':
              change = playlists.rename(id, doing.name);
              model = { ...model, name: doing.name };
              break;
            case 'undo': {
              const newest = undo.pop();
              if (newest === undefined) break;
              playlists.restore(newest.change.before);
              model = newest.back;
              break;
            }
          }
          if (change !== null) undo.push({ change, back });
          else if (doing.kind !== 'undo') expect(model).toEqual(back);
          expect(asModel(id)).toEqual(model);
        }
        playlists.restore(none);
        expect(playlists.all()).toEqual([]);
      }),
      { numRuns: 60 },
    );

    function asModel(id: number): Model {
      const { itemIds, trackIds } = playlists.items(id);
      const items = Array.from(itemIds, (item, index) => ({ item, track: trackIds[index] ?? 0 }));
      return { name: playlists.all().find((playlist) => playlist.id === id)?.name ?? '', items };
    }
  });

  it('come back whole after they were removed', async () => {
    const { playlists } = await library();
    const { id } = playlists.create('Dear', { from: 'all' });
    const before = playlists.items(id);
    const removed = playlists.remove(id);
    expect(playlists.all()).toEqual([]);
    playlists.create('Another', null);
    if (removed !== null) playlists.restore(removed.before);
    expect(playlists.items(id)).toEqual(before);
    expect(playlists.all().map(({ name }) => name)).toEqual(['Dear', 'Another']);
  });
});

interface Model {
  readonly name: string;
  readonly items: readonly { readonly item: number; readonly track: number }[];
}

function moved(
  items: Model['items'],
  moving: ReadonlySet<number>,
  before: number | null,
): Model['items'] {
  const from = items.findIndex(({ item }) => item === before);
  const target = from < 0 ? undefined : items.slice(from).find(({ item }) => !moving.has(item));
  const staying = items.filter(({ item }) => !moving.has(item));
  const at = target === undefined ? staying.length : staying.indexOf(target);
  const taken = items.filter(({ item }) => moving.has(item));
  return [...staying.slice(0, at), ...taken, ...staying.slice(at)];
}

async function library() {
  const folder = await temporaryFolder();
  await writeMusic(
    folder,
    Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`${n}.wav`, { title: `Track ${n}` }])),
  );
  const test = await openTestLibrary();
  await scanFolder(test, folder);
  return {
    playlists: test.playlists,
    events: test.events,
    tracks: allTracks(test).map(({ id }) => id),
  };
}

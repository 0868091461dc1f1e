import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  trackCalled,
  writeAt,
  writeMusic,
} from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('sources', () => {
  it('are folders that are there', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const { library } = await openTestLibrary();
    for (const path of [join(folder, 'missing'), join(folder, 'file'), 'a\0b']) {
      await expect(library.addFolder(path, { sample: false })).rejects.toMatchObject({
        code: 'not_found',
      });
    }
    expect(library.sources()).toEqual([]);
  });

  it('hold a folder once: one inside another is part of it, with its tracks as they were', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, {
      'inner/deep/1.wav': { title: 'One', album: 'A' },
      '2.wav': { title: 'Two' },
    });
    const test = await openTestLibrary();
    const inner = await scanFolder(test, join(folder, 'inner'));
    const { id } = trackCalled(test, 'One');
    test.library.setLiked([id], true);

    const outer = await scanFolder(test, folder);
    expect(test.library.sources()).toMatchObject([{ id: outer, path: folder, tracks: 2 }]);
    expect(trackCalled(test, 'One')).toMatchObject({ id, liked: true });
    expect(test.library.file(id)?.path).toBe(join(folder, 'inner/deep/1.wav'));
    expect(await scanFolder(test, join(folder, 'inner'))).toBe(outer);
    expect(inner).not.toBe(outer);
  });

  it('go with their tracks, but what the listener made of them waits for their return', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, {
      '1.wav': { title: 'Liked', album: 'A', artist: 'Ana' },
      '2.wav': { title: 'Listed', album: 'A', artist: 'Ana' },
      '3.wav': { title: 'Other', album: 'A', artist: 'Ana' },
    });
    const test = await openTestLibrary();
    const source = await scanFolder(test, folder);
    const liked = trackCalled(test, 'Liked').id;
    const listed = trackCalled(test, 'Listed').id;
    test.library.setLiked([liked], true);
    const playlist = test.playlists.create('Mine', { from: 'tracks', ids: [listed] }).id;

    await test.library.removeSource(source);
    expect(test.library.sources()).toEqual([]);
    expect(allTracks(test)).toEqual([]);
    expect(test.library.albumIds({ from: 'all', sort: 'title' })).toHaveLength(0);
    expect(test.library.artistIds()).toHaveLength(0);
    expect(test.library.search({ text: 'l', limit: 9 })).toMatchObject({ tracks: [], albums: [] });
    expect([...test.library.trackIds({ from: 'liked' })]).toEqual([liked]);
    expect(test.library.tracks([liked, listed])).toMatchObject([{ away: true }, { away: true }]);

    await scanFolder(test, folder);
    expect(allTracks(test)).toHaveLength(3);
    expect(trackCalled(test, 'Liked')).toMatchObject({ id: liked, liked: true, away: false });
    expect([...test.playlists.items(playlist).trackIds]).toEqual([listed]);
    expect(test.library.search({ text: 'liked', limit: 9 }).tracks).toHaveLength(1);
    await expect(test.library.removeSource(99)).rejects.toThrow('no such folder');
  });

  it('follow the sample music to where an update puts it', async () => {
    const place = await temporaryFolder();
    await writeMusic(join(place, 'v1'), { '1.wav': { title: 'Sample' } });
    const test = await openTestLibrary();
    const first = await test.library.addFolder(join(place, 'v1'), { sample: true });
    await test.library.scanEnded();
    const { id } = trackCalled(test, 'Sample');
    await rename(join(place, 'v1'), join(place, 'v2'));
    const second = await test.library.addFolder(join(place, 'v2'), { sample: true });
    await test.library.scanEnded();
    expect(second).toBe(first);
    expect(trackCalled(test, 'Sample')).toMatchObject({ id, away: false });
  });
});

describe('what is dropped or opened', () => {
  it('plays at once: files get rows, folders become sources, the rest is told', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, {
      'b.wav': { title: 'B' },
      'a.wav': { title: 'A' },
      'album/1.wav': { title: 'In a folder' },
    });
    await writeAt(folder, 'notes.txt', 'no music');
    const test = await openTestLibrary();
    const paths = ['b.wav', 'notes.txt', 'album', 'a.wav', 'missing.mp3'];
    const added = await test.library.addPaths(paths.map((path) => join(folder, path)));
    expect(test.library.tracks(added.trackIds).map(({ title }) => title)).toEqual(['B', 'A']);
    expect(added.rejected.map(({ reason }) => reason)).toEqual(['not_audio', 'unreadable']);
    await test.library.scanEnded();
    expect(test.library.sources()).toMatchObject([{ path: join(folder, 'album'), tracks: 1 }]);
    expect(allTracks(test).map(({ title }) => title)).toEqual(['A', 'B', 'In a folder']);
  });

  it('is the same track when it is opened again, from a source, or becomes part of one', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { 'music/1.wav': { title: 'One' } });
    const path = join(folder, 'music/1.wav');
    const test = await openTestLibrary();
    const first = await test.library.addPaths([path]);
    expect(await test.library.addPaths([path])).toMatchObject({ trackIds: first.trackIds });
    const source = await scanFolder(test, folder);
    expect(allTracks(test).map(({ id }) => id)).toEqual(first.trackIds);
    expect(test.library.folder({ source, path: 'music' }).trackIds).toHaveLength(1);
    expect(await test.library.addPaths([path])).toMatchObject({ trackIds: first.trackIds });
  });

  it('is looked after by scans like the rest', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'One' }, '2.wav': { title: 'Two' } });
    const test = await openTestLibrary();
    await test.library.addPaths([join(folder, '1.wav'), join(folder, '2.wav')]);
    test.library.setLiked([trackCalled(test, 'One').id], true);
    await mkdir(join(folder, 'aside'));
    await rename(join(folder, '1.wav'), join(folder, 'aside/1.wav'));
    await rename(join(folder, '2.wav'), join(folder, 'aside/2.wav'));
    expect(await rescan(test)).toMatchObject({ away: 1, removed: 1 });
    expect(allTracks(test)).toMatchObject([{ title: 'One', away: true }]);
  });
});

describe('what the listener makes', () => {
  it('is liked, told once, and taken back for exactly what changed', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'One' }, '2.wav': { title: 'Two' } });
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    const [one = 0, two = 0] = allTracks(test).map(({ id }) => id);
    expect(test.library.setLiked([one], true)).toEqual({ ids: [one], at: [null] });
    test.events.length = 0;
    expect(test.library.setLiked([one, two, two, 999], true).ids).toEqual([two]);
    expect(test.events).toMatchObject([{ name: 'library.changed', payload: { trackIds: [two] } }]);
    expect([...test.library.trackIds({ from: 'liked' })].sort()).toEqual([one, two]);
    expect(test.library.setLiked([two], false).ids).toEqual([two]);
    expect([...test.library.trackIds({ from: 'liked' })]).toEqual([one]);
  });

  it('has its place among what is liked again when an unlike is taken back', async () => {
    const folder = await temporaryFolder();
    const names = ['1', '2', '3'];
    await writeMusic(
      folder,
      Object.fromEntries(names.map((name) => [`${name}.wav`, { title: name }])),
    );
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    const ids = allTracks(test).map(({ id }) => id);
    for (const id of ids) test.library.setLiked([id], true);
    const liked = [...test.library.trackIds({ from: 'liked' })];
    const before = test.library.setLiked(liked.slice(1), false);
    expect([...test.library.trackIds({ from: 'liked' })]).toEqual(liked.slice(0, 1));
    test.library.restoreLikes(before);
    expect([...test.library.trackIds({ from: 'liked' })]).toEqual(liked);
  });

  it('counts plays, which lead Home and the list of what is played most', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, {
      '1.wav': { title: 'Once', album: 'A' },
      '2.wav': { title: 'Twice', album: 'B' },
      '3.wav': { title: 'Never', album: 'C' },
    });
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    test.library.countPlay(trackCalled(test, 'Twice').id, 1);
    test.library.countPlay(trackCalled(test, 'Twice').id, 2);
    test.library.countPlay(trackCalled(test, 'Once').id, 3);
    test.library.countPlay(999, 4);
    const home = test.library.home();
    expect(home.mostPlayed.map(({ title, plays }) => [title, plays])).toEqual([
      ['Twice', 2],
      ['Once', 1],
    ]);
    expect(home.recentlyPlayed.map(({ title }) => title)).toEqual(['A', 'B']);
    expect(home.recentlyAdded.map(({ title }) => title).sort()).toEqual(['A', 'B', 'C']);
    const sort = { by: 'plays', descending: true } as const;
    const most = test.library.tracks([...test.library.trackIds({ from: 'all', sort })]);
    expect(most.map(({ title }) => title)).toEqual(['Twice', 'Once', 'Never']);
  });

  it('outlives the process', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'One' } });
    const first = await openTestLibrary();
    await scanFolder(first, folder);
    first.library.setLiked([trackCalled(first, 'One').id], true);
    await first.process.database.close();
    const second = await openTestLibrary(first.profile);
    expect(allTracks(second)).toMatchObject([{ title: 'One', liked: true }]);
  });
});

import { execFileSync } from 'node:child_process';
import { rename, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ScanProgress } from '../../shared/library.ts';
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
import { taggedWav, type WavTags } from '../support/wav.ts';

const sampleMusic = fileURLToPath(new URL('../../assets/sample-music', import.meta.url));

describe('a scan', () => {
  it('reads the sample music as its albums say', async () => {
    const test = await openTestLibrary();
    await test.library.addFolder(sampleMusic, { sample: true });
    await test.library.scanEnded();
    expect(test.library.scan()).toMatchObject({ state: 'done', added: 12, skipped: 0 });
    expect(test.library.sources()).toMatchObject([{ sample: true, tracks: 12, away: false }]);

    const albums = test.library.albums([...test.library.albumIds({ from: 'all', sort: 'title' })]);
    expect(albums).toMatchObject([
      { title: 'Blue Hour Signals', artist: 'Halden Lys', tracks: 4, discs: 1 },
      { title: 'The Orchard Year', artist: 'Ana Lindqvist & the Paper Boats', tracks: 4 },
      { title: 'Rue des Tilleuls', artist: 'Léa Moreau Trio', tracks: 4, discs: 2 },
    ]);
    const inOrder = albums.map(({ id }) =>
      test.library
        .tracks([...test.library.trackIds({ from: 'album', id })])
        .map(({ title, format, disc, track }) => `${format} ${disc ?? 1}-${track ?? 0} ${title}`),
    );
    expect(inOrder).toEqual([
      [
        'flac 1-1 Harbour Lights, Half Asleep',
        'flac 1-2 Slow Tide',
        'flac 1-3 Undertow',
        'flac 1-4 First Train Home',
      ],
      [
        'm4a 1-1 Waltz for a Small Orchard',
        'ogg 1-2 Letters from the Coast',
        'opus 1-3 Hazel & Rowan',
        'ogg 1-4 Letters from the Coast (Tomás Ferreira Remix)',
      ],
      [
        'mp3 1-1 Café at Seven',
        'mp3 1-2 Rain on the Rue',
        'mp3 2-1 Bicyclette bleue',
        'mp3 2-2 Les lampes s’éteignent',
      ],
    ]);
    expect(albums.every(({ cover }) => cover !== null)).toBe(true);
    const seconds = Object.fromEntries(
      allTracks(test).map((track) => [track.title, track.seconds]),
    );
    // As a decoder counts them.
    for (const [title, decoded] of Object.entries({
      'Waltz for a Small Orchard': 62.508,
      'Letters from the Coast': 68,
      'Hazel & Rowan': 61,
      'Slow Tide': 45.774,
      Undertow: 47.726,
      'Café at Seven': 61,
      'Les lampes s’éteignent': 65,
    })) {
      expect(Math.abs((seconds[title] ?? 0) - decoded), title).toBeLessThan(0.05);
    }
  });

  it('tells of itself while it runs and shows the first tracks before its end', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, manyFiles(300));
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    const names = test.events.map(({ name }) => name);
    const states = test.events
      .filter(({ name }) => name === 'library.scanned')
      .map(({ payload }) => (payload as ScanProgress).state);
    expect(states[0]).toBe('running');
    expect(states.at(-1)).toBe('done');
    expect(names.indexOf('library.changed')).toBeLessThan(names.lastIndexOf('library.scanned'));
    expect(test.library.scan()).toMatchObject({ found: 300, read: 300, added: 300 });
  });

  it('stops when it is cancelled, keeps what it read, and drops nothing', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, manyFiles(400));
    const { test, firstTracks } = await openListening();
    await test.library.addFolder(folder, { sample: false });
    await firstTracks;
    test.library.cancelScan();
    await test.library.scanEnded();
    const kept = test.library.trackIds({ from: 'all' }).length;
    expect(test.library.scan()?.state).toBe('cancelled');
    expect(kept).toBeLessThan(400);
    expect(await rescan(test)).toMatchObject({ added: 400 - kept, removed: 0 });
  });

  it('scans what is asked for while a cancelled scan is still ending', async () => {
    const [first, second] = [await temporaryFolder(), await temporaryFolder()];
    await writeMusic(first, manyFiles(400));
    await writeMusic(second, { 'late.wav': { title: 'Late' } });
    const { test, firstTracks } = await openListening();
    await test.library.addFolder(first, { sample: false });
    await firstTracks;
    const adding = test.library.addFolder(second, { sample: false });
    test.library.cancelScan();
    await adding;
    await test.library.scanEnded();
    expect(trackCalled(test, 'Late').title).toBe('Late');
  });

  it('looks again at a folder that it has passed already when it is asked to', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, manyFiles(400));
    const { test, firstTracks } = await openListening();
    await test.library.addFolder(folder, { sample: false });
    await firstTracks;
    await writeMusic(folder, { 'late.wav': { title: 'Late' } });
    test.library.rescan();
    await test.library.scanEnded();
    expect(allTracks(test)).toHaveLength(401);
  });

  it('leaves a folder that is removed meanwhile', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, manyFiles(400));
    const { test, firstTracks } = await openListening();
    const source = await test.library.addFolder(folder, { sample: false });
    await firstTracks;
    await test.library.removeSource(source);
    await test.library.scanEnded();
    expect(test.library.scan()?.state).toBe('done');
    expect(allTracks(test)).toEqual([]);
    expect(test.library.search({ text: 'T', limit: 9 }).tracks).toEqual([]);
  });

  it('hands its tracks over when the folder around it is added meanwhile', async () => {
    const folder = await temporaryFolder();
    await writeMusic(join(folder, 'inner'), manyFiles(400));
    await writeMusic(folder, { 'outer.wav': { title: 'Outer' } });
    const { test, firstTracks } = await openListening();
    await test.library.addFolder(join(folder, 'inner'), { sample: false });
    await firstTracks;
    const outer = await test.library.addFolder(folder, { sample: false });
    await test.library.scanEnded();
    expect(test.library.sources()).toMatchObject([{ id: outer, path: folder, tracks: 401 }]);
    expect(allTracks(test)).toHaveLength(401);
    expect(test.faults).toEqual([]);
  });

  it('brings new, changed and removed files in when it is run again', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, {
      'a/1.wav': { title: 'One', album: 'A' },
      'a/2.wav': { title: 'Two', album: 'A' },
      'b/3.wav': { title: 'Three', album: 'B' },
    });
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    const two = trackCalled(test, 'Two').id;
    expect(await rescan(test)).toMatchObject({ added: 0, updated: 0, removed: 0, read: 3 });

    await writeAt(folder, 'a/2.wav', taggedWav(0.5, { title: 'Two, longer', album: 'A' }));
    await writeMusic(folder, { 'c/4.wav': { title: 'Four', album: 'C' } });
    await rm(join(folder, 'b'), { recursive: true });
    expect(await rescan(test)).toMatchObject({ added: 1, updated: 1, removed: 1, away: 0 });

    expect(allTracks(test).map(({ title }) => title)).toEqual(['Four', 'One', 'Two, longer']);
    expect(trackCalled(test, 'Two, longer')).toMatchObject({ id: two, seconds: 0.5 });
    const albums = test.library.albums([...test.library.albumIds({ from: 'all', sort: 'title' })]);
    expect(albums.map(({ title }) => title)).toEqual(['A', 'C']);
  });

  it('keeps what the listener made of a file that is gone, and shows it away', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'Loved' }, '2.wav': { title: 'Other' } });
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    const { id } = trackCalled(test, 'Loved');
    test.library.setLiked([id], true);
    test.library.countPlay(id, 1000);

    await rename(join(folder, '1.wav'), join(folder, 'hidden.bak'));
    expect(await rescan(test)).toMatchObject({ removed: 0, away: 1 });
    expect(test.library.tracks([id])).toMatchObject([{ liked: true, plays: 1, away: true }]);

    await rename(join(folder, 'hidden.bak'), join(folder, '1.wav'));
    await rescan(test);
    expect(test.library.tracks([id])).toMatchObject([{ liked: true, plays: 1, away: false }]);
  });

  it('takes a folder that is not there for away, and finds its tracks again when it is back', async () => {
    const place = await temporaryFolder();
    const folder = join(place, 'drive');
    await writeMusic(folder, { '1.wav': { title: 'One' }, '2.wav': { title: 'Two' } });
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    const { id } = trackCalled(test, 'One');
    test.library.setLiked([id], true);

    await rename(folder, join(place, 'unplugged'));
    expect(await rescan(test)).toMatchObject({ away: 2, removed: 0 });
    expect(test.library.sources()).toMatchObject([{ away: true, tracks: 2 }]);
    expect(allTracks(test).map(({ away }) => away)).toEqual([true, true]);

    await rename(join(place, 'unplugged'), folder);
    await rescan(test);
    expect(test.library.sources()).toMatchObject([{ away: false, tracks: 2 }]);
    expect(test.library.tracks([id])).toMatchObject([{ liked: true, away: false }]);
  });

  it('deletes nothing when most of a folder is gone at once', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, manyFiles(20));
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    for (let n = 0; n < 10; n += 1) await rm(join(folder, `${n}.wav`));
    expect(await rescan(test)).toMatchObject({ removed: 0, away: 10 });
    expect(allTracks(test).filter(({ away }) => away)).toHaveLength(10);
  });

  it('finds a file that moved, within a folder and to another one', async () => {
    const [first, second] = [await temporaryFolder(), await temporaryFolder()];
    await writeMusic(first, { 'old/1.wav': { title: 'One' }, '2.wav': { title: 'Two' } });
    const test = await openTestLibrary();
    await scanFolder(test, first);
    await scanFolder(test, second);
    const before = allTracks(test).map(({ id }) => id);

    await rename(join(first, 'old/1.wav'), join(first, 'renamed.wav'));
    await rename(join(first, '2.wav'), join(second, '2.wav'));
    expect(await rescan(test)).toMatchObject({ added: 0, updated: 2, removed: 0, away: 0 });
    expect(allTracks(test).map(({ id }) => id)).toEqual(before);
    const paths = before.map((id) => test.library.file(id)?.path);
    expect(paths).toEqual([join(first, 'renamed.wav'), join(second, '2.wav')]);
  });

  it('never takes a copy for a file that moved', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'Same' } });
    const { mtime } = await stat(join(folder, '1.wav'));
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    await writeMusic(folder, { 'copy.wav': { title: 'Same' } });
    await utimes(join(folder, 'copy.wav'), mtime, mtime);
    expect(await rescan(test)).toMatchObject({ added: 1, updated: 0 });
  });

  it('gives every odd file a row or a reason, and reads all the others', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, {
      'plain.WAV': { title: 'Upper case' },
      'line\nbreak 🎺.wav': { title: 'Odd name' },
      'untitled.wav': {},
      '.hidden.wav': { title: 'Hidden' },
      'twin-e\u0301.wav': { title: 'Decomposed' },
      'twin-\u00e9.wav': { title: 'Composed' },
      'd/loop/1.wav': { title: 'In a loop' },
    });
    await writeAt(folder, 'empty.mp3', '');
    await writeAt(folder, 'text.mp3', 'This is not music.\n'.repeat(500));
    await writeAt(folder, 'cut.flac', Buffer.from('fLaC\0\0\0"'));
    await writeAt(
      folder,
      'broken.wav',
      Buffer.from('RIFF\u00ff\u00ff\u00ff\u00ffWAVEnonsense', 'latin1'),
    );
    await writeAt(folder, 'huge-tag.mp3', Buffer.from('ID3\u0004\0\0\u007f\u007f\u007f\u007f'));
    await writeAt(folder, 'notes.txt', 'Not ours to report.');
    await symlink(folder, join(folder, 'd/loop/up'));
    await symlink(join(folder, 'nowhere'), join(folder, 'dangling.mp3'));
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    expect(allTracks(test).map(({ title }) => title)).toEqual([
      'Composed',
      'Decomposed',
      'In a loop',
      'Odd name',
      'untitled',
      'Upper case',
    ]);
    const progress = test.library.scan();
    expect(progress).toMatchObject({ state: 'done', added: 6, skipped: 5 });
    const reasons = progress?.skippedFiles.map(
      ({ path, reason }) => `${path.slice(folder.length + 1)}: ${reason}`,
    );
    expect(reasons?.sort()).toEqual([
      'broken.wav: damaged',
      'cut.flac: damaged',
      'empty.mp3: empty',
      'huge-tag.mp3: not_audio',
      'text.mp3: not_audio',
    ]);
    expect(test.faults).toEqual([]);
  });

  it.runIf(process.platform === 'linux')(
    'leaves pipes and names that are no text, with a reason',
    async () => {
      const folder = await temporaryFolder();
      execFileSync('mkfifo', [join(folder, 'pipe.mp3')]);
      const bytes = [Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.mp3')];
      await writeFile(Buffer.concat(bytes), taggedWav(0.1));
      const test = await openTestLibrary();
      await scanFolder(test, folder);
      expect(test.library.scan()?.skippedFiles).toEqual([
        { path: join(folder, 'pipe.mp3'), reason: 'not_a_file' },
        { path: join(folder, '\ufffd\ufffd.mp3'), reason: 'name_not_utf8' },
      ]);
    },
  );

  it.skipIf(process.platform === 'win32')(
    'names a folder that it may not read, and calls nothing in it gone',
    async () => {
      const folder = await temporaryFolder();
      await writeMusic(folder, {
        'open/1.wav': { title: 'One' },
        'closed/2.wav': { title: 'Two' },
        'closed/in/3.wav': { title: 'Three' },
      });
      const test = await openTestLibrary();
      await scanFolder(test, folder);
      execFileSync('chmod', ['755', folder]);
      execFileSync('chmod', ['000', join(folder, 'closed')]);
      const progress = await asOrdinaryUser(() => rescan(test));
      execFileSync('chmod', ['755', join(folder, 'closed')]);
      expect(progress).toMatchObject({ removed: 0, away: 0, skipped: 1 });
      expect(progress?.skippedFiles).toEqual([
        { path: join(folder, 'closed'), reason: 'folder_unreadable' },
      ]);
      expect(allTracks(test)).toHaveLength(3);
    },
  );
});

/** A library, and the moment at which it has its first tracks. */
async function openListening() {
  const first = { found: (): void => undefined };
  const firstTracks = new Promise<void>((resolve) => {
    first.found = resolve;
  });
  const test = await openTestLibrary(undefined, {
    heard: () => {
      if (test.library.trackIds({ from: 'all' }).length > 0) first.found();
    },
  });
  return { test, firstTracks };
}

function manyFiles(count: number): Readonly<Record<string, WavTags>> {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [`${n}.wav`, { title: `T${n}` }]),
  );
}

/** root may read everything, so as root the work is done with another user's rights. */
async function asOrdinaryUser<Result>(work: () => Promise<Result>): Promise<Result> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    if (isRoot) process.seteuid?.(0);
  }
}

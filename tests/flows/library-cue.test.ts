import { cp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { cueSheet } from '../support/cue-sheet.ts';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  type TestLibrary,
  trackCalled,
  writeAt,
  writeMusic,
} from '../support/library.ts';
import { flac } from '../support/made-files/xiph.ts';
import { madeTags } from '../support/made-files/made-tags.ts';
import { createRandom } from '../support/made-library/random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { taggedWav, withSound } from '../support/wav.ts';

const threeParts = [
  { title: 'First', at: 0 },
  { title: 'Second', at: 2, performer: 'A guest' },
  { title: 'Third', at: 5.6 },
];

describe('A cue sheet beside a file', () => {
  it('makes its tracks of it, each a part from one to the next', async () => {
    const test = await openTestLibrary();
    const folder = await albumFolder();
    await scanFolder(test, folder);
    expect(test.library.scan()).toMatchObject({ found: 1, added: 3, skipped: 0 });
    const tracks = allTracks(test);
    const seconds = tracks.map((track) => Math.round(track.seconds * 1000) / 1000);
    expect(seconds).toEqual([2, 3.6, 2.4]);
    expect(tracks).toMatchObject([
      { title: 'First', artist: 'The band', track: 1 },
      { title: 'Second', artist: 'A guest', track: 2 },
      { title: 'Third', artist: 'The band', track: 3 },
    ]);
    expect(new Set(tracks.map(({ albumId }) => albumId)).size).toBe(1);
    expect(tracks[0]).toMatchObject({ album: 'An album', albumArtist: 'The band', format: 'wav' });
    expect(partsOf(test)).toEqual([
      { startSeconds: 0, endSeconds: 2 },
      { startSeconds: 2, endSeconds: 5.6 },
      { startSeconds: 5.6, endSeconds: null },
    ]);
    for (const { id } of tracks) {
      expect(test.library.file(id)?.path).toBe(join(folder, 'album.wav'));
    }
  });

  it('is not read again while nothing changes', async () => {
    const test = await openTestLibrary();
    await scanFolder(test, await albumFolder());
    const before = allTracks(test);
    expect(await rescan(test)).toMatchObject({ added: 0, updated: 0, removed: 0, skipped: 0 });
    expect(allTracks(test)).toEqual(before);
  });

  it('keeps what the listener made of each part when it is written anew', async () => {
    const test = await openTestLibrary();
    const folder = await albumFolder();
    await scanFolder(test, folder);
    const second = trackCalled(test, 'Second').id;
    const third = trackCalled(test, 'Third').id;
    test.library.setLiked([second], true);
    test.library.setRating([third], 4);

    await writeSheet(folder, [
      { title: 'First', at: 0 },
      { title: 'Put in', at: 1 },
      { title: 'Second', at: 2, performer: 'A guest' },
      { title: 'Third', at: 5.6 },
    ]);
    expect(await rescan(test)).toMatchObject({ added: 1, removed: 0 });
    expect(trackCalled(test, 'Second')).toMatchObject({ id: second, liked: true, track: 3 });
    expect(trackCalled(test, 'Third')).toMatchObject({ id: third, rating: 4, track: 4 });

    await writeSheet(folder, [
      { title: 'One', at: 0 },
      { title: 'Two', at: 1.1 },
      { title: 'Three', at: 2.1 },
      { title: 'Four', at: 5.6 },
    ]);
    await rescan(test);
    expect(trackCalled(test, 'Three')).toMatchObject({ id: second, liked: true });
    expect(trackCalled(test, 'Four')).toMatchObject({ id: third, rating: 4 });
  });

  it('gives its file back whole when it goes, and what was made of the parts when it returns', async () => {
    const test = await openTestLibrary();
    const folder = await albumFolder();
    await rename(join(folder, 'album.cue'), join(folder, 'album.txt'));
    await scanFolder(test, folder);
    const whole = trackCalled(test, 'The whole').id;
    test.library.setLiked([whole], true);

    await rename(join(folder, 'album.txt'), join(folder, 'album.cue'));
    expect(await rescan(test)).toMatchObject({ added: 3, removed: 0, away: 1 });
    expect(titlesHere(test)).toEqual(['First', 'Second', 'Third']);
    const second = trackCalled(test, 'Second').id;
    test.library.setLiked([second], true);

    await rm(join(folder, 'album.cue'));
    expect(await rescan(test)).toMatchObject({ added: 0, removed: 2, away: 1 });
    expect(titlesHere(test)).toEqual(['The whole']);
    expect(trackCalled(test, 'The whole')).toMatchObject({ id: whole, liked: true });
    expect(trackCalled(test, 'Second')).toMatchObject({ id: second, liked: true });

    await writeSheet(folder, threeParts);
    await rescan(test);
    expect(titlesHere(test)).toEqual(['First', 'Second', 'Third']);
    expect(trackCalled(test, 'Second')).toMatchObject({ id: second, liked: true });
  });

  it('keeps its rows when both are moved, renamed or come back after they were away', async () => {
    const test = await openTestLibrary();
    const folder = await temporaryFolder();
    await cp(await albumFolder(), join(folder, 'a'), { recursive: true, preserveTimestamps: true });
    await scanFolder(test, folder);
    const before = idsByTitle(test);

    await rename(join(folder, 'a'), join(folder, 'b'));
    await rescan(test);
    expect(idsByTitle(test)).toEqual(before);
    await rename(join(folder, 'b/album.wav'), join(folder, 'b/renamed.wav'));
    await rename(join(folder, 'b/album.cue'), join(folder, 'b/renamed.cue'));
    await rescan(test);
    expect(idsByTitle(test)).toEqual(before);
    expect(test.library.file(before.get('Third') ?? 0)?.path).toBe(join(folder, 'b/renamed.wav'));

    const elsewhere = join(await temporaryFolder(), 'kept');
    test.library.setLiked([...before.values()], true);
    await rename(join(folder, 'b'), elsewhere);
    await rescan(test);
    expect(titlesHere(test)).toEqual([]);
    await rename(elsewhere, join(folder, 'c'));
    await rescan(test);
    expect(idsByTitle(test)).toEqual(before);
    expect(titlesHere(test)).toEqual(['First', 'Second', 'Third']);
  });

  it('keeps its rows when the sound is replaced', async () => {
    const test = await openTestLibrary();
    const folder = await albumFolder();
    await scanFolder(test, folder);
    const before = idsByTitle(test);
    await writeAt(folder, 'album.wav', withSound(taggedWav(9), 8));
    expect(await rescan(test)).toMatchObject({ added: 0, removed: 0 });
    expect(idsByTitle(test)).toEqual(before);
    expect(trackCalled(test, 'Third').seconds).toBeCloseTo(3.4);
  });

  it('makes parts of each of its files that holds several tracks, and none of the others', async () => {
    const test = await openTestLibrary();
    const folder = await temporaryFolder();
    for (const [index, name] of ['side a', 'side b', 'bonus'].entries()) {
      await writeAt(folder, `${name}.wav`, withSound(taggedWav(4, { title: name }), index));
    }
    const text = cueSheet('An album', 'The band', {
      'side a.wav': [
        { title: 'A1', at: 0 },
        { title: 'A2', at: 1 },
      ],
      'side b.wav': [
        { title: 'B1', at: 0 },
        { title: 'B2', at: 2 },
      ],
      'bonus.wav': [{ title: 'Bonus by the sheet', at: 0 }],
    });
    await writeAt(folder, 'album.cue', text);
    await scanFolder(test, folder);
    const found = allTracks(test).map(({ title, track }) => [title, track]);
    expect(found).toEqual([
      ['A1', 1],
      ['A2', 2],
      ['B1', 3],
      ['B2', 4],
      ['bonus', null],
    ]);
  });

  it('adds nothing when its sound is not there, or it names a file for each track', async () => {
    const test = await openTestLibrary();
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'One' }, '2.wav': { title: 'Two' } });
    const text = cueSheet('An album', 'The band', {
      '1.wav': [{ title: 'First', at: 0 }],
      '2.wav': [{ title: 'Second', at: 0 }],
    });
    await writeAt(folder, 'tracks.cue', text);
    await writeAt(folder, 'image.cue', cueSheet('An album', 'Band', { 'gone.wav': threeParts }));
    await scanFolder(test, folder);
    expect(titlesHere(test)).toEqual(['One', 'Two']);
    expect(test.library.scan()).toMatchObject({ added: 2, skipped: 0 });
  });

  it('is named when it is no good, by each scan, and its sound is one track', async () => {
    const test = await openTestLibrary();
    const folder = await temporaryFolder();
    for (const [index, name] of ['bad', 'long', 'large'].entries()) {
      await writeAt(folder, `${name}.wav`, withSound(taggedWav(4, { title: name }), index));
    }
    await writeAt(folder, 'bad.cue', 'FILE "bad.wav" WAVE');
    const parts = [...threeParts, { title: 'Fourth', at: 300 }];
    await writeAt(folder, 'long.cue', cueSheet('An album', 'Band', { 'long.wav': parts }));
    await writeAt(folder, 'large.cue', 'REM '.repeat(100_000));
    await scanFolder(test, folder);
    for (const progress of [test.library.scan(), await rescan(test)]) {
      expect(new Set(progress?.skippedFiles)).toEqual(
        new Set([
          { path: join(folder, 'bad.cue'), reason: 'cue_damaged' },
          { path: join(folder, 'long.cue'), reason: 'cue_longer' },
          { path: join(folder, 'large.cue'), reason: 'cue_too_large' },
        ]),
      );
      expect(titlesHere(test)).toEqual(['bad', 'large', 'long']);
    }
  });

  it('is followed by itself when it comes, changes and goes', async () => {
    const watchTimes = {
      quietMilliseconds: 50,
      longestMilliseconds: 1000,
      probeMilliseconds: 50,
      pollMilliseconds: 200,
    };
    const test = await openTestLibrary(undefined, { watchTimes });
    const folder = await temporaryFolder();
    await writeAt(folder, 'album.wav', withSound(taggedWav(8, { title: 'The whole' }), 7));
    await scanFolder(test, folder);
    await test.library.watched();
    const shows = (titles: readonly string[]) =>
      vi.waitFor(() => expect(titlesHere(test)).toEqual(titles), { timeout: 10_000 });
    await writeSheet(folder, threeParts);
    await shows(['First', 'Second', 'Third']);
    await writeSheet(folder, [
      { title: 'Another', at: 0 },
      { title: 'Second', at: 2 },
    ]);
    await shows(['Another', 'Second']);
    await rm(join(folder, 'album.cue'));
    await shows(['The whole']);
  });

  it('opens as its tracks, and so does its sound', async () => {
    const test = await openTestLibrary();
    const folder = await albumFolder();
    const opened = await test.library.addPaths([
      join(folder, 'album.cue'),
      join(folder, 'album.wav'),
    ]);
    expect(opened.rejected).toEqual([]);
    const tracks = test.library.tracks([...opened.trackIds]);
    expect(tracks.map(({ title }) => title)).toEqual(['First', 'Second', 'Third']);
    expect(await rescan(test)).toMatchObject({ added: 0, removed: 0 });

    await scanFolder(test, folder);
    expect(titlesHere(test)).toEqual(['First', 'Second', 'Third']);
    expect(new Set(idsByTitle(test).values())).toEqual(new Set(opened.trackIds));
  });
});

describe('The parts of a file', () => {
  it('are no copies of each other, but of those of its copy', async () => {
    const test = await openTestLibrary();
    const folder = await temporaryFolder();
    const album = await albumFolder();
    await cp(album, join(folder, 'album'), { recursive: true });
    await scanFolder(test, folder);
    await test.library.fingerprintsEnded();
    expect(await test.library.duplicates('same', null)).toMatchObject({ groups: [] });
    await cp(album, join(folder, 'copy'), { recursive: true });
    await rescan(test);
    await test.library.fingerprintsEnded();
    const { groups } = await test.library.duplicates('same', null);
    expect(groups.map(({ title, files }) => [title, files.length]).sort()).toEqual([
      ['First', 2],
      ['Second', 2],
      ['Third', 2],
    ]);
  });

  it('are not edited, for that would be written into the whole of it', async () => {
    const test = await openTestLibrary();
    await scanFolder(test, await albumFolder());
    const { refused, tracks } = await test.process.editing.sheet([trackCalled(test, 'First').id]);
    expect(tracks).toBe(0);
    expect(refused.files).toMatchObject([{ title: 'First', reason: 'part' }]);
  });
});

describe('A cue sheet inside a file', () => {
  it('makes its tracks, with what only the file says', async () => {
    const test = await openTestLibrary();
    const folder = await temporaryFolder();
    const tags = madeTags(createRandom(3));
    const inside = cueSheet('By the sheet', 'The band', {
      'gone.wav': [
        { title: 'One', at: 0 },
        { title: 'Two', at: 1.6 },
      ],
    });
    const file = flac(tags, Buffer.alloc(4000, 1), true, [`CUESHEET=${inside}`]);
    await writeAt(folder, 'image.flac', file);
    await scanFolder(test, folder);
    expect(allTracks(test)).toMatchObject([
      { title: 'One', album: 'By the sheet', artist: 'The band', track: 1 },
      { title: 'Two', genre: tags.genres.join(', '), disc: tags.disc },
    ]);
    expect(trackCalled(test, 'Two').seconds).toBeCloseTo(1.4);
  });

  it('says nothing of a file that was cut out of the whole', async () => {
    const test = await openTestLibrary();
    const folder = await temporaryFolder();
    const inside = cueSheet('The whole', 'The band', { 'image.wav': threeParts });
    const tags = { ...madeTags(createRandom(4)), title: 'Cut out' };
    const file = flac(tags, Buffer.alloc(4000, 2), true, [`CUESHEET=${inside}`]);
    await writeAt(folder, '01.flac', file);
    await scanFolder(test, folder);
    expect(titlesHere(test)).toEqual(['Cut out']);
    expect(test.library.scan()).toMatchObject({ added: 1, skipped: 0 });
  });
});

async function albumFolder(): Promise<string> {
  const folder = await temporaryFolder();
  await writeAt(folder, 'album.wav', withSound(taggedWav(8, { title: 'The whole' }), 7));
  await writeSheet(folder, threeParts);
  return folder;
}

async function writeSheet(folder: string, parts: Parameters<typeof cueSheet>[2][string]) {
  const text = cueSheet('An album', 'The band', { 'album.wav': parts });
  await writeAt(folder, 'album.cue', text);
}

function partsOf({ library }: TestLibrary) {
  const ids = [...library.trackIds({ from: 'all' })];
  return library.playables(ids).map(({ sound }) => sound.part);
}

function titlesHere(test: TestLibrary): string[] {
  return allTracks(test).flatMap(({ title, away }) => (away ? [] : [title]));
}

function idsByTitle(test: TestLibrary): Map<string, number> {
  return new Map(allTracks(test).map(({ title, id }) => [title, id]));
}

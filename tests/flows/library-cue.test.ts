import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cueSheet } from '../support/cue-sheet.ts';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  type TestLibrary,
  trackCalled,
  writeAt,
} from '../support/library.ts';
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

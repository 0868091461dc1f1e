import { cp, link, mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { act, type Act, followRounds } from '../support/followed-files.ts';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  trackCalled,
  writeAt,
} from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { soundingWav } from '../support/wav.ts';

/** What the random acts below found once: files cross from one source to another before a look. */
const crossings: Readonly<Record<string, readonly (readonly Act[])[]>> = {
  'a file of the other source is put in its place, retagged': [
    [
      { kind: 'delete', file: 2 },
      { kind: 'moveAndRetag', file: 4, to: 2 },
    ],
  ],
  'that happens while another track goes, as long as neither': [
    [
      { kind: 'delete', file: 2 },
      { kind: 'moveAndRetag', file: 4, to: 2 },
      { kind: 'delete', file: 0 },
    ],
  ],
  'it changes places with a retagged file of the other source, while a third goes': [
    [
      { kind: 'retag', file: 1, to: 0 },
      { kind: 'delete', file: 0 },
      { kind: 'swap', file: 0, to: 1 },
    ],
  ],
  'its copy takes a lost file’s place, and then it goes itself': [
    [
      { kind: 'delete', file: 6 },
      { kind: 'swap', file: 6, to: 0 },
      { kind: 'retag', file: 6, to: 0 },
      { kind: 'copy', file: 0, to: 0, sameTime: false },
    ],
    [{ kind: 'delete', file: 0 }],
  ],
  'it is copied, changes places retagged, and is copied again': [
    [{ kind: 'copy', file: 0, to: 0, sameTime: false }],
    [
      { kind: 'retag', file: 10, to: 0 },
      { kind: 'swap', file: 0, to: 1 },
      { kind: 'moveAndRetag', file: 2, to: 0 },
    ],
    [{ kind: 'copy', file: 0, to: 0, sameTime: false }],
  ],
};

describe('a track', () => {
  it('keeps what the listener made of it, whatever becomes of its file', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(act, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        followRounds,
      ),
      { numRuns: 40 },
    );
  }, 60_000);

  it.each(Object.entries(crossings))('keeps it when %s', (_, rounds) => followRounds(rounds));

  it('follows its file to another source, with other tags and another name', async () => {
    const { test, folder, id } = await oneTrack();
    const other = await temporaryFolder();
    await scanFolder(test, other);
    test.library.setLiked([id], true);
    await rm(join(folder, 'a.wav'));
    await writeAt(other, 'b/new name.wav', soundingWav(1, { title: 'Renamed', artist: 'Else' }));
    await rescan(test);
    expect(allTracks(test)).toMatchObject([{ id, title: 'Renamed', liked: true, away: false }]);
    expect(test.library.search({ text: 'renamed', limit: 5 }).tracks).toMatchObject([{ id }]);
  });

  it('is followed when it was copied to another disk first and removed later', async () => {
    const { test, folder, id } = await oneTrack();
    test.library.setLiked([id], true);
    await cp(join(folder, 'a.wav'), join(folder, 'copy.wav'));
    await rescan(test);
    await test.library.fingerprintsEnded();
    expect(allTracks(test)).toHaveLength(2);
    await rm(join(folder, 'a.wav'));
    await rescan(test);
    expect(allTracks(test)).toMatchObject([{ id, liked: true, away: false }]);
  });

  it('is not followed to a copy while its own file is there, even with new tags', async () => {
    const { test, folder, id } = await oneTrack();
    await cp(join(folder, 'a.wav'), join(folder, 'copy.wav'), { preserveTimestamps: true });
    await writeFile(join(folder, 'a.wav'), soundingWav(1, { title: 'Tagged', artist: 'A' }));
    await rescan(test);
    expect(trackCalled(test, 'Tagged').id).toBe(id);
    expect(allTracks(test)).toHaveLength(2);
  });

  it('changes places with another whose name it gets', async () => {
    const { test, folder, id } = await oneTrack();
    await writeAt(folder, 'b.wav', soundingWav(2, { title: 'Two', artist: 'A' }));
    await rescan(test);
    await test.library.fingerprintsEnded();
    const two = trackCalled(test, 'Two').id;
    await rename(join(folder, 'a.wav'), join(folder, 'c.wav'));
    await rename(join(folder, 'b.wav'), join(folder, 'a.wav'));
    await rename(join(folder, 'c.wav'), join(folder, 'b.wav'));
    await rescan(test);
    expect(trackCalled(test, 'One').id).toBe(id);
    expect(trackCalled(test, 'Two').id).toBe(two);
    expect(allTracks(test)).toHaveLength(2);
    expect(test.library.file(id)?.path).toBe(join(folder, 'b.wav'));
  });

  it('stays at its place when a better recording is put there', async () => {
    const { test, folder, id } = await oneTrack();
    test.library.setLiked([id], true);
    await writeFile(join(folder, 'a.wav'), soundingWav(9, { title: 'One, again', artist: 'A' }));
    await rescan(test);
    expect(allTracks(test)).toMatchObject([{ id, title: 'One, again', liked: true, away: false }]);
    expect(test.library.file(id)?.path).toBe(join(folder, 'a.wav'));
  });

  it('is one, however its name is spelled on a disk that answers to both spellings', async () => {
    // Where the disk tells them apart, a link stands for a disk that does not.
    const { test, folder, id } = await oneTrack();
    await mkdir(join(folder, 'Zebra'));
    await rename(join(folder, 'a.wav'), join(folder, 'Zebra', 'a.wav'));
    await rescan(test);
    await symlink(join(folder, 'Zebra'), join(folder, 'Aardvark'));
    await rescan(test);
    expect(allTracks(test)).toMatchObject([{ id, away: false }]);
    expect(test.library.file(id)?.path).toBe(join(folder, 'Aardvark', 'a.wav'));
    await rename(join(folder, 'Aardvark'), join(folder, 'aardvark'));
    await rescan(test);
    expect(allTracks(test)).toMatchObject([{ id, away: false }]);
  });

  it('is two where the disk keeps two forms of one name apart, and for two hard links', async () => {
    const test = await openTestLibrary();
    const folder = await temporaryFolder();
    await writeAt(folder, 'caf\u00e9.wav', soundingWav(1, { title: 'Composed' }));
    await writeAt(folder, 'cafe\u0301.wav', soundingWav(2, { title: 'Decomposed' }));
    await link(join(folder, 'caf\u00e9.wav'), join(folder, 'linked.wav'));
    const kept = (await readdir(folder)).length;
    await scanFolder(test, folder);
    expect(allTracks(test)).toHaveLength(kept);
    await rescan(test);
    expect(test.library.scan()).toMatchObject({ added: 0, updated: 0, removed: 0 });
  });

  it('is followed with a thousand others when their folder gets another name', async () => {
    const test = await openTestLibrary();
    const folder = await temporaryFolder();
    for (let n = 0; n < 1000; n += 1) {
      const path = join(folder, `Old/${n % 20}/${n}.wav`);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, soundingWav(n % 7, { title: `T${n}`, artist: 'A' }));
    }
    await scanFolder(test, folder);
    const before = allTracks(test).map(({ id, title }) => `${id} ${title}`);
    await rename(join(folder, 'Old'), join(folder, 'New'));
    await rescan(test);
    expect(allTracks(test).map(({ id, title }) => `${id} ${title}`)).toEqual(before);
    expect(test.library.scan()).toMatchObject({ added: 0, removed: 0, away: 0 });
  });
});

async function oneTrack() {
  const test = await openTestLibrary();
  const folder = await temporaryFolder();
  await writeAt(folder, 'a.wav', soundingWav(1, { title: 'One', artist: 'A' }));
  await scanFolder(test, folder);
  await test.library.fingerprintsEnded();
  return { test, folder, id: trackCalled(test, 'One').id };
}

import { cp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DuplicateGroup, DuplicateKind } from '../../shared/library.ts';
import {
  openTestLibrary,
  rescan,
  scanFolder,
  type TestLibrary,
  trackCalled,
  writeAt,
} from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { soundingWav, taggedWav, withSound } from '../support/wav.ts';

describe('duplicates', () => {
  it('are files with one sound, whatever their tags, with what hangs on each', async () => {
    const folder = await temporaryFolder();
    await writeAt(folder, 'a/1.wav', soundingWav(1, { title: 'One', artist: 'A', album: 'X' }));
    await writeAt(folder, 'b/2.wav', soundingWav(1, { title: 'Uno', artist: 'B', album: 'Y' }));
    await writeAt(folder, 'b/3.wav', soundingWav(3, { title: 'Three', artist: 'B' }));
    const test = await opened(folder);
    const one = trackCalled(test, 'One').id;
    test.library.setLiked([one], true);
    test.playlists.create('Morning', { from: 'tracks', ids: [one] });
    const [group, ...more] = await allGroups(test, 'same');
    expect(more).toEqual([]);
    expect(group?.files).toMatchObject([
      {
        id: one,
        name: '1.wav',
        folder: join(folder, 'a'),
        album: 'X',
        format: 'wav',
        bytes: soundingWav(1, { title: 'One', artist: 'A', album: 'X' }).length,
        liked: true,
        playlists: ['Morning'],
        away: false,
      },
      { name: '2.wav', folder: join(folder, 'b'), liked: false, playlists: [] },
    ]);
    expect(await allGroups(test, 'likely')).toEqual([]);

    await rm(join(folder, 'b/2.wav'));
    await rescan(test);
    expect(await allGroups(test, 'same')).toEqual([]);
  });

  it('are likely where artist, title and length agree but the sound does not', async () => {
    const folder = await temporaryFolder();
    const write = (path: string, seconds: number, title: string, artist: string) => {
      const wav = taggedWav(seconds, { title, artist });
      return writeAt(folder, path, withSound(wav, seconds * 1000));
    };
    await write('a.wav', 1, 'Élan', 'The Artist');
    await write('b.wav', 2.5, 'Elan', 'Artist');
    await write('live.wav', 9, 'Élan', 'The Artist');
    await write('other.wav', 1.1, 'Élan', 'Somebody');
    await write('untagged 1.wav', 1.2, 'Track 1', '');
    await write('untagged 2.wav', 1.3, 'Track 1', '');
    await cp(join(folder, 'live.wav'), join(folder, 'copy of live.wav'));
    const test = await opened(folder);
    const groups = await allGroups(test, 'likely');
    expect(groups.map(({ files }) => files.map(({ name }) => name))).toEqual([['a.wav', 'b.wav']]);
  });

  it('come by the page, each once, however many share a title', async () => {
    const folder = await temporaryFolder();
    const wanted = new Set<string>();
    for (let n = 0; n < 120; n += 1) {
      const wav = soundingWav(n % 60, { title: `T${n % 60}`, artist: 'A' });
      await writeAt(folder, `${n}.wav`, wav);
      wanted.add(`T${n % 60}`);
    }
    const test = await opened(folder);
    const first = await test.library.duplicates('same', null);
    expect(first.groups.length).toBeLessThan(60);
    expect(first.next).not.toBeNull();
    const groups = await allGroups(test, 'same');
    expect(new Set(groups.map(({ title }) => title))).toEqual(wanted);
    expect(groups).toHaveLength(60);
    expect(groups.every(({ files }) => files.length === 2)).toBe(true);
  });

  it('are told anew when a file’s sound changes', async () => {
    const folder = await temporaryFolder();
    await writeAt(folder, 'a.wav', soundingWav(1, { title: 'One' }));
    await writeAt(folder, 'b.wav', soundingWav(2, { title: 'Two' }));
    const test = await opened(folder);
    expect(await allGroups(test, 'same')).toEqual([]);
    await writeFile(join(folder, 'b.wav'), soundingWav(1, { title: 'Two' }));
    await rescan(test);
    await test.library.fingerprintsEnded();
    expect(await allGroups(test, 'same')).toHaveLength(1);
  });
});

async function opened(folder: string): Promise<TestLibrary> {
  const test = await openTestLibrary();
  await scanFolder(test, folder);
  await test.library.fingerprintsEnded();
  return test;
}

async function allGroups({ library }: TestLibrary, kind: DuplicateKind) {
  const groups: DuplicateGroup[] = [];
  let page = await library.duplicates(kind, null);
  groups.push(...page.groups);
  while (page.next !== null) {
    page = await library.duplicates(kind, page.next);
    groups.push(...page.groups);
  }
  return groups;
}

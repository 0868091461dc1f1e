import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  openTestLibrary,
  rescan,
  scanFolder,
  type TestLibrary,
  trackCalled,
  writeAt,
  writeMusic,
} from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { taggedWav } from '../support/wav.ts';

describe('covers', () => {
  it('come from the tags, made small for every size and kept', async () => {
    const folder = await temporaryFolder();
    const picture = await colour('#cc2200', 1600, 800);
    await writeMusic(folder, { '1.wav': { title: 'One', picture }, '2.wav': { picture } });
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    const { cover } = trackCalled(test, 'One');
    const paths = await Promise.all(
      ([96, 320, 1000] as const).map((size) => test.library.cover(cover ?? '', size)),
    );
    const sizes = await Promise.all(paths.map(async (path) => sharp(path ?? '').metadata()));
    expect(sizes.map(({ width, height, format }) => [width, height, format])).toEqual([
      [96, 48, 'jpeg'],
      [320, 160, 'jpeg'],
      [1000, 500, 'jpeg'],
    ]);
    expect(await readdir(join(test.profile, 'covers'))).toHaveLength(3);

    // Kept: the picture is not needed again.
    await rm(folder, { recursive: true });
    expect(await test.library.cover(cover ?? '', 320)).toBe(paths[1]);
  });

  it('come from the folder, and for a disc from the album’s folder around it', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, {
      'album/CD1/1.wav': { title: 'disc' },
      'album/own.wav': { title: 'own', picture: await colour('#00ff00') },
      'album/extras/2.wav': { title: 'extra' },
    });
    await writeAt(folder, 'album/Cover.JPG', await colour('#0000ff'));
    await writeAt(folder, 'album/back.jpg', await colour('#ffffff'));
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    expect(await coverColour(test, 'disc')).toBe('blue');
    expect(await coverColour(test, 'own')).toBe('green');
    expect(trackCalled(test, 'extra').cover).toBeNull();
  });

  it('follow a folder’s picture when it is changed, added or removed', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'One' } });
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    expect(trackCalled(test, 'One').cover).toBeNull();

    await writeFile(join(folder, 'folder.jpg'), await colour('#ff0000'));
    await rescan(test);
    expect(await coverColour(test, 'One')).toBe('red');
    await writeFile(join(folder, 'folder.jpg'), await colour('#0000ff', 70, 70));
    await rescan(test);
    expect(await coverColour(test, 'One')).toBe('blue');
    await rm(join(folder, 'folder.jpg'));
    await rescan(test);
    expect(trackCalled(test, 'One').cover).toBeNull();
  });

  it('are none for what is no picture, unpacks to a bomb, or was never here', async () => {
    const folder = await temporaryFolder();
    const bomb = await sharp({
      create: { width: 9000, height: 9000, channels: 3, background: '#000000' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    await writeMusic(folder, {
      '1.wav': { title: 'Nonsense', picture: Buffer.from('no picture at all') },
      '2.wav': { title: 'Bomb', picture: bomb },
    });
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    for (const title of ['Nonsense', 'Bomb']) {
      const hash = trackCalled(test, title).cover ?? '';
      expect(await test.library.cover(hash, 96), title).toBeNull();
    }
    for (const hash of ['', '../../etc/passwd', 'f'.repeat(64)]) {
      expect(await test.library.cover(hash, 96)).toBeNull();
    }
  });

  it('leave a track its row when its picture is larger than any honest one', async () => {
    const folder = await temporaryFolder();
    const picture = Buffer.alloc(21 * 1024 * 1024, 1);
    await writeAt(folder, 'big.wav', taggedWav(0.1, { title: 'Big', picture }));
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    expect(trackCalled(test, 'Big').cover).toBeNull();
  });
});

function colour(background: string, width = 64, height = 64): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();
}

async function coverColour(test: TestLibrary, title: string): Promise<string> {
  const path = await test.library.cover(trackCalled(test, title).cover ?? '', 96);
  const { dominant } = await sharp(path ?? '').stats();
  const { r, g, b } = dominant;
  return r > g && r > b ? 'red' : g > b ? 'green' : 'blue';
}

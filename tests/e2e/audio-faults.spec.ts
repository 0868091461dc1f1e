import { chmod, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { QueueView } from '../../shared/session.ts';
import { askMain, expect, playerOf, projectRoot, test } from '../support/app.ts';
import { positionOf, statusOf } from '../support/playing.ts';
import { forgetSound, tapSound, tappedSound } from '../support/sound-tap.ts';
import { toneWav } from '../support/tone.ts';

const joins = join(projectRoot, 'tests/fixtures/joins');
/** Far more than is decoded ahead. */
const longSeconds = 600;

for (const [fault, breakFile] of [
  ['is cut off', (path: string) => truncate(path, 400_000)],
  ['becomes another, shorter one', (path: string) => writeFile(path, toneWav(1))],
] as const) {
  test(`a file that ${fault} while it plays gives way to the next`, async ({
    launch,
    musicFolder,
  }) => {
    const { window } = await launch();
    const broken = await playTwo(window, musicFolder);
    await breakFile(broken);
    await askMain(window, 'session.seek', { seconds: longSeconds / 2 });
    await expectNextPlays(window);
    await expectWholeQueue(window);
  });
}

test('a file that is deleted while it plays gives way to the next', async ({
  launch,
  musicFolder,
}) => {
  const { window } = await launch();
  await rm(await playTwo(window, musicFolder));
  await askMain(window, 'session.seek', { seconds: longSeconds / 2 });
  await expectNext(window);
});

test('a file that must not be read gives way to the next', async ({ launch, musicFolder }) => {
  test.skip(process.getuid?.() === 0, 'nothing is forbidden to root');
  const { window } = await launch();
  const broken = await playTwo(window, musicFolder);
  await chmod(broken, 0);
  await askMain(window, 'session.seek', { seconds: longSeconds / 2 });
  await expectNext(window);
});

test('a disk that does not answer is waited for three seconds, and other files are read', async ({
  launch,
  musicFolder,
}) => {
  const { app, window } = await launch();
  const broken = await playTwo(window, musicFolder);
  await stallDisk(app, broken);
  await askMain(window, 'session.seek', { seconds: longSeconds / 2 });
  await expectNext(window);
});

test('a stall shorter than what is decoded ahead is not heard', async ({ launch, musicFolder }) => {
  const { app, window } = await launch();
  await tapSound(window);
  const slow = await playTwo(window, musicFolder);
  await expect.poll(() => positionOf(window)).toBeGreaterThan(1);
  await forgetSound(window);
  await stallDisk(app, slow);
  const from = await positionOf(window);
  await expect.poll(() => positionOf(window)).toBeGreaterThan(from + 2);
  await letDiskAnswer(app);
  await expect.poll(() => positionOf(window)).toBeGreaterThan(from + 6);
  expect((await tappedSound(window)).gaps).toEqual([]);
});

test('damage in the middle of a file is left out, and the rest is heard', async ({
  launch,
  musicFolder,
}) => {
  test.setTimeout(120_000);
  const { window } = await launch();
  await tapSound(window);
  for (const format of ['flac', 'mp3', 'ogg', 'm4a']) {
    const bytes = await readFile(join(joins, `a.${format}`));
    const middle = bytes.length >> 1;
    // The same on every run: counted, not drawn.
    for (let at = 0; at < 2000; at += 1) bytes[middle + at] = (at * 197 + (at >> 3) * 31) & 255;
    const path = join(musicFolder, `damaged.${format}`);
    await writeFile(path, bytes);
    await forgetSound(window);
    await askMain(window, 'library.addPaths', { paths: [path] });
    await expect.poll(() => statusOf(window)).toBe('playing');
    await expect.poll(() => statusOf(window), { timeout: 20_000 }).toBe('idle');
    const { samples, gaps } = await tappedSound(window);
    expect(gaps, format).toEqual([]);
    expect(samples.length / 44_100, format).toBeGreaterThan(4.4);
  }
});

/** Plays a long file with another behind it, and gives the first one's path. */
async function playTwo(window: Page, folder: string): Promise<string> {
  const paths = [join(folder, 'broken.wav'), join(folder, 'whole.wav')] as const;
  await writeFile(paths[0], toneWav(longSeconds));
  await writeFile(paths[1], toneWav(longSeconds / 2));
  await askMain(window, 'library.addPaths', { paths });
  await expect.poll(() => positionOf(window)).toBeGreaterThan(0);
  await expect(playerOf(window).title).toHaveText('broken');
  return paths[0];
}

/** The next one plays, the listener was told, and no track left the queue. */
async function expectNext(window: Page): Promise<void> {
  await expectNextPlays(window);
  await expect(window.getByRole('status').filter({ hasText: '“broken”' })).toBeVisible();
  await expectWholeQueue(window);
}

async function expectNextPlays(window: Page): Promise<void> {
  await expect(playerOf(window).title).toHaveText('whole', { timeout: 8000 });
  await expect.poll(() => positionOf(window)).toBeGreaterThan(0.5);
}

async function expectWholeQueue(window: Page): Promise<void> {
  const queue = (await askMain(window, 'session.queue')) as QueueView;
  expect(queue.trackIds).toHaveLength(2);
}

/** From now on reads of this file are not answered, as those of a share that is away. */
async function stallDisk(app: ElectronApplication, path: string): Promise<void> {
  await app.evaluate((_electron, stalled) => {
    const disk = process.getBuiltinModule('node:fs/promises');
    const { stat } = disk;
    const held: (() => void)[] = [];
    Object.assign(disk, {
      stat: async (asked: string) => {
        if (asked === stalled) await new Promise<void>((resolve) => held.push(resolve));
        return stat(asked);
      },
    });
    process.getBuiltinModule('node:module').syncBuiltinESMExports();
    const letGo = () => {
      Object.assign(disk, { stat });
      process.getBuiltinModule('node:module').syncBuiltinESMExports();
      for (const answer of held) answer();
    };
    Object.assign(globalThis, { letGo });
  }, path);
}

async function letDiskAnswer(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => (globalThis as unknown as { letGo: () => void }).letGo());
}

import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import type { SessionView } from '../../shared/session.ts';
import { askMain, expect, playerOf } from '../support/app.ts';
import { positionOf } from '../support/playing.ts';
import { test } from '../support/sinks.ts';
import { toneWav } from '../support/tone.ts';

/** The tone is at a tenth of full scale. */
const heard = 0.05;

test('headphones that are pulled out pause the music, and it is back in them when they are', async ({
  launch,
  plugIn,
  musicFolder,
  ear,
}) => {
  const headphones = plugIn('Headphones', 48_000);
  const { window } = await launch();
  await playTone(window, musicFolder);
  await expect.poll(() => ear.peak(0.2)).toBeGreaterThan(heard);

  await chooseOutput(window, 'Headphones');
  await expect.poll(() => headphones.ear.peak(0.2)).toBeGreaterThan(heard);
  await expect.poll(() => ear.peak(0.5)).toBe(0);
  await askMain(window, 'session.setVolume', { volume: 0.8 });

  headphones.unplug();
  await expect(playerOf(window).play).toBeVisible();
  await expect(window.getByRole('status').filter({ hasText: 'Headphones' })).toBeVisible();
  await expect.poll(() => ear.peak(0.5)).toBe(0);
  await expect.poll(() => volumeOf(window)).toBe(1);

  await playerOf(window).play.click();
  await expect.poll(() => ear.peak(0.2)).toBeGreaterThan(heard);

  const again = plugIn('Headphones', 48_000);
  await expect.poll(() => again.ear.peak(0.2)).toBeGreaterThan(heard / 4);
  await expect.poll(() => ear.peak(0.5)).toBe(0);
  await expect.poll(() => volumeOf(window)).toBe(0.8);
});

test('with pausing switched off the music goes on, rising from silence', async ({
  launch,
  plugIn,
  musicFolder,
  ear,
}) => {
  const headphones = plugIn('Headphones', 44_100);
  const { window } = await launch();
  await askMain(window, 'settings.change', { sound: { pauseWhenUnplugged: false } });
  await playTone(window, musicFolder);
  await chooseOutput(window, 'Headphones');
  await expect.poll(() => headphones.ear.peak(0.2)).toBeGreaterThan(heard);
  const before = await positionOf(window);
  headphones.unplug();
  await expect(window.getByRole('status').filter({ hasText: 'Headphones' })).toBeVisible();
  await expect.poll(() => positionOf(window)).toBeGreaterThan(before + 1);
  await expect.poll(() => ear.peak(0.2)).toBeGreaterThan(heard);
});

test('the output that was chosen is used again at the next start', async ({
  launch,
  plugIn,
  musicFolder,
}) => {
  const headphones = plugIn('Headphones', 44_100);
  const first = await launch();
  await playTone(first.window, musicFolder);
  await chooseOutput(first.window, 'Headphones');
  await expect.poll(() => headphones.ear.peak(0.2)).toBeGreaterThan(heard);
  await first.quit();
  const { window } = await launch();
  await playerOf(window).play.click();
  await expect.poll(() => headphones.ear.peak(0.2)).toBeGreaterThan(heard);
});

test('the music outlives its audio context', async ({ launch, musicFolder, ear }) => {
  const { window } = await launch();
  await keepContexts(window);
  await playTone(window, musicFolder);
  await expect.poll(() => ear.peak(0.2)).toBeGreaterThan(heard);
  const before = await positionOf(window);
  await window.evaluate(() => {
    const { contexts } = globalThis as unknown as { contexts: Set<AudioContext> };
    for (const context of contexts) void context.close();
  });
  await expectMusicWithin(window, ear, before);
});

test('the music outlives the process that sounds it', async ({ launch, musicFolder, ear }) => {
  const { app, window } = await launch();
  await playTone(window, musicFolder);
  await expect.poll(() => ear.peak(0.2)).toBeGreaterThan(heard);
  const before = await positionOf(window);
  process.kill(await audioServiceOf(app), 'SIGKILL');
  await expectMusicWithin(window, ear, before);
});

test('the music outlives the sound server', async ({ launch, musicFolder, soundServer }) => {
  const { window } = await launch();
  await playTone(window, musicFolder);
  await expect.poll(() => soundServer.ear().peak(0.2)).toBeGreaterThan(heard);
  const before = await positionOf(window);
  await soundServer.restart();
  const ear = soundServer.ear();
  await expect.poll(() => ear.peak(0.2), { timeout: 10_000 }).toBeGreaterThan(heard);
  expect(await positionOf(window)).toBeGreaterThan(before - 0.5);
});

/** Sound again within five seconds, and nothing of the track left out. */
async function expectMusicWithin(
  window: Page,
  ear: { readonly peak: (seconds: number) => number },
  beforeSeconds: number,
): Promise<void> {
  const began = performance.now();
  await expect.poll(() => ear.peak(0.1), { intervals: [20] }).toBe(0);
  await expect.poll(() => ear.peak(0.1), { timeout: 5000 }).toBeGreaterThan(heard);
  const elapsed = (performance.now() - began) / 1000;
  const position = await positionOf(window);
  expect(position).toBeGreaterThan(beforeSeconds - 0.5);
  expect(position).toBeLessThan(beforeSeconds + elapsed + 0.5);
}

async function playTone(window: Page, folder: string): Promise<void> {
  const path = join(folder, 'tone.wav');
  await writeFile(path, toneWav(120));
  await askMain(window, 'session.setVolume', { volume: 1 });
  await askMain(window, 'library.addPaths', { paths: [path] });
  await expect(playerOf(window).pause).toBeVisible();
}

async function chooseOutput(window: Page, name: string): Promise<void> {
  await playerOf(window).region.getByRole('button', { name: 'Output device' }).click();
  await window.getByRole('menuitemradio', { name }).click();
}

async function volumeOf(window: Page): Promise<number> {
  return ((await askMain(window, 'session.get')) as SessionView).volume;
}

/** Remembers every context that something sounds in. */
async function keepContexts(window: Page): Promise<void> {
  await window.evaluate(() => {
    const contexts = new Set<BaseAudioContext>();
    const prototype: { start: (this: AudioBufferSourceNode, ...rest: number[]) => void } =
      AudioBufferSourceNode.prototype;
    const { start } = prototype;
    prototype.start = function (...rest) {
      contexts.add(this.context);
      start.apply(this, rest);
    };
    Object.assign(globalThis, { contexts });
  });
}

async function audioServiceOf(app: ElectronApplication): Promise<number> {
  const pid = await app.evaluate(({ app: main }) => {
    const metrics = main.getAppMetrics();
    return metrics.find(({ serviceName }) => serviceName === 'audio.mojom.AudioService')?.pid;
  });
  if (pid === undefined) throw new Error('There is no audio service.');
  return pid;
}

import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { QueueView } from '../../shared/session.ts';
import { askMain, expect, goTo, playerOf, projectRoot, sampleRows, test } from '../support/app.ts';

const sampleFolder = join(projectRoot, 'assets/sample-music');

test('a first run with the sample music ends in music', async ({ launch, ear }) => {
  const { window } = await launch();
  await window.getByRole('button', { name: /sample music/i }).click();
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', sampleRows);

  await songs.getByRole('row').nth(1).dblclick();
  const player = playerOf(window);
  await expect(player.pause).toBeVisible();
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.01);
  await expect.poll(player.position).toBeGreaterThanOrEqual(2);
  await expect(window).toHaveTitle(/ — /);

  await player.pause.click();
  await expect.poll(() => ear.peak(0.3)).toBeLessThan(0.001);
  await expect(window).toHaveTitle('Refrain');
});

test('a listener adds a folder of their own and plays from it', async ({
  launch,
  musicFolder,
  ear,
}) => {
  const album = join(musicFolder, 'Émilie', 'Été');
  await mkdir(album, { recursive: true });
  await copySampleTrack('.flac', join(album, '01 Matin.FLAC'));
  await writeFile(join(album, 'broken.mp3'), 'not music');
  const { app, window } = await launch();
  // The system's own dialog is not the window's: the answer a listener would give is put in.
  await app.evaluate(({ dialog }, folder) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [folder] });
  }, musicFolder);

  await window.getByRole('button', { name: /choose my music folder/i }).click();
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', '2');
  await expect(window.getByRole('status', { name: 'Library scan' })).toContainText('1 skipped');
  await songs.getByRole('row').nth(1).dblclick();
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.01);
});

test('what was passed or dropped as a file plays at once', async ({ launch, musicFolder, ear }) => {
  const file = join(musicFolder, 'passed along.mp3');
  await copySampleTrack('.mp3', file);
  const { window } = await launch(file);
  await expect(playerOf(window).pause).toBeVisible();
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.01);
});

test('search finds as one types, without its accents, and Enter plays', async ({ launch }) => {
  const { window } = await launch('--sample');
  const field = window.getByRole('searchbox', { name: 'Search' });
  await field.fill('lea mor');
  await expect(window.getByText('Léa Moreau Trio').first()).toBeVisible();
  await field.fill('rue');
  const found = window.getByRole('grid').getByRole('row').nth(1);
  await expect(found).toBeVisible();
  await found.dblclick();
  await expect(playerOf(window).pause).toBeVisible();
  await field.fill('zzzz qqqq');
  await expect(window.getByText(/nothing found/i)).toBeVisible();
});

test('the queue is moved, cut and taken back by keyboard', async ({ launch }) => {
  const { window } = await launch('--sample');
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', sampleRows);
  await songs.getByRole('row').nth(1).dblclick();
  const player = playerOf(window);
  await expect(player.pause).toBeVisible();
  await player.region.getByRole('button', { name: 'Queue' }).click();
  const upNext = window
    .getByRole('complementary', { name: 'Queue' })
    .getByRole('list', { name: 'Up next' });
  await expect(upNext.getByRole('listitem').nth(1)).toBeVisible();
  const before = await queuedTracks(window);

  await upNext.getByRole('listitem').first().focus();
  await window.keyboard.press('Alt+ArrowDown');
  await expect
    .poll(() => queuedTracks(window))
    .toEqual([before[0], before[2], before[1], ...before.slice(3)]);
  await window.keyboard.press('Control+z');
  await expect.poll(() => queuedTracks(window)).toEqual(before);
  await upNext.getByRole('listitem').first().focus();
  await window.keyboard.press('Delete');
  await expect.poll(() => queuedTracks(window)).toEqual([before[0], ...before.slice(2)]);
  await window.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => queuedTracks(window)).toEqual(before);
});

async function queuedTracks(window: Page): Promise<readonly number[]> {
  const queue = await askMain(window, 'session.queue');
  return [...(queue as QueueView).trackIds];
}

/** @param ending of the sample track's name */
async function copySampleTrack(ending: string, to: string): Promise<void> {
  const names = await readdir(sampleFolder, { recursive: true });
  const name = names.toSorted().find((candidate) => candidate.endsWith(ending));
  if (name === undefined) throw new Error(`The sample music has no ${ending}`);
  await copyFile(join(sampleFolder, name), to);
}

import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, goTo, playerOf, test } from '../support/app.ts';
import { soundingWav } from '../support/wav.ts';

test('shows what comes into a folder, and what becomes of it, while music plays', async ({
  launch,
  musicFolder,
}) => {
  await write(musicFolder, 'a/long.wav', 1200, 'Long');
  const { window } = await launch(`--add-folder=${musicFolder}`);
  await goTo(window, 'Songs');
  await expect(songs(window)).toHaveAttribute('aria-rowcount', '2');
  await songs(window).getByRole('row').nth(1).dblclick();
  await expect(playerOf(window).pause).toBeVisible();

  await write(musicFolder, 'new/two.wav', 2, 'Two');
  await expect(songs(window).getByText('Two', { exact: true })).toBeVisible();
  await rename(join(musicFolder, 'new'), join(musicFolder, 'renamed'));
  await write(musicFolder, 'renamed/three.wav', 3, 'Three');
  await expect(songs(window)).toHaveAttribute('aria-rowcount', '4');
  await rm(join(musicFolder, 'renamed/two.wav'));
  await expect(songs(window)).toHaveAttribute('aria-rowcount', '3');
  await expect(playerOf(window).pause).toBeVisible();
  await expect(playerOf(window).title).toHaveText('Long');
});

test('asks before it lets many songs go', async ({ launch, musicFolder }) => {
  for (let n = 1; n <= 8; n += 1) await write(musicFolder, `${n}.wav`, n, `Song ${n}`);
  const { window } = await launch(`--add-folder=${musicFolder}`);
  await goTo(window, 'Songs');
  await expect(songs(window)).toHaveAttribute('aria-rowcount', '9');
  await songs(window).getByRole('row').nth(1).getByRole('button', { name: 'Like' }).click();

  for (let n = 1; n <= 6; n += 1) await rm(join(musicFolder, `${n}.wav`));
  const line = window.getByRole('navigation', { name: 'Main' }).getByRole('button', {
    name: '5 songs not found',
  });
  await line.click();
  const dialog = window.getByRole('dialog', { name: 'Keep these songs?' });
  await expect(dialog.getByRole('button', { name: 'Keep them' })).toBeFocused();
  await expect(dialog).toContainText('1 song more stay');
  await dialog.getByRole('button', { name: 'Keep them' }).click();
  await expect(line).toBeHidden();
  await expect(songs(window)).toHaveAttribute('aria-rowcount', '9');

  await goTo(window, 'Folders');
  await window.getByRole('button', { name: 'Review…' }).click();
  await dialog.getByRole('button', { name: 'Let go of 5 songs' }).click();
  await goTo(window, 'Songs');
  await expect(songs(window)).toHaveAttribute('aria-rowcount', '4');
});

test('lists duplicates, and plays the one that is chosen', async ({ launch, musicFolder }) => {
  await write(musicFolder, 'a/one.wav', 20, 'One');
  await write(musicFolder, 'b/one again.wav', 20, 'One, again');
  await write(musicFolder, 'a/two.wav', 30, 'Two');
  await write(musicFolder, 'c/two.wav', 31, 'Two');
  const { window } = await launch(`--add-folder=${musicFolder}`);
  await goTo(window, 'Songs');
  await expect(songs(window)).toHaveAttribute('aria-rowcount', '5');
  await window.getByRole('link', { name: 'Duplicates' }).click();
  const same = window.getByRole('list', { name: 'The same recording' });
  await expect(same.getByRole('heading')).toHaveText(/One — Artist\s*2 files/);
  await expect(same.getByText(join(musicFolder, 'b'))).toBeVisible();
  const likely = window.getByRole('list', { name: 'Probably the same' });
  await expect(likely.getByRole('heading')).toHaveText(/Two — Artist\s*2 files/);
  await expect(same.getByRole('button', { name: 'Show one.wav in its folder' })).toBeVisible();
  await same.getByRole('button', { name: 'Play one again.wav' }).click();
  await expect(playerOf(window).title).toHaveText('One, again');
});

function songs(window: Page) {
  return window.getByRole('grid', { name: 'Songs' });
}

/** @param sound what it sounds like; every tenth of a second of its length is one */
async function write(folder: string, path: string, sound: number, title: string): Promise<void> {
  await mkdir(join(folder, path, '..'), { recursive: true });
  await writeFile(join(folder, path), soundingWav(sound, { title, artist: 'Artist' }));
}

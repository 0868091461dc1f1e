import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { parseFile } from 'music-metadata';
import { expect, goTo, playerOf, test } from '../support/app.ts';

const fixtures = fileURLToPath(new URL('../fixtures/joins/', import.meta.url));
const names = ['one.mp3', 'two.flac', 'three.m4a', 'four.ogg', 'five.opus'];

test('tags of several songs are edited with a preview, and taken back', async ({
  launch,
  musicFolder,
}) => {
  await fill(musicFolder);
  const before = await readFile(join(musicFolder, 'two.flac'));
  const { window } = await launch(`--add-folder=${musicFolder}`);
  const songs = await openSongs(window);
  await songs.press('Control+a');
  await openEditor(window);
  const dialog = window.getByRole('dialog', { name: /^Edit tags/ });
  const album = dialog.getByRole('textbox', { name: 'Album', exact: true });
  await expect(dialog.getByRole('textbox', { name: 'Title', exact: true })).toBeFocused();
  await expect(dialog.getByRole('button', { name: 'Preview' })).toBeDisabled();
  await window.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await openEditor(window);
  await album.fill('Joined');
  await dialog.getByRole('textbox', { name: 'Date', exact: true }).fill('soon');
  await album.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('Date');
  await dialog.getByRole('textbox', { name: 'Date', exact: true }).fill('1997-05-21');
  await dialog.getByText('Number the tracks in this order').click();
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText('5 files are written.')).toBeVisible();
  await expect(dialog.getByText('1997-05-21').first()).toBeVisible();
  await window.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  for (const name of names) {
    const { common } = await parseFile(join(musicFolder, name));
    expect(common).toMatchObject({ album: 'Joined', year: 1997 });
  }
  await expect(songs.getByText('Joined').first()).toBeVisible();
  await window.getByRole('button', { name: 'Undo' }).click();
  await expect(songs.getByText('Joined')).toHaveCount(0);
  expect((await readFile(join(musicFolder, 'two.flac'))).equals(before)).toBe(true);
});

test('the file of the song that plays is written when it no longer does', async ({
  launch,
  musicFolder,
}) => {
  await fill(musicFolder);
  const { window } = await launch(`--add-folder=${musicFolder}`);
  const songs = await openSongs(window);
  await songs.getByRole('row').nth(1).dblclick();
  const player = playerOf(window);
  await expect(player.pause).toBeVisible();
  const playing = await player.title.textContent();
  await songs.getByRole('row').nth(1).click();
  await openEditor(window);
  const dialog = window.getByRole('dialog', { name: 'Edit tags' });
  await dialog.getByRole('textbox', { name: 'Title', exact: true }).fill('Later');
  await dialog.getByRole('button', { name: 'Preview' }).click();
  await expect(dialog.getByText(/plays or comes next/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Write' }).click();
  await expect(dialog).toBeHidden();
  await expect(player.title).toHaveText('Later');
  const name = names.find((candidate) => candidate.startsWith(`${playing ?? ''}.`)) ?? '';
  const titleInFile = async () => (await parseFile(join(musicFolder, name))).common.title;
  expect(await titleInFile()).not.toBe('Later');
  // The last one: nothing comes next.
  await songs.getByRole('row').nth(names.length).dblclick();
  await expect(player.title).not.toHaveText('Later');
  await expect.poll(titleInFile).toBe('Later');
});

test('songs are rated by keys, by the menu and beside what plays', async ({
  launch,
  musicFolder,
}) => {
  await fill(musicFolder);
  const { window } = await launch(`--add-folder=${musicFolder}`);
  const songs = await openSongs(window);
  const row = songs.getByRole('row').nth(1);
  await row.click();
  await songs.press('Control+4');
  await expect(row.getByText('4 stars')).toBeAttached();
  await row.dblclick();
  await playerOf(window).region.getByRole('button', { name: 'Now playing' }).click();
  const rating = window.getByRole('radiogroup', { name: 'Rating' });
  await expect(rating.getByRole('radio', { name: '4 stars' })).toBeChecked();
  await rating.getByRole('radio', { name: '4 stars' }).press('ArrowLeft');
  await expect(row.getByText('3 stars')).toBeAttached();
  await row.click({ button: 'right' });
  await window.getByRole('menuitem', { name: 'Rate' }).hover();
  await window.getByRole('menuitem', { name: 'No rating' }).click();
  await expect(row.getByText(/stars/)).toHaveCount(0);
  await window.keyboard.press('Control+z');
  await expect(row.getByText('3 stars')).toBeAttached();
});

async function fill(folder: string): Promise<void> {
  for (const name of names) {
    await copyFile(join(fixtures, `a${extname(name)}`), join(folder, name));
  }
  await writeFile(join(folder, 'notes.txt'), 'no music');
}

async function openSongs(window: Page) {
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', String(names.length + 1));
  await songs.getByRole('row').nth(1).click();
  await songs.focus();
  return songs;
}

async function openEditor(window: Page): Promise<void> {
  await window
    .getByRole('grid', { name: 'Songs' })
    .getByRole('row')
    .nth(1)
    .click({ button: 'right' });
  await window.getByRole('menuitem', { name: 'Edit tags…' }).click();
}

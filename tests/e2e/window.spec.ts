import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { askMain, expect, goTo, playSongs, playerOf, projectRoot, test } from '../support/app.ts';

const anySong = join(projectRoot, 'tests/fixtures/joins/b.cbr.mp3');

test('the search field can be reached from its own results and is free on other screens', async ({
  launch,
}) => {
  const { window } = await launch('--sample');
  const faults = gatherFaults(window);
  const field = window.getByRole('searchbox', { name: 'Search' });
  await goTo(window, 'Search');
  await field.fill('orchard');
  const found = window.getByRole('grid', { name: 'Search' });
  await expect(found).toBeVisible();
  await field.press('ArrowDown');
  await expect(found).toBeFocused();
  await window.keyboard.press('Control+k');
  await expect(field).toBeFocused();
  await goTo(window, 'Albums');
  await expect(field).toHaveValue('');
  await window.keyboard.press('Control+f');
  await expect(field).toHaveValue('orchard');
  await field.press('Escape');
  await expect(field).toHaveValue('');
  expect(faults).toEqual([]);
});

test('a playlist is renamed from its menus by typing at once', async ({ launch }) => {
  const { window } = await launch('--sample');
  await askMain(window, 'playlists.create', { name: 'First', tracks: null });
  const rail = window.getByRole('navigation', { name: 'Playlists' });
  await rail.getByRole('link', { name: 'First' }).click({ button: 'right' });
  await window.getByRole('menuitem', { name: 'Rename' }).click();
  const name = window.getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await window.keyboard.type('A second name');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('heading', { level: 1, name: 'A second name' })).toBeVisible();

  await window.getByRole('button', { name: 'More for A second name' }).click();
  await window.getByRole('menuitem', { name: 'Rename' }).click();
  await expect(name).toBeFocused();
  await window.keyboard.type('never kept');
  await window.keyboard.press('Escape');
  await expect(rail.getByRole('link')).toHaveText(['A second name']);
});

test('the volume follows the wheel and is heard again when it is moved', async ({ launch }) => {
  const { window } = await launch('--sample');
  await playSongs(window);
  const { region } = playerOf(window);
  const volume = region.getByRole('slider', { name: 'Volume' });
  await region.getByRole('button', { name: 'Mute' }).hover();
  await window.mouse.wheel(0, 200);
  await expect(volume).toHaveAttribute('aria-valuenow', '95');
  await region.getByRole('button', { name: 'Mute' }).click();
  await expect(volume).toHaveAttribute('aria-valuenow', '0');
  await volume.press('ArrowRight');
  await expect(region.getByRole('button', { name: 'Mute' })).toBeVisible();
  await expect
    .poll(() => askMain(window, 'session.get'))
    .toMatchObject({ volume: 0.05, muted: false });
});

test('a small window leads to every place of the rail, and shelves begin at their start', async ({
  launch,
}) => {
  const { app, window } = await launch('--sample');
  await expect(window.getByRole('link', { name: /Rue des Tilleuls/ })).toBeVisible();
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(900, 600);
  });
  for (const name of ['One', 'Two', 'Three']) {
    await askMain(window, 'playlists.create', { name, tracks: null });
  }
  for (const name of ['One', 'Three']) {
    await window.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
    await expect(window.getByRole('heading', { level: 1, name })).toBeVisible();
  }
  await goTo(window, 'Home');
  const genres = window.getByRole('region', { name: 'Genres' });
  await expect(genres.getByRole('button', { name: 'Earlier ones' })).toBeDisabled();
});

test('a title of any length leaves every button within the window', async ({
  launch,
  musicFolder,
}) => {
  for (const copy of ['one', 'two']) {
    await copyFile(anySong, join(musicFolder, `${copy} ${'Rindfleisch'.repeat(20)}.mp3`));
  }
  const { window } = await launch(`--add-folder=${musicFolder}`);
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', '3');
  const ids = [...((await askMain(window, 'library.trackIds', { from: 'all' })) as Uint32Array)];
  await askMain(window, 'library.setLiked', { ids, liked: true });
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  await window.getByRole('button', { name: 'Write into the files…' }).click();
  const write = window.getByRole('dialog').getByRole('button', { name: 'Write', exact: true });
  await expect(write).toBeInViewport({ ratio: 1 });
  await window.keyboard.press('Escape');

  await window.getByRole('button', { name: 'Duplicates' }).click();
  const show = window.getByRole('button', { name: /in its folder$/ }).first();
  await expect(show).toBeInViewport({ ratio: 1 });
});

test('what a screen hides for screen readers does not make the window scroll', async ({
  launch,
}) => {
  const { window } = await launch('--sample');
  for (const screen of ['Settings', 'Account', 'Sound']) {
    await window.getByRole('button', { name: screen, exact: true }).first().click();
    await expect(window.getByRole('heading', { level: 1, name: screen })).toBeVisible();
    const beyond = await window.evaluate(() => {
      const { scrollHeight, clientHeight } = document.documentElement;
      return scrollHeight - clientHeight;
    });
    expect(beyond, screen).toBe(0);
  }
});

test('each dialog that only shows something has a button that closes it', async ({ launch }) => {
  const { window } = await launch('--sample');
  const dialog = window.getByRole('dialog');
  await expect(window.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  await window.keyboard.press('F1');
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
  await window.getByRole('button', { name: 'Settings', exact: true }).click();
  await window.getByRole('button', { name: 'Preview what would leave' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(dialog).toBeHidden();
});

/** What the page complains of from now on. */
function gatherFaults(window: Page): readonly string[] {
  const faults: string[] = [];
  window.on('pageerror', (error) => faults.push(error.message));
  window.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  return faults;
}

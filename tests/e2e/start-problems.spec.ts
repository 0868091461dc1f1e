import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askMain, expect, goTo, sampleRows, test } from '../support/app.ts';

test('a damaged settings file is answered with a choice, and kept', async ({ launch, profile }) => {
  await (await launch()).quit();
  const file = join(profile, 'settings.json');
  await writeFile(file, '{"theme": "da');
  const { window } = await launch();
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText('settings could not be read');
  expect(await readFile(file, 'utf8')).toBe('{"theme": "da');

  await question.getByRole('button', { name: 'Start with default settings' }).click();
  await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
  const kept = (await readdir(profile)).filter((name) => name.startsWith('settings.damaged-'));
  expect(kept).toHaveLength(1);
  expect(await readFile(join(profile, kept[0] ?? ''), 'utf8')).toBe('{"theme": "da');
});

test('a library of a newer Refrain is left as it is, and an empty one can be begun', async ({
  launch,
  profile,
}) => {
  const first = await launch('--sample');
  await goTo(first.window, 'Songs');
  await expect(
    first.window.getByRole('grid', { name: 'Songs' }).getByRole('row').nth(3),
  ).toBeVisible();
  await first.quit();
  const file = join(profile, 'library.db');
  const newer = await readFile(file);
  // The user version in SQLite's file header.
  newer.writeUInt32BE(9999, 60);
  await writeFile(file, newer);

  const { window } = await launch();
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText('9999');
  expect((await readFile(file)).equals(newer)).toBe(true);
  await question.getByRole('button', { name: 'Try again' }).click();
  await expect(question).toContainText('9999');

  await question.getByRole('button', { name: 'Start with an empty library' }).click();
  await expect(window.getByRole('button', { name: /sample music/i })).toBeVisible();
  const kept = (await readdir(profile)).find((name) => /set-aside.*\.db$/.test(name));
  expect((await readFile(join(profile, kept ?? ''))).equals(newer)).toBe(true);
});

test('a damaged library is answered with a choice; quitting leaves it', async ({
  launch,
  profile,
}) => {
  const file = join(profile, 'library.db');
  await writeFile(file, 'this is no database '.repeat(100));
  const { app, window } = await launch();
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText('library could not be read');
  const ended = app.waitForEvent('close');
  // The window may be gone before the click has returned.
  await Promise.allSettled([question.getByRole('button', { name: 'Quit' }).click(), ended]);
  await ended;
  expect(await readFile(file, 'utf8')).toContain('this is no database');
});

test('a damaged library can go back to its newest copy, and the listener is told', async ({
  launch,
  profile,
}) => {
  const first = await launch('--sample');
  await goTo(first.window, 'Songs');
  const songs = first.window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', sampleRows);
  await askMain(first.window, 'playlists.create', { name: 'Kept', tracks: { from: 'all' } });
  expect(await askMain(first.window, 'snapshots.make')).toBe(true);
  await first.quit();
  const file = join(profile, 'library.db');
  const damaged = (await readFile(file)).subarray(0, 20_000);
  await writeFile(file, damaged);

  const { window } = await launch();
  const question = window.getByRole('alertdialog');
  await expect(question).toContainText('library could not be read');
  await expect(question).toContainText('12 songs · 1 playlist');
  await question.getByRole('button', { name: 'Go back to the newest copy' }).click();
  await expect(window.getByRole('status').getByText('put back to the copy of')).toBeVisible();
  await expect(window.getByRole('link', { name: 'Kept' })).toBeVisible();
  const kept = (await readdir(profile)).find((name) => /set-aside.*\.db$/.test(name));
  expect((await readFile(join(profile, kept ?? ''))).equals(damaged)).toBe(true);
});

import type { Page } from '@playwright/test';
import { askMain, expect, playSongs, playerOf, test } from '../support/app.ts';

test('the library goes back to a copy and forth again while the music plays', async ({
  launch,
}) => {
  const { window } = await launch('--sample');
  await playSongs(window);
  await openSettings(window);
  const safety = window.getByRole('list', { name: 'Copies of the library' });
  await window.getByRole('button', { name: 'Copy now' }).click();
  await expect(window.getByRole('status').getByText('The library was copied.')).toBeVisible();
  await expect(safety.getByRole('listitem')).toHaveCount(1);

  await askMain(window, 'playlists.create', { name: 'Too late', tracks: { from: 'all' } });
  const list = window.getByRole('link', { name: 'Too late' });
  await expect(list).toBeVisible();
  await safety.getByRole('button', { name: /^Go back to the copy of/ }).click();
  const dialog = window.getByRole('dialog', { name: 'Go back to this copy?' });
  await expect(dialog).toContainText('disappears, with 12 songs');
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await expect(list).toHaveCount(0);
  await expect(safety.getByRole('listitem')).toHaveCount(2);
  await expect(safety).toContainText('before going back');
  await expect(playerOf(window).pause).toBeVisible();
  const heard = await playerOf(window).position();
  await expect.poll(() => playerOf(window).position()).toBeGreaterThan(heard);

  await window.getByRole('button', { name: 'Undo' }).click();
  await expect(list).toBeVisible();
});

async function openSettings(window: Page): Promise<void> {
  await window.getByRole('button', { name: 'Settings' }).click();
}

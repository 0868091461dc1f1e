import type { Page } from '@playwright/test';
import type { PlaylistItems } from '../../shared/playlist.ts';
import { askMain, expect, goTo, sampleRows, test } from '../support/app.ts';

test('a playlist is made, reordered, undone, and kept after a restart', async ({ launch }) => {
  const first = await launch('--sample');
  const { window } = first;
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', sampleRows);
  await songs.getByRole('row').nth(1).click();
  await songs
    .getByRole('row')
    .nth(4)
    .click({ modifiers: ['Shift'] });
  await songs.getByRole('row').nth(3).click({ button: 'right' });
  await window.getByRole('menuitem', { name: 'Add to playlist' }).click();
  await window.getByRole('menuitem', { name: 'New playlist…' }).click();
  const dialog = window.getByRole('dialog');
  await dialog.getByRole('textbox').fill('Soirée');
  await dialog.getByRole('button', { name: 'Create' }).click();

  const rail = window.getByRole('navigation', { name: 'Main' });
  await rail.getByRole('link', { name: 'Soirée' }).click();
  const list = window.getByRole('grid', { name: 'Soirée' });
  await expect(list).toHaveAttribute('aria-rowcount', '5');
  const made = await itemsOf(window);

  await list.getByRole('row').nth(1).click();
  await window.keyboard.press('Alt+ArrowDown');
  const moved = [made[1], made[0], ...made.slice(2)];
  await expect.poll(() => itemsOf(window)).toEqual(moved);
  await window.keyboard.press('Control+z');
  await expect.poll(() => itemsOf(window)).toEqual(made);
  await list.getByRole('row').nth(2).click();
  await window.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => itemsOf(window)).toEqual(moved);
  await first.kill();

  const second = await launch();
  await expect(second.window.getByRole('link', { name: 'Soirée' })).toBeVisible();
  expect(await itemsOf(second.window)).toEqual(moved);
});

test('a playlist is reordered by dragging', async ({ launch }) => {
  const { window } = await launch('--sample');
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', sampleRows);
  await askMain(window, 'playlists.create', { name: 'Drag', tracks: { from: 'all' } });
  await window
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: 'Drag' })
    .click();
  const list = window.getByRole('grid', { name: 'Drag' });
  await expect(list.getByRole('row').nth(3)).toBeVisible();
  const before = await itemsOf(window);
  await list
    .getByRole('row')
    .nth(3)
    .dragTo(list.getByRole('row').nth(1), {
      targetPosition: { x: 60, y: 2 },
    });
  await expect
    .poll(() => itemsOf(window))
    .toEqual([before[2], before[0], before[1], ...before.slice(3)]);
});

/** Item ids of the only playlist, in order. */
async function itemsOf(window: Page): Promise<readonly number[]> {
  const [playlist] = (await askMain(window, 'playlists.all')) as readonly { readonly id: number }[];
  const { itemIds } = (await askMain(window, 'playlists.items', {
    id: playlist?.id,
  })) as PlaylistItems;
  return [...itemIds];
}

import { askMain, expect, goTo, playSong, playerOf, test } from '../support/app.ts';

test('a first run with the sample music ends in music', async ({ launch, ear }) => {
  const { window } = await launch();
  await window.getByRole('button', { name: /sample music/i }).click();
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', /^1\d$/);

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

import type { Page } from '@playwright/test';
import type { QueueView, SessionView } from '../../shared/session.ts';
import { askMain, expect, playSongs, playerOf, test } from '../support/app.ts';

test('queue, place and position come back after kill −9', async ({ launch, ear }) => {
  const first = await launch('--sample');
  await playSongs(first.window);
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.01);
  await playerOf(first.window).next.click();
  await askMain(first.window, 'session.setShuffle', { shuffle: true });
  await askMain(first.window, 'session.setVolume', { volume: 0.4 });
  await askMain(first.window, 'session.seek', { seconds: 20 });
  await expect.poll(playerOf(first.window).position).toBeGreaterThanOrEqual(23);
  const before = await stateOf(first.window);
  await first.kill();

  const second = await launch();
  await expect(playerOf(second.window).play).toBeVisible();
  const after = await stateOf(second.window);
  expect(after.queue).toEqual(before.queue);
  expect(after.session).toMatchObject({
    status: 'paused',
    shuffle: true,
    volume: 0.4,
    now: { track: { id: before.session.now?.track.id } },
  });
  // The place is saved as it plays, so at most the last seconds before the end are missing.
  expect(after.session.positionSeconds).toBeGreaterThan(20);
  expect(after.session.positionSeconds).toBeLessThanOrEqual(before.session.positionSeconds + 2);

  await playerOf(second.window).play.click();
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.005);
  await expect.poll(playerOf(second.window).position).toBeGreaterThan(21);
});

test('a window that dies goes on where it was', async ({ launch, ear }) => {
  const { app, window } = await launch('--sample');
  await playSongs(window);
  await expect.poll(playerOf(window).position).toBeGreaterThanOrEqual(2);
  const before = await stateOf(window);
  const reloaded = window.waitForEvent('load');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await reloaded;
  await expect(playerOf(window).title).toHaveText(before.session.now?.track.title ?? '');
  expect((await stateOf(window)).queue).toEqual(before.queue);
  await expect.poll(() => ear.peak(0.3)).toBeGreaterThan(0.005);
});

async function stateOf(window: Page) {
  const session = (await askMain(window, 'session.get')) as SessionView;
  const { entryIds, trackIds, index } = (await askMain(window, 'session.queue')) as QueueView;
  return { session, queue: { entryIds: [...entryIds], trackIds: [...trackIds], index } };
}

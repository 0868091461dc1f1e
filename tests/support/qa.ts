import type { Page } from '@playwright/test';
import type { QaTier } from '../../shared/account.ts';
import type { QaAdOutcome, QaView } from '../../shared/qa.ts';
import type { Track } from '../../shared/track.ts';
import { askMain, expect, playerOf } from './app.ts';
import { sessionOf } from './playing.ts';

/**
 * What a QA engineer does to a running app, beside `test` and `launch` of app.ts. Each step is one
 * that docs/qa.md names; `setTier` goes through the panel, the others through the panel's requests.
 */

export function slotOf(window: Page) {
  return window.getByRole('complementary', { name: 'Advertisement' });
}

export function breakOf(window: Page) {
  return window.getByRole('region', { name: 'Ad break' });
}

/** By a button of the QA panel, while whatever plays goes on. */
export async function setTier(window: Page, tier: QaTier): Promise<void> {
  await pressInPanel(window, 'Tier', tier);
}

/** Presses a button of a group of the QA panel, which is closed again. */
export async function pressInPanel(window: Page, group: string, button: string): Promise<void> {
  await window.getByRole('button', { name: 'QA', exact: true }).click();
  const panel = window.getByRole('dialog', { name: 'QA' });
  await panel
    .getByRole('group', { name: group })
    .getByRole('button', { name: button, exact: true })
    .click();
  await window.keyboard.press('Escape');
  await expect(panel).toBeHidden();
}

export async function qaView(window: Page): Promise<QaView> {
  return (await askMain(window, 'qa.view')) as QaView;
}

/** Forward as if the time had gone by, with music in it; back as if the clock had been put back. */
export async function moveClock(window: Page, minutes: number): Promise<void> {
  await askMain(window, 'qa.moveClock', { minutes });
}

/** As if so much music had been heard that a break is due. */
export async function dueBreak(window: Page): Promise<void> {
  await askMain(window, 'qa.dueBreak');
}

/** How the next breaks turn out. */
export async function adOutcome(window: Page, outcome: QaAdOutcome): Promise<void> {
  await askMain(window, 'qa.adOutcome', { outcome });
}

/** Goes to five seconds before the end of what plays, so that the boundary is near. */
export async function nearEnd(window: Page): Promise<void> {
  const { now } = await sessionOf(window);
  await askMain(window, 'session.seek', { seconds: Math.max(0, (now?.track.seconds ?? 0) - 5) });
}

/** Plays two tracks of different albums, so that a natural rest lies between them. */
export async function playAcrossAlbums(window: Page): Promise<void> {
  const ids = [...((await askMain(window, 'library.trackIds', { from: 'all' })) as Uint32Array)];
  const tracks = (await askMain(window, 'library.tracks', { ids })) as readonly Track[];
  const [first] = tracks;
  const second = tracks.find(({ albumId }) => albumId !== first?.albumId);
  const pair = [first?.id, second?.id];
  await askMain(window, 'session.play', { tracks: { from: 'tracks', ids: pair }, start: 0 });
  await expect(playerOf(window).title).toHaveText(first?.title ?? '');
}

/** The end of what plays comes near, and a break with it. */
export async function expectBreak(window: Page): Promise<void> {
  await nearEnd(window);
  await expect(breakOf(window)).toBeVisible({ timeout: 20_000 });
}

/** The end of what plays comes near, and the next track follows it at once. */
export async function expectNoBreak(window: Page): Promise<void> {
  const { now } = await sessionOf(window);
  await nearEnd(window);
  await expect
    .poll(
      async () => {
        const view = await sessionOf(window);
        expect(view.adBreak).toBeNull();
        return view.now?.track.id;
      },
      { timeout: 20_000 },
    )
    .not.toBe(now?.track.id);
  await expect.poll(() => playerOf(window).position()).toBeGreaterThanOrEqual(1);
}

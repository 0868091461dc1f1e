import { qaWords as words } from '../../shared/words/qa.ts';
import { expect, playSongs, test } from '../support/app.ts';
import { statusOf } from '../support/playing.ts';
import {
  adOutcome,
  breakOf,
  dueBreak,
  expectBreak,
  playAcrossAlbums,
  pressInPanel,
  qaView,
} from '../support/qa.ts';

const free = ['free', 'expired', 'paused', 'refunded', 'disputed'];

test('each button of the QA panel does what it says, while the music plays', async ({ launch }) => {
  const { window } = await launch('--sample');
  await window.setViewportSize({ width: 900, height: 620 });
  await playSongs(window);
  for (const tier of Object.keys(words.tiers)) {
    await pressInPanel(window, words.tier, tier);
    const expected = free.includes(tier) ? 'free' : 'premium';
    await expect(window.locator('html')).toHaveAttribute('data-tier', expected);
  }
  await pressInPanel(window, words.tier, 'free');
  for (const [outcome, name] of Object.entries(words.outcomes)) {
    await pressInPanel(window, words.outcome, name);
    await expect.poll(async () => (await qaView(window)).outcome).toBe(outcome);
  }
  for (const minutes of [60, -60]) {
    const before = Date.parse((await qaView(window)).clock);
    await pressInPanel(window, words.clock, words.moved(minutes));
    const after = Date.parse((await qaView(window)).clock);
    expect(Math.abs(after - before - minutes * 60_000)).toBeLessThan(30_000);
  }
  await pressInPanel(window, words.breaks, words.dueNow);
  expect((await qaView(window)).standing?.verdict).toMatch(/^(next_boundary|waits_for_album)$/);
  await pressInPanel(window, words.service, words.unreachable);
  expect((await qaView(window)).reachable).toBe(false);
  expect(await statusOf(window)).toBe('playing');

  await window.getByRole('button', { name: 'QA', exact: true }).press('Enter');
  const panel = window.getByRole('dialog', { name: 'QA' });
  await expect(panel).toContainText('Due');
  const box = await panel.boundingBox();
  expect(box?.x).toBeGreaterThanOrEqual(0);
  expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(900);
});

test('a tester hears the ad that they chose', async ({ launch }) => {
  const { window } = await launch('--sample', '--qa-tier=free');
  await playSongs(window);
  await playAcrossAlbums(window);
  await adOutcome(window, 'plays');
  await dueBreak(window);
  await expectBreak(window);
  await expect(breakOf(window)).toContainText('QA Advertiser');
});

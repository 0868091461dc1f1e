import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, goTo, playSongs, playerOf, test } from '../support/app.ts';
import { sessionOf } from '../support/playing.ts';
import {
  adOutcome,
  breakOf,
  dueBreak,
  expectBreak,
  expectNoBreak,
  nearEnd,
  playAcrossAlbums,
  setTier,
  slotOf,
} from '../support/qa.ts';
import { toneWav } from '../support/tone.ts';

test('a free listener sees the slot, hears a break when one is due, and is refused repeat-track', async ({
  launch,
  ear,
}) => {
  const { window } = await launch('--sample', '--qa-tier=free');
  await expect(window.locator('html')).toHaveAttribute('data-tier', 'free');
  await expect(slotOf(window)).toBeVisible();
  const player = playerOf(window);

  await playSongs(window);
  await player.repeat.click();
  await expect(player.repeat).toHaveAccessibleName('Repeat: all');
  await player.repeat.click();
  const offer = window.getByRole('dialog', { name: 'Refrain Premium' });
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: 'Not now' }).click();
  await expect(player.repeat).not.toHaveAccessibleName('Repeat: track');

  await playAcrossAlbums(window);
  await dueBreak(window);
  const before = await player.title.textContent();
  const adBreak = breakOf(window);
  await expectBreak(window);
  await expect(adBreak.getByRole('timer')).toContainText(/resumes in 0:\d\d/);
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.005);
  await expect(adBreak).toBeHidden({ timeout: 30_000 });
  // The music goes on with the next track, from its first sample.
  await expect(player.title).not.toHaveText(before ?? '');
  expect(await player.position()).toBeLessThan(5);
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.005);
});

test('premium has no slot and no break, and repeats a track three times', async ({
  launch,
  musicFolder,
  ear,
}) => {
  await writeFile(join(musicFolder, 'short.wav'), toneWav(2));
  await writeFile(join(musicFolder, 'other.wav'), toneWav(2));
  const { window } = await launch(`--add-folder=${musicFolder}`, '--qa-tier=premium');
  await expect(window.locator('html')).toHaveAttribute('data-tier', 'premium');
  await expect(slotOf(window)).toBeHidden();
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', '3');
  await songs.getByRole('row').nth(1).dblclick();
  const player = playerOf(window);
  await player.repeat.click();
  await player.repeat.click();
  await expect(player.repeat).toHaveAccessibleName('Repeat: track');
  await dueBreak(window);

  const first = await sessionOf(window);
  const playings = new Set<number>();
  await expect
    .poll(async () => {
      const { now, adBreak } = await sessionOf(window);
      expect(now?.track.id).toBe(first.now?.track.id);
      expect(adBreak).toBeNull();
      return playings.add(now?.play ?? -1).size;
    })
    .toBeGreaterThanOrEqual(4);
  expect(ear.peak(1)).toBeGreaterThan(0.01);
});

test('the tier changes both ways while the music plays', async ({ launch, ear }) => {
  const { window } = await launch('--sample');
  await playSongs(window);
  const player = playerOf(window);
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.005);
  const { now } = await sessionOf(window);

  await setTier(window, 'premium');
  await expect(window.locator('html')).toHaveAttribute('data-tier', 'premium');
  await expect(slotOf(window)).toBeHidden();
  await player.repeat.click();
  await player.repeat.click();
  await expect(player.repeat).toHaveAccessibleName('Repeat: track');

  await setTier(window, 'free');
  await expect(slotOf(window)).toBeVisible();
  // Lost in the middle of a track: this playing goes on, and repeat ends at its boundary.
  expect((await sessionOf(window)).now?.play).toBe(now?.play);
  await nearEnd(window);
  await expect.poll(async () => (await sessionOf(window)).now?.track.id).not.toBe(now?.track.id);
  await expect(player.repeat).not.toHaveAccessibleName('Repeat: track');
  expect(ear.peak(1)).toBeGreaterThan(0.005);
});

test('premium gained during an ad stops it at once', async ({ launch, ear }) => {
  const { window } = await launch('--sample', '--qa-tier=free');
  await playSongs(window);
  await playAcrossAlbums(window);
  await dueBreak(window);
  const adBreak = breakOf(window);
  await expectBreak(window);
  await setTier(window, 'premium');
  await expect(adBreak).toBeHidden();
  await expect.poll(() => playerOf(window).position()).toBeGreaterThanOrEqual(1);
  expect(ear.peak(1)).toBeGreaterThan(0.005);
});

test('ads that fail to load never stop the music', async ({ launch, ear }) => {
  const { window } = await launch('--sample', '--qa-tier=free');
  await adOutcome(window, 'silent');
  await playSongs(window);
  await playAcrossAlbums(window);
  await dueBreak(window);
  await expectNoBreak(window);
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.005);
});

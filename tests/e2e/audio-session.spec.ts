import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { SessionView } from '../../shared/session.ts';
import { askMain, expect, goTo, playSongs, playerOf, test } from '../support/app.ts';
import { toneWav } from '../support/tone.ts';

test('a loop is set by keys, goes round as it is heard, and its points are there after a restart', async ({
  launch,
  ear,
}) => {
  const { window, quit } = await launch('--sample', '--qa-tier=premium');
  await playSongs(window);
  const player = playerOf(window);
  await expect.poll(() => player.position()).toBeGreaterThanOrEqual(2);
  await window.keyboard.press('[');
  const starts = player.region.getByRole('slider', { name: 'Loop start' });
  const ends = player.region.getByRole('slider', { name: 'Loop end' });
  await expect(starts).toBeVisible();
  const { marked } = await sessionOf(window);
  const start = marked?.points.startSeconds ?? 0;
  expect(start).toBeGreaterThan(1.5);
  await expect
    .poll(async () => (await sessionOf(window)).positionSeconds)
    .toBeGreaterThan(start + 1.5);
  await window.keyboard.press(']');
  await expect.poll(async () => (await sessionOf(window)).loop).not.toBeNull();
  const { points } = (await sessionOf(window)).marked ?? {};
  const end = points?.endSeconds ?? 0;
  expect(end).toBeGreaterThan(start + 1);

  const places: number[] = [];
  await expect
    .poll(
      async () => {
        places.push((await sessionOf(window)).positionSeconds);
        return places.filter((place, index) => place < (places[index - 1] ?? 0)).length;
      },
      { timeout: 30_000 },
    )
    .toBeGreaterThanOrEqual(2);
  for (const place of places) {
    expect(place).toBeGreaterThanOrEqual(start - 0.01);
    expect(place).toBeLessThanOrEqual(end + 0.3);
  }
  expect(ear.peak(1)).toBeGreaterThan(0.005);

  await ends.press('ArrowRight');
  await expect
    .poll(async () => (await sessionOf(window)).marked?.points.endSeconds)
    .toBeGreaterThan(end);
  const kept = (await sessionOf(window)).marked;
  await window.keyboard.press('\\');
  await expect.poll(async () => (await sessionOf(window)).loop).toBeNull();
  await quit();

  const again = await launch('--qa-tier=premium');
  await expect(
    playerOf(again.window).region.getByRole('slider', { name: 'Loop end' }),
  ).toBeVisible();
  expect((await sessionOf(again.window)).marked).toEqual({ ...kept, on: false });
  await again.window.keyboard.press('Control+\\');
  await expect.poll(async () => (await sessionOf(again.window)).marked).toBeNull();
});

test('a free listener who wants a loop is offered Premium, and repeats the queue as before', async ({
  launch,
}) => {
  const { window } = await launch('--sample', '--qa-tier=free');
  await playSongs(window);
  const player = playerOf(window);
  const offer = window.getByRole('dialog', { name: 'Refrain Premium' });
  await window.keyboard.press('[');
  await expect(offer).toBeVisible();
  await offer.getByRole('button', { name: 'Not now' }).click();
  for (const wish of ['Play the loop', 'Loop and practice…', 'Repeat this track']) {
    await player.region.getByRole('button', { name: 'Ways to repeat' }).click();
    const entry = window.getByRole('menu').getByText(wish, { exact: true });
    await entry.click();
    await expect(offer).toBeVisible();
    await offer.getByRole('button', { name: 'Not now' }).click();
  }
  expect((await sessionOf(window)).marked).toBeNull();
  await player.repeat.click();
  await expect(player.repeat).toHaveAccessibleName('Repeat: all');
});

test('the sleep timer is shown, outlives a reload, and lets the sound sink into a pause', async ({
  launch,
  musicFolder,
  ear,
}) => {
  for (const name of ['one', 'two']) {
    await writeFile(join(musicFolder, `${name}.wav`), toneWav(16));
  }
  const { window } = await launch(`--add-folder=${musicFolder}`);
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', '3');
  await songs.getByRole('row').nth(1).dblclick();
  const player = playerOf(window);
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.05);

  await chooseSleep(window, 'In 30 minutes');
  const left = player.region.getByRole('button', { name: 'Sleep timer: 30 minutes left' });
  await expect(left).toBeVisible();
  await window.reload();
  await expect(left).toBeVisible();
  await left.click();
  await window.getByRole('menuitem', { name: '15 minutes longer' }).click();
  await expect(player.region.getByRole('button', { name: /45 minutes left/ })).toBeVisible();
  await player.region.getByRole('button', { name: /45 minutes left/ }).click();
  await window.getByRole('menuitem', { name: 'Stay awake' }).click();
  await expect(player.region.getByRole('button', { name: /Sleep timer/ })).toHaveCount(0);

  const { now, next } = await sessionOf(window);
  await chooseSleep(window, 'At the end of the track');
  await expect.poll(async () => (await sessionOf(window)).fadeSeconds).not.toBeNull();
  await expect
    .poll(async () => (await sessionOf(window)).fadeSeconds ?? 99, { timeout: 20_000 })
    .toBeLessThan(2);
  const quiet = ear.peak(0.3);
  expect(quiet).toBeGreaterThan(0);
  expect(quiet).toBeLessThan(0.06);
  await expect(player.play).toBeVisible({ timeout: 10_000 });
  const asleep = await sessionOf(window);
  expect(asleep).toMatchObject({ status: 'paused', positionSeconds: 0, sleep: null });
  expect(asleep.now?.entry).toBe(next?.entry);
  expect(asleep.now?.entry).not.toBe(now?.entry);
  await expect.poll(() => ear.peak(0.5)).toBeLessThan(0.001);
  await player.play.click();
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.05);
});

test('the queue stops after what was marked, and the join of a pair is remembered', async ({
  launch,
  musicFolder,
  ear,
}) => {
  for (const name of ['one', 'two', 'three']) {
    await writeFile(join(musicFolder, `${name}.wav`), toneWav(4));
  }
  const { window } = await launch(`--add-folder=${musicFolder}`);
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  await expect(songs).toHaveAttribute('aria-rowcount', '4');
  await songs.getByRole('row').nth(1).dblclick();
  const player = playerOf(window);
  await expect(player.pause).toBeVisible();
  await player.region.getByRole('button', { name: 'Queue', exact: true }).click();
  const queue = window.getByRole('complementary', { name: 'Queue' });
  const stop = queue.getByRole('button', { name: 'Stop after current' });
  await stop.click();
  await expect(stop).toHaveAttribute('aria-pressed', 'true');
  await expect(queue.getByRole('img', { name: 'Stops after this' })).toBeVisible();
  const { next } = await sessionOf(window);
  await expect(player.play).toBeVisible({ timeout: 15_000 });
  expect(await sessionOf(window)).toMatchObject({ status: 'paused', stopAfter: null });
  expect((await sessionOf(window)).now?.entry).toBe(next?.entry);

  const first = queue.getByRole('list', { name: 'Now playing' }).getByRole('listitem');
  await first.click({ button: 'right' });
  await window.getByRole('menuitem', { name: 'Join to the next…' }).click();
  const dialog = window.getByRole('dialog', { name: 'Join to the next' });
  await expect(dialog.getByRole('radio', { name: 'Automatic' })).toBeChecked();
  await dialog.getByText('Crossfade', { exact: true }).click();
  await dialog.getByRole('slider', { name: 'Crossfade' }).press('ArrowLeft');
  await dialog.getByRole('button', { name: 'Save' }).click();
  // No longer than half of the tracks, which are short.
  await expect
    .poll(async () => (await sessionOf(window)).join)
    .toEqual({ kind: 'crossfade', seconds: 2 });
  await first.click({ button: 'right' });
  await window.getByRole('menuitem', { name: 'Join to the next…' }).click();
  await expect(dialog.getByRole('radio', { name: 'Crossfade' })).toBeChecked();
  await dialog.getByText('Gapless', { exact: true }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await sessionOf(window)).join).toEqual({ kind: 'gapless' });
  await player.play.click();
  await expect.poll(() => ear.peak(0.5)).toBeGreaterThan(0.05);
});

async function chooseSleep(window: Page, choice: string): Promise<void> {
  await playerOf(window).region.getByRole('button', { name: 'More controls' }).click();
  await window.getByRole('menuitem', { name: 'Sleep timer' }).press('ArrowRight');
  await window.getByRole('menuitem', { name: choice }).press('Enter');
}

async function sessionOf(window: Page): Promise<SessionView> {
  return (await askMain(window, 'session.get')) as SessionView;
}

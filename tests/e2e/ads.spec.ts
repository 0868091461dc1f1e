import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type AdServer, startAdServer } from '../support/ad-server.ts';
import { test as base, askMain, expect, playerOf } from '../support/app.ts';
import { beginToPlay, sessionOf } from '../support/playing.ts';
import { toneWav } from '../support/tone.ts';

const test = base.extend<{ server: AdServer; songs: readonly string[] }>({
  server: async ({}, use) => {
    const server = await startAdServer();
    await use(server);
    await server.close();
  },
  /** Two of them, of no album, so that a break may come between. */
  songs: async ({ musicFolder }, use) => {
    const paths = ['one.wav', 'two.wav'].map((name) => join(musicFolder, name));
    for (const path of paths) await writeFile(path, toneWav(40));
    await use(paths);
  },
});

test('a pod is heard, skipped in part, and told to all its servers in order and once', async ({
  launch,
  server,
  songs,
}) => {
  server.setSpotSeconds(8);
  const { window } = await launch('--qa-tier=free', `--qa-ads=${server.vastUrl('break.xml')}`);
  await beginToPlay(window, songs);
  await dueBreak(window);
  const adBreak = breakOf(window);
  await expect(adBreak).toContainText('Tea', { timeout: 20_000 });
  await expect(adBreak.getByRole('img', { name: 'A cup of tea' })).toBeVisible();
  await expect(adBreak.getByRole('button', { name: /^Skip in/ })).toBeDisabled();
  // Skipped before the next quarter, which is two seconds away.
  await expect.poll(server.beacons, { intervals: [50] }).toContain('midpoint/tea');
  await adBreak.getByRole('button', { name: 'Skip', exact: true }).click();
  await expect(adBreak).toContainText('Two');
  await expect(adBreak).toBeHidden({ timeout: 20_000 });
  await expect(playerOf(window).title).toHaveText('two');
  await expect.poll(() => outboxOf(window)).toMatchObject({ waiting: 0, dropped: 0 });
  expect(server.beacons()).toEqual([
    ...['loaded/tea', 'impression/outer', 'impression/tea', 'undetermined/tea', 'start/tea'],
    ...['unverified/tea', 'companion-view/tea', 'firstQuartile/tea'],
    ...['progress/tea/3s', 'progress/tea/half', 'midpoint/tea', 'skip/tea'],
    ...['impression/second', 'start/second', 'complete/second'],
  ]);
});

test('a muted ad is held and not counted; killed in its middle it is counted once', async ({
  launch,
  server,
  songs,
}) => {
  server.setSpotSeconds(20);
  const switches = ['--qa-tier=free', `--qa-ads=${server.vastUrl('tracked-audio.xml')}`];
  const { window, kill } = await launch(...switches);
  await beginToPlay(window, songs);
  await dueBreak(window);
  await askMain(window, 'session.setMuted', { muted: true });
  const adBreak = breakOf(window);
  await expect(adBreak).toContainText('Held until there is sound', { timeout: 20_000 });
  await expect.poll(() => outboxOf(window)).toMatchObject({ sent: 1, waiting: 0 });
  expect(server.beacons()).toEqual(['loaded/tea']);

  await askMain(window, 'session.setMuted', { muted: false });
  await expect.poll(server.beacons, { timeout: 15_000 }).toContain('firstQuartile/tea');
  await kill();
  const heard = [...server.beacons()];
  expect(heard.filter((beacon) => beacon === 'impression/tea')).toHaveLength(1);

  const again = await launch(...switches);
  await expect.poll(() => outboxOf(again.window)).toMatchObject({ waiting: 0 });
  const { sent, dropped } = await outboxOf(again.window);
  expect(sent + dropped).toBe(heard.length);
  expect(server.beacons()).toEqual(heard);
  expect(new Set(heard).size).toBe(heard.length);
});

test('with the ad host out of reach a house ad is heard, then the music', async ({
  launch,
  server,
  songs,
}) => {
  await server.close();
  const { window } = await launch('--qa-tier=free', `--qa-ads=${server.vastUrl('break.xml')}`);
  await beginToPlay(window, songs);
  await dueBreak(window);
  await expect(breakOf(window)).toContainText('Refrain', { timeout: 20_000 });
  await expect(breakOf(window)).toBeHidden({ timeout: 40_000 });
  await expect(playerOf(window).title).toHaveText('two');
});

function breakOf(window: Page) {
  return window.getByRole('region', { name: 'Ad break' });
}

/** As if a quarter of an hour of music had been heard, and the end of what plays is near. */
async function dueBreak(window: Page): Promise<void> {
  await askMain(window, 'qa.moveClock', { minutes: 16 });
  const seconds = (await sessionOf(window)).now?.track.seconds ?? 0;
  await askMain(window, 'session.seek', { seconds: seconds - 7 });
}

async function outboxOf(window: Page) {
  return (await askMain(window, 'ads.outbox')) as {
    readonly sent: number;
    readonly waiting: number;
    readonly dropped: number;
  };
}

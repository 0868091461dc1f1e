import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ElectronApplication, Page } from '@playwright/test';
import type { InspectorView } from '../../shared/metrics.ts';
import type { Album } from '../../shared/library.ts';
import type { SessionView } from '../../shared/session.ts';
import type { Track } from '../../shared/track.ts';
import { askMain, expect, playerOf, projectRoot, sampleRows, test } from '../support/app.ts';

const marks = 'utm_source=blog&utm_medium=post&utm_campaign=autumn';

test('a link starts the app at its place, and offers to play without playing', async ({
  launch,
}) => {
  // Played before, so that there is a library when the link comes.
  const first = await launch('--sample');
  await expect.poll(() => songsIn(first.window)).toBe(Number(sampleRows) - 1);
  await first.quit();

  const { window } = await launch(`refrain://open/track/1?t=12&${marks}&buy=yearly`);
  const [track] = (await askMain(window, 'library.tracks', { ids: [1] })) as readonly Track[];
  await expect(window.getByRole('heading', { name: track?.album ?? '', level: 1 })).toBeVisible();
  const offer = window.getByRole('button', { name: 'Play from 0:12' });
  await expect(offer).toBeVisible();
  expect((await sessionOf(window)).status).not.toBe('playing');

  await offer.click();
  await expect(playerOf(window).title).toHaveText(track?.title ?? '');
  await expect.poll(playerOf(window).position).toBeGreaterThanOrEqual(13);
  await expect(offer).toBeHidden();
  await askMain(window, 'library.setLiked', { ids: [1], liked: true });
  await expect
    .poll(() => pathOf(window))
    .toEqual(['link.opened', 'link.target_shown', 'link.saved']);
});

test('a link to the running app shows its place, and what came of the first link is kept', async ({
  launch,
  profile,
}) => {
  const { app, window, quit } = await launch('--sample');
  await expect.poll(() => songsIn(window)).toBe(Number(sampleRows) - 1);
  const [album] = (await askMain(window, 'library.albums', { ids: [1] })) as readonly Album[];
  await openAgain(app, profile, `refrain://open/album/1?${marks}`);
  await expect(window.getByRole('heading', { name: album?.title ?? '', level: 1 })).toBeVisible();

  await openAgain(app, profile, 'refrain://open/recap/2026?utm_source=radio');
  await expect(window.getByText(/leads to a recap, which this version/)).toBeVisible();
  for (const hostile of ['refrain://open/album/1%00', 'refrain://evil/album/1']) {
    await openAgain(app, profile, hostile);
  }
  await expect.poll(() => pathOf(window)).toHaveLength(3);
  await quit();

  const second = await launch();
  await askMain(second.window, 'library.setLiked', { ids: [1], liked: true });
  await expect.poll(() => pathOf(second.window)).toHaveLength(4);
  const { events } = (await askMain(second.window, 'metrics.inspect')) as InspectorView;
  expect(events.find(({ type }) => type === 'link.saved')?.data).toEqual({
    first: { source: 'blog', medium: 'post', campaign: 'autumn' },
    last: { source: 'radio', medium: '', campaign: '' },
  });
});

/** Starts the app once more on a profile that is in use, as the system does for a link. */
async function openAgain(app: ElectronApplication, profile: string, link: string): Promise<void> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const again = spawn(
    app.process().spawnfile,
    ['.', ...sandbox, `--user-data-dir=${profile}`, link],
    { cwd: projectRoot, stdio: 'ignore' },
  );
  await once(again, 'exit');
}

async function songsIn(window: Page): Promise<number> {
  return ((await askMain(window, 'library.trackIds', { from: 'all' })) as Uint32Array).length;
}

/** The steps from links that were noted, oldest first. */
async function pathOf(window: Page): Promise<readonly string[]> {
  const { events } = (await askMain(window, 'metrics.inspect')) as InspectorView;
  return events
    .map(({ type }) => type)
    .filter((type) => type.startsWith('link.'))
    .toReversed();
}

async function sessionOf(window: Page): Promise<SessionView> {
  return (await askMain(window, 'session.get')) as SessionView;
}

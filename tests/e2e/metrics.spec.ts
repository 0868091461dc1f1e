import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { MetricsBatch } from '../../service/api/metrics.ts';
import type { InspectorView } from '../../shared/metrics.ts';
import type { SessionView } from '../../shared/session.ts';
import { askMain, expect, goTo, playSongs, playerOf, test } from '../support/app.ts';
import { watchNetwork } from '../support/network-watch.ts';

test.skip(
  process.platform !== 'linux',
  'The sockets of all processes are read as Linux tells them',
);

test('nothing leaves at level 0 while a listener browses, plays, hears ads and looks around', async ({
  launch,
}) => {
  const network = await watchNetwork();
  const running = await launch('--sample', '--qa-tier=free', ...network.switches);
  const { app, window } = running;
  await network.watchMain(app);
  const before = await network.reached(app);
  // The watch itself holds one line: Playwright's own to main.
  const isOurs = (address: string): boolean => !before.includes(address);

  for (const screen of ['Albums', 'Artists', 'Genres', 'Search']) await goTo(window, screen);
  await window.getByRole('searchbox').fill('a');
  await playSongs(window);
  await playAcrossAlbums(window);
  await hearBreak(window);
  await askMain(window, 'ads.banner');
  await askMain(window, 'library.setLiked', { ids: [1], liked: true });
  await window.getByRole('button', { name: 'Account' }).click();
  await askMain(window, 'session.pause');
  // Longer than any batch waits to be made.
  await askMain(window, 'qa.moveClock', { minutes: 60 * 25 });

  const noted = (await askMain(window, 'metrics.inspect')) as InspectorView;
  const types = new Set(noted.events.map(({ type }) => type));
  for (const type of [
    'session.began',
    'track.started',
    'break.began',
    'spot.began',
    'track.liked',
  ]) {
    expect([...types]).toContain(type);
  }
  expect(noted.batches).toEqual([]);
  await expect
    .poll(async () => (await network.reached(app)).filter(isOurs), { intervals: [250] })
    .toEqual([]);

  // The watch would have seen it.
  await app.evaluate(() => fetch('http://127.0.0.1:45677/').catch(() => undefined));
  expect((await network.reached(app)).filter(isOurs)).not.toEqual([]);
  network.close();
});

test('what leaves with consent is what the inspector shows, and nothing else', async ({
  launch,
  profile,
}) => {
  const service = await openService();
  const described = join(profile, 'service.json');
  await writeFile(described, JSON.stringify({ url: service.origin, issuer: 'urn:test', keys: {} }));
  const { window } = await launch('--sample', `--qa-service=${described}`);
  await playSongs(window);
  await expect.poll(playerOf(window).position).toBeGreaterThanOrEqual(1);
  expect(service.bodies).toEqual([]);

  await window.getByRole('button', { name: 'Settings' }).click();
  await window.getByText('Counts and events', { exact: true }).click();
  await askMain(window, 'library.setLiked', { ids: [1], liked: true });
  await askMain(window, 'session.pause');
  await askMain(window, 'metrics.inspect');
  // Any change of the settings has what is due sent, and so does each half minute.
  await askMain(window, 'settings.change', { theme: 'dark' });
  await expect.poll(() => service.bodies.length).toBeGreaterThanOrEqual(1);

  const { batches } = (await askMain(window, 'metrics.inspect')) as InspectorView;
  expect(batches.map(({ body }) => body).toSorted()).toEqual(service.bodies.toSorted());
  const sent = service.bodies.map((body) => MetricsBatch.parse(JSON.parse(body)));
  expect(sent.flatMap(({ counts }) => counts.map(({ type }) => type))).toContain('track.liked');
  // What was played before consent stays.
  expect(sent.flatMap(({ counts }) => counts.map(({ type }) => type))).not.toContain(
    'track.started',
  );
  expect(service.others).toEqual([]);

  await window.getByRole('button', { name: 'See all of it' }).click();
  await expect(window.getByRole('heading', { name: 'What Refrain notes' })).toBeVisible();
  await expect(window.getByRole('table', { name: 'Kinds of events' })).toContainText('track.liked');
  await window
    .getByText(/: sent$/)
    .first()
    .click();
  await expect(window.getByRole('region', { name: 'What was made to be sent' })).toContainText(
    '"level":2',
  );
  await window.getByRole('button', { name: 'Delete all notes' }).click();
  await window.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(window.getByText('Nothing was ever made to be sent.')).toBeVisible();
  service.close();
});

/** Stands in for a real service: takes batches, and notes what else it is asked. */
async function openService() {
  const bodies: string[] = [];
  const others: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part: Buffer) => (body += part.toString()));
    request.on('end', () => {
      if (request.url === '/v1/metrics') bodies.push(body);
      else others.push(`${request.method ?? ''} ${request.url ?? ''}`);
      response.writeHead(request.url === '/v1/metrics' ? 204 : 404).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, bodies, others, close: () => void server.close() };
}

/** The first and the last track: of different albums, so that a break may stand between them. */
async function playAcrossAlbums(window: Page): Promise<void> {
  const ids = [...((await askMain(window, 'library.trackIds', { from: 'all' })) as Uint32Array)];
  const pair = [ids.at(0), ids.at(-1)];
  await askMain(window, 'session.play', { tracks: { from: 'tracks', ids: pair }, start: 0 });
  await expect.poll(async () => (await sessionOf(window)).now?.track.id).toBe(pair[0]);
}

async function hearBreak(window: Page): Promise<void> {
  await askMain(window, 'qa.moveClock', { minutes: 16 });
  const { now } = await sessionOf(window);
  await askMain(window, 'session.seek', { seconds: (now?.track.seconds ?? 0) - 5 });
  const adBreak = window.getByRole('region', { name: 'Ad break' });
  await expect(adBreak).toBeVisible({ timeout: 20_000 });
  await expect(adBreak).toBeHidden({ timeout: 40_000 });
}

async function sessionOf(window: Page): Promise<SessionView> {
  return (await askMain(window, 'session.get')) as SessionView;
}

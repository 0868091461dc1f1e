import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { askMain, expect, goTo, playSongs, playerOf, test } from '../support/app.ts';

const axeSource = await readFile(
  createRequire(import.meta.url).resolve('axe-core/axe.min.js'),
  'utf8',
);

for (const theme of ['dark', 'light'] as const) {
  test(`every screen is free of serious faults of accessibility in the ${theme} theme`, async ({
    launch,
  }) => {
    test.setTimeout(120_000);
    const { window } = await launch();
    await askMain(window, 'settings.change', { theme });
    expect(await faultsOf(window), 'first run').toEqual([]);
    await window.getByRole('button', { name: /sample music/i }).click();
    await playSongs(window);
    await playerOf(window).pause.click();
    await askMain(window, 'playlists.create', { name: 'Some', tracks: { from: 'all' } });

    for (const screen of [
      'Home',
      'Search',
      'Albums',
      'Artists',
      'Songs',
      'Genres',
      'Folders',
      'Liked',
      'Some',
    ]) {
      await goTo(window, screen);
      expect(await faultsOf(window), screen).toEqual([]);
    }
    await goTo(window, 'Albums');
    await window
      .getByRole('link', { name: /Blue Hour Signals/ })
      .first()
      .click();
    await expect(window.getByRole('grid', { name: 'Blue Hour Signals' })).toBeVisible();
    expect(await faultsOf(window), 'album').toEqual([]);
    await goTo(window, 'Artists');
    await window
      .getByRole('link', { name: /Halden Lys/ })
      .first()
      .click();
    await expect(window.getByRole('heading', { name: 'Halden Lys' })).toBeVisible();
    expect(await faultsOf(window), 'artist').toEqual([]);
    await window.getByRole('searchbox', { name: 'Search' }).fill('lea');
    await expect(window.getByText('Léa Moreau Trio').first()).toBeVisible();
    expect(await faultsOf(window), 'search results').toEqual([]);

    for (const button of ['Account', 'Settings']) {
      await window.getByRole('button', { name: button, exact: true }).click();
      await expect(window.getByRole('heading', { name: button, exact: true })).toBeVisible();
      expect(await faultsOf(window), button).toEqual([]);
    }
    for (const [button, heading] of [
      ['See all of it', 'What Refrain notes'],
      ['Figures', 'Figures'],
    ] as const) {
      await window.getByRole('button', { name: 'Settings', exact: true }).click();
      await window.getByRole('button', { name: button, exact: true }).click();
      await expect(window.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
      await expect(window.getByRole('table').first()).toBeVisible();
      expect(await faultsOf(window), heading).toEqual([]);
    }
    await playerOf(window).region.getByRole('button', { name: 'Sound', exact: true }).click();
    await expect(window.getByRole('heading', { name: 'Sound', exact: true })).toBeVisible();
    expect(await faultsOf(window), 'sound').toEqual([]);
    await window.getByRole('button', { name: 'Import or export' }).click();
    await expect(window.getByRole('dialog', { name: 'Equaliser as text' })).toBeVisible();
    expect(await faultsOf(window), 'equaliser as text').toEqual([]);
    await window.keyboard.press('Escape');
    for (const panel of ['Queue', 'Now playing']) {
      await playerOf(window).region.getByRole('button', { name: panel, exact: true }).click();
      await expect(window.getByRole('complementary', { name: panel })).toBeVisible();
      expect(await faultsOf(window), panel).toEqual([]);
    }
    await window.keyboard.press('Control+Shift+m');
    await expect(window.getByRole('navigation', { name: 'Main' })).toBeHidden();
    expect(await faultsOf(window), 'mini player').toEqual([]);
    await window.keyboard.press('Control+Shift+m');
    await expect(window.getByRole('navigation', { name: 'Main' })).toBeVisible();
    await window.keyboard.press('F1');
    await expect(window.getByRole('dialog')).toBeVisible();
    expect(await faultsOf(window), 'shortcuts').toEqual([]);
    await window.keyboard.press('Escape');
    await playerOf(window).repeat.click();
    await playerOf(window).repeat.click();
    await expect(window.getByRole('dialog', { name: 'Refrain Premium' })).toBeVisible();
    expect(await faultsOf(window), 'offer').toEqual([]);
  });
}

/** What axe finds that is serious or critical, a line each. */
async function faultsOf(window: Page): Promise<readonly string[]> {
  // Colours are judged when nothing moves any more.
  await window.waitForFunction(() =>
    document.getAnimations().every(({ playState }) => playState !== 'running'),
  );
  await window.evaluate(axeSource);
  const results = await window.evaluate(() =>
    (globalThis as unknown as { axe: { run: () => Promise<AxeResults> } }).axe.run(),
  );
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

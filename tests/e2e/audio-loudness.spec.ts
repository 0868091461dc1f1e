import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { SessionView } from '../../shared/session.ts';
import { askMain, expect, playSongs, playerOf, test } from '../support/app.ts';

const joins = fileURLToPath(new URL('../fixtures/joins/', import.meta.url));

test('what plays is measured and drawn, and the slider says what it said', async ({ launch }) => {
  const { window } = await launch('--sample');
  await playSongs(window);
  const player = playerOf(window);
  await expect(player.region.locator('.waveform')).toBeVisible();
  await expect(player.seek).toHaveAttribute('aria-valuenow', /^\d+$/);
});

test('a track counts as measured from its next playing on', async ({ launch }) => {
  const { window } = await launch();
  await askMain(window, 'library.addPaths', { paths: [join(joins, 'a.flac')] });
  await expect.poll(() => loudnessOf(window)).not.toBeNull();
  const measured = (await loudnessOf(window)) ?? NaN;
  expect(measured).toBeLessThan(0);
  expect(measured).toBeGreaterThan(-40);
});

async function loudnessOf(window: Page): Promise<number | null> {
  const { now } = (await askMain(window, 'session.get')) as SessionView;
  return now?.track.sound.loudness.track?.lufs ?? null;
}

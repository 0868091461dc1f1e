import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { checksumOf, readPage } from '../../electron/library/editing/ogg-pages.ts';
import type { SessionView } from '../../shared/session.ts';
import { askMain, expect, playSongs, playerOf, test } from '../support/app.ts';

const joins = fileURLToPath(new URL('../fixtures/joins/', import.meta.url));

test('what plays is measured and drawn, and seeks as before', async ({ launch }) => {
  const { window } = await launch('--sample');
  await playSongs(window);
  const { region, seek, position } = playerOf(window);
  const waveform = region.locator('.waveform');
  await expect(waveform).toBeVisible();
  await expect(seek).toHaveAttribute('aria-valuenow', /^\d+$/);

  await waveform.hover({ position: { x: 200, y: 10 } });
  const pointed = await region.locator('.seek-hover').innerText();
  await window.mouse.down();
  await window.mouse.up();
  const [minutes = 0, seconds = 0] = pointed.split(':').map(Number);
  await expect
    .poll(async () => Math.abs((await position()) - minutes * 60 - seconds))
    .toBeLessThan(3);
});

test('the gain in the header of an Opus file is part of what is measured', async ({
  launch,
  musicFolder,
}) => {
  const { window } = await launch();
  const plain = join(joins, 'a.opus');
  const lowered = join(musicFolder, 'lowered.opus');
  await writeFile(lowered, withHeaderGain(await readFile(plain), -6));
  // Tags count from the sound with this gain, so the two must not be mixed up.
  const difference = (await measure(window, lowered)) - (await measure(window, plain));
  expect(difference).toBeCloseTo(-6, 1);
});

/** Plays a file until its loudness is known, in LUFS. */
async function measure(window: Page, path: string): Promise<number> {
  const before = await playing(window);
  await askMain(window, 'library.addPaths', { paths: [path] });
  await expect
    .poll(async () => {
      const now = await playing(window);
      return now?.id !== before?.id && now?.sound.loudness.track !== null;
    })
    .toBe(true);
  return (await playing(window))?.sound.loudness.track?.lufs ?? NaN;
}

async function playing(window: Page) {
  return ((await askMain(window, 'session.get')) as SessionView).now?.track;
}

/** https://www.rfc-editor.org/rfc/rfc7845#section-5.1 */
function withHeaderGain(file: Buffer, decibels: number): Buffer {
  const page = readPage(file);
  if (page === null) throw new Error('The file does not begin with an Ogg page');
  page.body.writeInt16LE(decibels * 256, 16);
  page.bytes.writeUInt32LE(checksumOf(page.bytes), 22);
  return file;
}

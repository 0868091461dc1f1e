import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { askMain, expect, playerOf, projectRoot, test } from '../support/app.ts';
import type { ScanProgress } from '../../shared/library.ts';
import { toneWav } from '../support/tone.ts';

test('@sandbox opens a window that offers music on the first run', async ({ launch }) => {
  const { app, window } = await launch();
  await expect(window).toHaveTitle('Refrain');
  await expect(window.getByRole('button', { name: /sample music/i })).toBeVisible();
  const isSandboxed = await app.evaluate(
    ({ app: electronApp }) => !electronApp.commandLine.hasSwitch('no-sandbox'),
  );
  expect(isSandboxed).toBe(process.getuid?.() !== 0);
});

test('a second start hands what it was given to the first, and ends', async ({
  launch,
  profile,
  musicFolder,
}) => {
  const { app, window } = await launch();
  const file = join(musicFolder, 'handed over.wav');
  await writeFile(file, toneWav(20));
  const electron = await app.evaluate(() => process.execPath);
  const second = spawn(
    electron,
    ['.', '--no-sandbox', `--user-data-dir=${profile}`, file, 'refrain://open/settings'],
    { cwd: projectRoot, stdio: 'ignore' },
  );
  const code = await new Promise((resolve) => second.once('exit', resolve));
  expect(code).toBe(0);
  await expect(playerOf(window).title).toHaveText('handed over');
  await expect(window.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('what a start adds is what the scan tells of in the end', async ({ launch }) => {
  const { window } = await launch('--sample');
  // A second scan would begin in the moment that the first one ends, and take its place.
  await expect
    .poll(async () => ((await askMain(window, 'library.scan')) as ScanProgress | null)?.state)
    .toBe('done');
  await expect(window.getByRole('status', { name: 'Library scan' })).toHaveText(/12 added/);
  expect(await askMain(window, 'library.scan')).toMatchObject({ state: 'done', added: 12 });
});

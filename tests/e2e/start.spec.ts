import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, playerOf, projectRoot, test } from '../support/app.ts';
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

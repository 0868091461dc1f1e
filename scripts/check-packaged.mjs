// Starts a packaged app and waits for its window to show a heading: `check-packaged.mjs PROGRAM`.
// The shipped app can't be driven through Node's inspector, as tests drive the unpacked one, so
// this asks its Chromium.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { openDesktopSession } from './desktop-session.mjs';
import { SetUpError, runScript } from './project.mjs';
import { allowSandbox, sandboxSwitches } from './sandbox.mjs';

const LONGEST_START_MS = 60_000;

await runScript(async () => {
  const program = process.argv[2];
  if (program === undefined) throw new SetUpError('Usage: check-packaged.mjs PROGRAM');
  await allowSandbox(program, console.log);
  const session = await openDesktopSession({ env: process.env });
  const profile = await mkdtemp(join(tmpdir(), 'refrain-packaged-'));
  const switches = [
    `--user-data-dir=${profile}`,
    '--remote-debugging-port=0',
    ...sandboxSwitches(),
  ];
  const app = spawn(program, switches, { env: session.env, stdio: ['ignore', 'inherit', 'pipe'] });
  const ended = once(app, 'close');
  try {
    const heading = await readHeading(await debuggerAddress(app));
    console.log(`${program} starts, and its window shows “${heading}”.`);
  } finally {
    app.kill();
    await ended;
    await session.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});

/**
 * @param {import('node:child_process').ChildProcess} app
 * @returns {Promise<string>} the address that Chromium prints
 */
function debuggerAddress(app) {
  let printed = '';
  return new Promise((resolve, reject) => {
    const giveUp = (/** @type {string} */ why) => reject(new SetUpError(`${why}\n${printed}`));
    setTimeout(() => giveUp('The packaged app opened nothing in time.'), LONGEST_START_MS).unref();
    app.on('error', (error) => giveUp(error.message));
    app.on('exit', (code) => giveUp(`The packaged app ended with exit code ${code}.`));
    app.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      printed += text;
      const found = /DevTools listening on (ws:\S+)/.exec(printed);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
  });
}

/**
 * @param {string} address
 * @returns {Promise<string>} the words of the first heading in the window
 */
async function readHeading(address) {
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  if (context === undefined) throw new SetUpError('The packaged app has no window.');
  const page = context.pages()[0] ?? (await context.waitForEvent('page'));
  const heading = page.getByRole('heading').first();
  await heading.waitFor({ timeout: LONGEST_START_MS });
  const words = (await heading.textContent()) ?? '';
  await browser.close();
  return words;
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
// Declares what preload puts on the page.
import type {} from '../../renderer/main-process.ts';
import {
  type ElectronApplication,
  type Page,
  _electron as electron,
  test as base,
  expect,
} from '@playwright/test';

import { type Ear, openEar } from './ear.ts';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** `aria-rowcount` of all sample music: 12 tracks and the header. */
export const sampleRows = '13';

/** One run of the real app. */
export interface RunningApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  /** Quits as a listener would, and waits until it is gone. */
  readonly quit: () => Promise<void>;
  /** Ends every process of it at once, as `kill -9` does. */
  readonly kill: () => Promise<void>;
}

export interface AppFixtures {
  /** A profile folder of this test's own, gone afterwards. */
  readonly profile: string;
  /** A folder for music of this test's own, gone afterwards. */
  readonly musicFolder: string;
  /** Hears what the sound server plays. */
  readonly ear: Ear;
  /** Starts the app on `profile`; what still runs at the test's end is ended. */
  readonly launch: (...switches: readonly string[]) => Promise<RunningApp>;
}

export const test = base.extend<AppFixtures>({
  // Playwright reads a fixture's needs from the pattern of its first argument: `{}` is none.
  profile: async ({}, use) => {
    await useFolder('profile', use);
  },
  musicFolder: async ({}, use) => {
    await useFolder('music', use);
  },
  ear: async ({}, use) => {
    const ear = openEar();
    await use(ear);
    ear.close();
  },
  launch: async ({ profile }, use) => {
    const running: RunningApp[] = [];
    await use(async (...switches) => {
      const started = await launchApp(profile, switches);
      running.push(started);
      return started;
    });
    for (const { kill } of running) await kill();
  },
});

export { expect };

/** The player bar: what plays and the buttons that everybody uses. */
export function playerOf(window: Page) {
  const region = window.getByRole('region', { name: 'Player' });
  return {
    region,
    title: region.getByTestId('now-title'),
    play: region.getByRole('button', { name: 'Play', exact: true }),
    pause: region.getByRole('button', { name: 'Pause', exact: true }),
    next: region.getByRole('button', { name: 'Next', exact: true }),
    previous: region.getByRole('button', { name: 'Previous', exact: true }),
    repeat: region.getByRole('button', { name: /^Repeat: / }),
    seek: region.getByRole('slider', { name: 'Seek' }),
    /** Where the music is, in seconds. */
    position: async () =>
      Number(await region.getByRole('slider', { name: 'Seek' }).getAttribute('aria-valuenow')),
  };
}

/** Goes to a screen by its link in the rail. */
export async function goTo(window: Page, screen: string): Promise<void> {
  await window
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: screen, exact: true })
    .click();
}

/** Plays all the sample music, by a double click on the first row of Songs. */
export async function playSongs(window: Page): Promise<void> {
  await goTo(window, 'Songs');
  const songs = window.getByRole('grid', { name: 'Songs' });
  // Rows move while a scan goes on.
  await expect(songs).toHaveAttribute('aria-rowcount', sampleRows);
  await songs.getByRole('row').nth(1).dblclick();
  await expect(playerOf(window).pause).toBeVisible();
}

/** Asks main as the window does; for what a test can't see on the screen. */
export function askMain(window: Page, name: string, input?: unknown): Promise<unknown> {
  return window.evaluate(
    async ([asked, given]) => {
      const reply = await globalThis.window.refrain.ask(asked, given);
      if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
      return reply.value;
    },
    [name, input] as const,
  );
}

/** Starts the app on a profile; the caller ends it. */
export async function launchApp(
  profile: string,
  switches: readonly string[] = [],
): Promise<RunningApp> {
  const app = await electron.launch({
    cwd: projectRoot,
    // As it is now: a test may have a sound server of its own.
    env: { ...process.env } as Record<string, string>,
    args: ['.', `--user-data-dir=${profile}`, ...switches],
    // Chromium refuses to sandbox for root; the end-to-end smoke also runs as a plain user.
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const window = await app.firstWindow();
  const main = app.process();
  const ended = new Promise<void>((resolve) => app.once('close', () => resolve()));
  return {
    app,
    window,
    async quit() {
      await app.close();
    },
    async kill() {
      if (main.exitCode === null && main.signalCode === null) {
        main.kill('SIGKILL');
        await ended;
      }
    },
  };
}

async function useFolder(name: string, use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), `refrain-${name}-`));
  await use(folder);
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}

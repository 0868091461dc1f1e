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
} from '@playwright/test';

export const projectRoot = fileURLToPath(new URL('../../', import.meta.url));

/** One run of the real app. */
export interface RunningApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  /** Quits as a listener would, and waits until it is gone. */
  readonly quit: () => Promise<void>;
  /** Ends every process of it at once, as `kill -9` does. */
  readonly kill: () => Promise<void>;
}

interface AppFixtures {
  /** A profile folder of this test's own, gone afterwards. */
  readonly profile: string;
  /** A folder for music of this test's own, gone afterwards. */
  readonly musicFolder: string;
  /** Starts the app on `profile`; what still runs at the test's end is ended. */
  readonly launch: (...switches: readonly string[]) => Promise<RunningApp>;
}

export const test = base.extend<AppFixtures>({
  // Playwright reads a fixture's needs from the pattern of its first argument.
  profile: async ({ browserName: _ }, use) => {
    await useFolder('profile', use);
  },
  musicFolder: async ({ browserName: _ }, use) => {
    await useFolder('music', use);
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

export { expect } from '@playwright/test';

/** Asks main as the window does; for what a test can't see on the screen. */
export function askMain(window: Page, name: string, input?: unknown): Promise<unknown> {
  return window.evaluate(
    async ([asked, given]) => {
      const reply = await globalThis.window.refrain.ask(asked as string, given);
      if (!reply.ok) throw new Error(`${reply.code}: ${reply.message}`);
      return reply.value;
    },
    [name, input] as const,
  );
}

async function launchApp(profile: string, switches: readonly string[]): Promise<RunningApp> {
  const app = await electron.launch({
    cwd: projectRoot,
    args: [
      '.',
      `--user-data-dir=${profile}`,
      // Chromium refuses to sandbox for root; the end-to-end smoke also runs as a plain user.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...switches,
    ],
  });
  const window = await app.firstWindow();
  const ended = new Promise<void>((resolve) => app.once('close', () => resolve()));
  return {
    app,
    window,
    async quit() {
      await app.close();
    },
    async kill() {
      const main = app.process();
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

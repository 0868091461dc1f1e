import type { ElectronApplication, Page } from '@playwright/test';
import { _electron as electron } from '@playwright/test';
import { askMain, projectRoot } from '../../support/app.ts';

/** Plays one file, in one way. */
export interface Player {
  readonly play: () => Promise<void>;
  readonly seek: (seconds: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

export interface Stage {
  readonly app: ElectronApplication;
  readonly window: Page;
  /** The file's, in the app's library. */
  readonly id: number;
  readonly close: () => Promise<void>;
}

/** An app of its own on a fresh profile, so that no figure inherits another's memory. */
export async function openStage(
  profile: string,
  file: string,
  env: NodeJS.ProcessEnv,
): Promise<Stage> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [projectRoot, `--user-data-dir=${profile}`, ...sandbox];
  const app = await electron.launch({ args, env: { ...env } as Record<string, string> });
  const window = await app.firstWindow();
  await window.getByRole('button', { name: 'Play', exact: true }).first().waitFor();
  await askMain(window, 'session.setVolume', { volume: 1 });
  await askMain(window, 'library.addPaths', { paths: [file] });
  const [id = 0] = (await askMain(window, 'library.trackIds', { from: 'all' })) as Uint32Array;
  await askMain(window, 'session.pause');
  return { app, window, id, close: () => app.close() };
}

export function enginePlayer({ window, id }: Stage): Player {
  return {
    play: async () => {
      const tracks = { from: 'tracks', ids: [id] };
      await askMain(window, 'session.play', { tracks, start: 0 });
    },
    seek: async (seconds) => {
      await askMain(window, 'session.seek', { seconds });
    },
    stop: async () => {
      await askMain(window, 'session.pause');
    },
  };
}

/** An HTMLAudioElement, preloaded: the best that one can do. */
export async function elementPlayer({ window, id }: Stage): Promise<Player> {
  await window.evaluate(async (source) => {
    const element = document.body.appendChild(new Audio(source));
    element.preload = 'auto';
    await new Promise((resolve) => element.addEventListener('canplaythrough', resolve));
  }, `/media/${id}`);
  return {
    play: () =>
      window.evaluate(async () => {
        const element = document.querySelector('audio');
        if (element === null) return;
        element.currentTime = 0;
        await element.play();
      }),
    seek: (seconds) =>
      window.evaluate((to) => {
        const element = document.querySelector('audio');
        if (element !== null) element.currentTime = to;
      }, seconds),
    stop: () => window.evaluate(() => document.querySelector('audio')?.pause()),
  };
}

/** Of the window's process, in kilobytes. */
export async function windowMemory({ app }: Stage): Promise<number> {
  return app.evaluate(({ app: main }) => {
    const window = main.getAppMetrics().find(({ type }) => type === 'Tab');
    return window?.memory.workingSetSize ?? 0;
  });
}

/** Of all processes of the app, in seconds since they started. */
export async function processorSeconds({ app }: Stage): Promise<number> {
  return app.evaluate(({ app: main }) =>
    main.getAppMetrics().reduce((sum, { cpu }) => sum + (cpu.cumulativeCPUUsage ?? 0), 0),
  );
}

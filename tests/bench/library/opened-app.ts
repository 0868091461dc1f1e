import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type ElectronApplication, type Page, _electron as electron } from '@playwright/test';
import type { ScanProgress } from '../../../shared/library.ts';
import { askMain } from '../../support/app.ts';

export interface OpenedApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  /** Resolves when no folder is being scanned. */
  readonly scanned: () => Promise<void>;
  /** Of all its processes, in bytes, what they share counted once. */
  readonly memory: () => number;
  readonly close: () => Promise<void>;
}

/** Why the app can't be opened here; null: it can. */
export function noWindowReason(): string | null {
  const isBlind = process.platform === 'linux' && (process.env['DISPLAY'] ?? '') === '';
  return isBlind ? 'not measured: no display, run it under xvfb-run -a' : null;
}

/** @param folder the app's, with what was built in `out/` */
export async function openApp(folder: string, profile: string): Promise<OpenedApp> {
  const app = await electron.launch({
    cwd: folder,
    args: [
      '.',
      `--user-data-dir=${profile}`,
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const window = await app.firstWindow();
  await window.getByRole('navigation', { name: 'Main' }).waitFor();
  const main = app.process().pid ?? 0;
  return {
    app,
    window,
    async scanned() {
      for (;;) {
        const scan = (await askMain(window, 'library.scan')) as ScanProgress | null;
        if (scan?.state !== 'running') return;
        await wait(250);
      }
    },
    memory: () => below(main).reduce((sum, pid) => sum + proportionalBytes(pid), 0),
    close: () => app.close(),
  };
}

/** A process and all that it started. */
function below(top: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = textOf(`/proc/${name}/stat`);
      // Its second field is a name in brackets, which may hold anything.
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return stat === '' ? [] : [{ pid: Number(name), parent }];
    });
  const found = [top];
  for (const pid of found) {
    found.push(...parents.filter(({ parent }) => parent === pid).map((child) => child.pid));
  }
  return found;
}

function proportionalBytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** '' when the process is gone. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { type ElectronApplication, type Page, _electron as electron } from '@playwright/test';
import type { ScanProgress } from '../../../shared/library.ts';
import { askMain } from '../../support/app.ts';

export interface OpenedApp {
  readonly app: ElectronApplication;
  readonly window: Page;
  /** Resolves when the scan is over that a start or an added folder sets going. */
  readonly scanned: () => Promise<void>;
  /** Of all its processes, in bytes, what they share counted once. */
  readonly memory: () => number;
  /** The same by process, the largest first. */
  readonly memoryOfEach: () => Promise<
    readonly { readonly name: string; readonly bytes: number }[]
  >;
  readonly close: () => Promise<void>;
}

/** Milliseconds after which nothing is going to be scanned any more. */
const longestUntilScan = 10_000;

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
  // tsx names functions by a helper of its own, which those that are sent to the window call too.
  await window.evaluate('globalThis.__name = (named) => named');
  const main = app.process().pid ?? 0;
  return {
    app,
    window,
    async scanned() {
      let waited = 0;
      const isOver = async (): Promise<boolean> => {
        const scan = (await askMain(window, 'library.scan')) as ScanProgress | null;
        return scan === null ? waited > longestUntilScan : scan.state !== 'running';
      };
      for (; !(await isOver()); waited += 250) await wait(250);
    },
    memory: () => below(main).reduce((sum, pid) => sum + proportionalBytes(pid), 0),
    async memoryOfEach() {
      const known = await app.evaluate(({ app: running }) =>
        running.getAppMetrics().map(({ pid, type, name }) => ({ pid, name: name ?? type })),
      );
      return known
        .map(({ pid, name }) => ({ name, bytes: proportionalBytes(pid) }))
        .sort((one, other) => other.bytes - one.bytes);
    },
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

/**
 * Start to interactive: the player (library of the sample music) against a bare React window, in
 * the same Electron, in turn. Interactive: the page's play button answers to the DevTools protocol.
 *
 *   npm run build && xvfb-run -a npx tsx tests/bench/startup.ts [RUNS]
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { _electron as electron } from '@playwright/test';
import { build } from 'vite';

const here = fileURLToPath(new URL('.', import.meta.url));
const projectRoot = join(here, '../..');
const runs = Number(process.argv[2] ?? 15);

const scratch = await mkdtemp(join(tmpdir(), 'refrain-startup-'));
try {
  const bare = await buildBareWindow(join(scratch, 'bare'));
  const profile = join(scratch, 'profile');
  // The first start scans the sample music and is not counted; nor is the bare window's first.
  await start([projectRoot, `--user-data-dir=${profile}`, '--sample'], 'Play');
  await start([bare, `--user-data-dir=${join(scratch, 'other')}`], 'Play');

  const player: number[] = [];
  const floor: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    player.push(await start([projectRoot, `--user-data-dir=${profile}`], 'Play'));
    floor.push(await start([bare, `--user-data-dir=${join(scratch, 'other')}`], 'Play'));
  }
  const ratios = player.map((milliseconds, run) => milliseconds / (floor[run] ?? Number.NaN));
  print('player, ms', player);
  print('bare window, ms', floor);
  print('player / bare', ratios);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

/** @returns milliseconds from spawning Electron to the button being there to press */
async function start(given: readonly string[], button: string): Promise<number> {
  const began = performance.now();
  const app = await electron.launch({
    args: [...given, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  const window = await app.firstWindow();
  await window.getByRole('button', { name: button, exact: true }).first().waitFor();
  const milliseconds = performance.now() - began;
  await app.close();
  return milliseconds;
}

async function buildBareWindow(folder: string): Promise<string> {
  await build({
    root: join(here, 'bare-window'),
    base: './',
    logLevel: 'error',
    configFile: false,
    build: {
      outDir: join(folder, 'page'),
      rolldownOptions: { input: join(here, 'bare-window/index.html') },
    },
  });
  const main = await readFile(join(here, 'bare-window/main.js'), 'utf8');
  await writeFile(join(folder, 'main.js'), main);
  await writeFile(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'bare-window', type: 'module', main: 'main.js' }),
  );
  return folder;
}

function print(name: string, values: readonly number[]): void {
  const sorted = values.toSorted((a, b) => a - b);
  const [least, middle, most] = [0, Math.floor(sorted.length / 2), sorted.length - 1].map((place) =>
    (sorted[place] ?? Number.NaN).toFixed(2),
  );
  process.stdout.write(
    `${name}: median ${middle} (min ${least}, max ${most}, n ${values.length})\n`,
  );
}

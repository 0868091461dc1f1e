/**
 * First sound, seeks and memory of the instrument, and of an HTMLAudioElement in the same window
 * on the same files, in one run. Times are from the command to the sound at the sound server.
 *
 *   npm run build && xvfb-run -a npx tsx tests/bench/audio.ts [RUNS]
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { type ElectronApplication, type Page, _electron as electron } from '@playwright/test';
import { readMp3Frame } from '../../renderer/audio/decode/mp3-frame.ts';
import { openSoundServer } from '../../scripts/sound-server.mjs';
import { askMain } from '../support/app.ts';
import { signalRate } from '../support/join-signal.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const runs = Number(process.argv[2] ?? 10);
const memorySeconds = 20;
const loudSample = 100;
/** The shortest silence that counts as one: 3 ms, far longer than any in the test's signal. */
const gapFrames = 0.003 * signalRate;
const longGapFrames = 0.3 * signalRate;

const scratch = await mkdtemp(join(tmpdir(), 'refrain-audio-'));
const server = await openSoundServer(process.env);
try {
  const listener = listen(server.env);
  for (const minutes of [5, 60]) {
    const file = join(scratch, `${minutes}-minutes.mp3`);
    await writeLongMp3(file, minutes);
    for (const kind of ['engine', 'element'] as const) {
      // Each in an app of its own, so that neither inherits the other's memory.
      const { app, window } = await start(join(scratch, `${kind}-${minutes}`));
      const id = await addToLibrary(window, file);
      const player = kind === 'engine' ? enginePlayer(window, id) : elementPlayer(window, id);
      await listener.silence();
      const idle = await memoryOf(app);
      await player.play();
      await wait(memorySeconds * 1000);
      const more = ((await memoryOf(app)) - idle) / 1024;
      console.log(`${minutes} min, ${kind}, memory over idle: ${more.toFixed(0)} MB`);
      await player.stop();

      const first: number[] = [];
      const sought: number[] = [];
      for (let run = 0; run < runs; run += 1) {
        await listener.silence();
        await wait(500);
        first.push(await listener.untilSound(player.play));
        await wait(500);
        sought.push(await listener.untilSound(() => player.seek(minutes * 60 - 30 - run)));
        await player.stop();
      }
      print(`${minutes} min, ${kind}, first sound, ms`, first);
      print(`${minutes} min, ${kind}, seek to the end, ms`, sought);
      await app.close();
    }
  }
  listener.close();
} finally {
  await server.close();
  await rm(scratch, { recursive: true, force: true });
}

interface Player {
  readonly play: () => Promise<void>;
  readonly seek: (seconds: number) => Promise<void>;
  readonly stop: () => Promise<void>;
}

function enginePlayer(window: Page, id: number): Player {
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

/** Preloaded, which is the best that an element can do. */
function elementPlayer(window: Page, id: number): Player {
  return {
    play: () =>
      window.evaluate(async (source) => {
        const known = document.querySelector('audio');
        const element = known ?? document.body.appendChild(new Audio(source));
        element.preload = 'auto';
        element.currentTime = 0;
        await element.play();
      }, `/media/${id}`),
    seek: (seconds) =>
      window.evaluate((to) => {
        const element = document.querySelector('audio');
        if (element !== null) element.currentTime = to;
      }, seconds),
    stop: () => window.evaluate(() => document.querySelector('audio')?.pause()),
  };
}

/** Hears the sound server, sample by sample. */
function listen(env: NodeJS.ProcessEnv) {
  const format = ['--format=s16le', `--rate=${signalRate}`, '--channels=1', '--latency-msec=5'];
  const recorder: ChildProcess = spawn('parec', ['-d', 'out.monitor', ...format], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let quietFrames = 0;
  let quiet: () => void = () => undefined;
  let sound: (at: number) => void = () => undefined;
  recorder.stdout?.on('data', (chunk: Buffer) => {
    const frames = chunk.length >> 1;
    const began = performance.now() - (1000 * frames) / signalRate;
    for (let frame = 0; frame < frames; frame += 1) {
      const loud = Math.abs(chunk.readInt16LE(2 * frame)) > loudSample;
      if (loud && quietFrames >= gapFrames) sound(began + (1000 * frame) / signalRate);
      quietFrames = loud ? 0 : quietFrames + 1;
    }
    if (quietFrames >= longGapFrames) quiet();
  });

  return {
    /** Milliseconds from the command to the first sample of sound behind a silence. */
    untilSound: async (command: () => Promise<void>) => {
      const began = performance.now();
      const heard = new Promise<number>((resolve) => (sound = resolve));
      const [at] = await Promise.all([heard, command()]);
      return at - began;
    },
    silence: () => new Promise<void>((resolve) => (quiet = resolve)),
    close: () => void recorder.kill(),
  };
}

async function start(profile: string): Promise<{ app: ElectronApplication; window: Page }> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [projectRoot, `--user-data-dir=${profile}`, ...sandbox];
  const app = await electron.launch({ args, env: { ...server.env } as Record<string, string> });
  return { app, window: await app.firstWindow() };
}

async function addToLibrary(window: Page, file: string): Promise<number> {
  await window.getByRole('button', { name: 'Play', exact: true }).first().waitFor();
  await askMain(window, 'library.addPaths', { paths: [file] });
  const [id = 0] = (await askMain(window, 'library.trackIds', { from: 'all' })) as Uint32Array;
  await askMain(window, 'session.pause');
  return id;
}

async function memoryOf(app: ElectronApplication): Promise<number> {
  return app.evaluate(({ app: main }) => {
    const window = main.getAppMetrics().find(({ type }) => type === 'Tab');
    return window?.memory.workingSetSize ?? 0;
  });
}

/** The frames of a short file over and over, without its Xing header. */
async function writeLongMp3(path: string, minutes: number): Promise<void> {
  const short = await readFile(join(projectRoot, 'tests/fixtures/joins/a.cbr.mp3'));
  const frames = short.subarray(readMp3Frame(short, 0)?.bytes ?? 0);
  await writeFile(path, Buffer.concat(Array.from({ length: minutes * 12 }, () => frames)));
}

function print(what: string, values: readonly number[]): void {
  const sorted = values.toSorted((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(0);
  console.log(`${what}: median ${at(0.5)}, from ${at(0)} to ${at(1)}`);
}

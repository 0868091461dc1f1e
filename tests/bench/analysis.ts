/**
 * What measuring costs (the meters alone, for a minute of stereo), and how soon a track that begins
 * to play is measured in the app, from the command to the row.
 *
 *   npm run build && xvfb-run -a npx tsx tests/bench/analysis.ts [FILE…]
 *
 * The files are given; without any a WAV of five minutes is made.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { type Page, _electron as electron } from '@playwright/test';
import { createWaveformMaker } from '../../renderer/audio/analysis/waveform.ts';
import { createLoudnessMeter } from '../../renderer/audio/loudness/loudness-meter.ts';
import { createTruePeakMeter } from '../../renderer/audio/loudness/true-peak.ts';
import { openSoundServer } from '../../scripts/sound-server.mjs';
import type { SessionView } from '../../shared/session.ts';
import { askMain } from '../support/app.ts';
import { joinSignal, signalRate, wavOf } from '../support/join-signal.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const signal = joinSignal();
const pieceFrames = 4096;
const minuteFrames = 60 * signalRate;

measureMeters();
const scratch = await mkdtemp(join(tmpdir(), 'refrain-analysis-'));
const server = await openSoundServer(process.env);
try {
  const given = process.argv.slice(2).map((path) => resolve(path));
  await measureFiles(given.length > 0 ? given : [await fiveMinutes()]);
} finally {
  await server.close();
  await rm(scratch, { recursive: true, force: true });
}

function measureMeters(): void {
  const meters = {
    loudness: createLoudnessMeter(signalRate, 2),
    'true peak': createTruePeakMeter(signalRate, 2),
    waveform: createWaveformMaker(),
  };
  const minute = Float32Array.from(
    { length: minuteFrames },
    (_, frame) => (signal[frame % signal.length] ?? 0) / 32_768,
  );
  for (const [name, meter] of Object.entries(meters)) {
    const startedAt = performance.now();
    for (let from = 0; from < minuteFrames; from += pieceFrames) {
      const plane = minute.subarray(from, from + pieceFrames);
      meter.push([plane, plane]);
    }
    console.log(`${name}: ${(performance.now() - startedAt).toFixed(0)} ms for a minute`);
  }
}

async function measureFiles(files: readonly string[]): Promise<void> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const args = [projectRoot, `--user-data-dir=${join(scratch, 'profile')}`, ...sandbox];
  const app = await electron.launch({ args, env: { ...server.env } as Record<string, string> });
  const window = await app.firstWindow();
  await window.getByRole('button', { name: 'Play', exact: true }).first().waitFor();
  for (const file of files) {
    const before = await playing(window);
    const startedAt = performance.now();
    await askMain(window, 'library.addPaths', { paths: [file] });
    let now = await playing(window);
    while (now === undefined || now.id === before?.id || now.sound.loudness.track === null) {
      await wait(20);
      now = await playing(window);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const { lufs } = now.sound.loudness.track;
    console.log(`${basename(file)}: ${lufs.toFixed(1)} LUFS after ${seconds.toFixed(1)} s`);
  }
  await app.close();
}

async function playing(window: Page) {
  return ((await askMain(window, 'session.get')) as SessionView).now?.track;
}

async function fiveMinutes(): Promise<string> {
  const path = join(scratch, 'five-minutes.wav');
  const samples = Int16Array.from(
    { length: 5 * minuteFrames },
    (_, frame) => signal[frame % signal.length] ?? 0,
  );
  await writeFile(path, wavOf(samples));
  return path;
}

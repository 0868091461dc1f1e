/**
 * The instrument against its bars, and against an HTMLAudioElement in the same window on the same
 * files, in turn in one run. Times are from the command to the sound at the sound server.
 *
 *   npm run build && xvfb-run -a npx tsx tests/bench/audio.ts [--runs=10] [--minutes=10]
 *     [--parts=joins,first,seek,memory,cpu,load]
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openSoundServer } from '../../scripts/sound-server.mjs';
import { askMain, projectRoot } from '../support/app.ts';
import { signalRate } from '../support/join-signal.ts';
import { writeLongMp3, writeLongWav } from './audio/long-files.ts';
import type { Player, Stage } from './audio/players.ts';
import {
  elementPlayer,
  enginePlayer,
  openStage,
  processorSeconds,
  windowMemory,
} from './audio/players.ts';
import { openSoundEar } from './audio/sound-ear.ts';
import type { Row } from './library/figures.ts';
import { comparison, figure, median, note, tableOf } from './library/figures.ts';

const allParts = ['joins', 'first', 'seek', 'memory', 'cpu', 'load'] as const;
const { values } = parseArgs({
  options: {
    parts: { type: 'string', default: allParts.join(',') },
    runs: { type: 'string', default: '10' },
    minutes: { type: 'string', default: '10' },
    gigabytes: { type: 'string', default: '1' },
  },
});
const runs = Number(values.runs);
const memorySeconds = 20;
const processorRunSeconds = 30;
const workerEndSeconds = 8;
const hasFlac = spawnSync('flac', ['--version']).status === 0;

const scratch = await mkdtemp(join(tmpdir(), 'refrain-audio-'));
const server = await openSoundServer(process.env);
const ear = openSoundEar(server.env);
const measure: Record<(typeof allParts)[number], () => Promise<readonly Row[]>> = {
  joins: () => Promise.resolve([joins()]),
  first: firstSound,
  seek: seekToSound,
  memory,
  cpu: processor,
  load: underLoad,
};
const rows: Row[] = [];
try {
  for (const part of allParts.filter((each) => values.parts.split(',').includes(each))) {
    const found = await measure[part]();
    rows.push(...found);
    console.log(tableOf(found));
  }
  console.log(`\n${tableOf(rows)}`);
} finally {
  ear.close();
  await server.close();
  await rm(scratch, { recursive: true, force: true });
}

/** Counted by the tests themselves: 0 samples in every case is what makes them pass. */
function joins(): Row {
  const { stdout } = spawnSync('npx', ['playwright', 'test', 'audio-joins', '--reporter=line'], {
    cwd: projectRoot,
    env: server.env,
    encoding: 'utf8',
  });
  const counted = (word: string) => Number(new RegExp(`(\\d+) ${word}`).exec(stdout)?.[1] ?? 0);
  return figure(
    `joins with samples lost or added, of ${counted('passed')} tests`,
    counted('failed'),
    '',
    {
      atMost: 0,
    },
  );
}

async function firstSound(): Promise<Row[]> {
  const file = join(scratch, 'five-minutes.mp3');
  await writeLongMp3(file, 5);
  return onStage(file, async (stage) => {
    const players = [enginePlayer(stage), await elementPlayer(stage)] as const;
    const times: [number[], number[]] = [[], []];
    for (let run = 0; run < runs; run += 1) {
      for (const [which, player] of players.entries()) {
        await quiet(player);
        times[which]?.push(await ear.untilSound(player.play));
        await wait(300);
        await player.stop();
      }
    }
    return [
      comparison('first sound, 5 min mp3', ...times, {
        unit: 'ms',
        other: 'element',
        bar: { atMost: 1.3 },
      }),
    ];
  });
}

async function seekToSound(): Promise<Row[]> {
  const wav = join(scratch, 'long.wav');
  const seconds = await writeLongWav(wav, Number(values.gigabytes) * 1e9);
  const found = await seeksIn(wav, seconds, 'wav');
  if (!hasFlac)
    return [...found, note('seek to sound, flac', 'no flac here: apt-get install flac')];
  execFileSync('flac', ['-s', '-0', '--delete-input-file', wav]);
  return [...found, ...(await seeksIn(join(scratch, 'long.flac'), seconds, 'flac'))];
}

async function seeksIn(file: string, seconds: number, format: string): Promise<Row[]> {
  return onStage(file, async (stage) => {
    const player = enginePlayer(stage);
    const times: number[] = [];
    await quiet(player);
    await ear.untilSound(player.play);
    for (let run = 0; run < runs; run += 1) {
      const place = seconds * (((run * 0.37 + 0.5) % 0.9) + 0.05);
      await wait(500);
      // The old place may go on for a moment: only what comes behind its silence counts.
      times.push(await ear.untilSound(() => player.seek(place)));
    }
    const what = `seek to sound, ${values.gigabytes} GB ${format}`;
    return [figure(what, median(times), 'ms', { atMost: 150 })];
  });
}

async function memory(): Promise<Row[]> {
  const found: Row[] = [];
  for (const minutes of [5, 60]) {
    const file = join(scratch, `${minutes}-minutes.mp3`);
    await writeLongMp3(file, minutes);
    for (const kind of ['engine', 'element'] as const) {
      found.push(
        ...(await onStage(file, async (stage) => {
          await untilMeasured(stage);
          const idle = await windowMemory(stage);
          const player = kind === 'engine' ? enginePlayer(stage) : await elementPlayer(stage);
          await player.play();
          await wait(memorySeconds * 1000);
          const more = ((await windowMemory(stage)) - idle) / 1024;
          const bar = kind === 'engine' ? { atMost: 40 } : null;
          return [figure(`memory over idle, ${kind}, ${minutes} min`, more, 'MB', bar)];
        })),
      );
    }
  }
  return found;
}

async function processor(): Promise<Row[]> {
  if (!hasFlac) return [note('CPU of a flac', 'no flac here: apt-get install flac')];
  const wav = join(scratch, 'cpu.wav');
  await writeLongWav(wav, 30e6);
  execFileSync('flac', ['-s', '--delete-input-file', wav]);
  return onStage(join(scratch, 'cpu.flac'), async (stage) => {
    await untilMeasured(stage);
    const players = [enginePlayer(stage), await elementPlayer(stage)] as const;
    const shares: [number[], number[]] = [[], []];
    for (let run = 0; run < Math.max(1, Math.min(3, runs)); run += 1) {
      for (const [which, player] of players.entries()) {
        await player.play();
        await wait(3000);
        const before = await processorSeconds(stage);
        await wait(processorRunSeconds * 1000);
        const used = (await processorSeconds(stage)) - before;
        shares[which]?.push((100 * used) / processorRunSeconds);
        await player.stop();
      }
    }
    return [
      comparison('CPU while playing flac, all processes', ...shares, {
        unit: '%',
        other: 'element',
        bar: { atMost: 1.5 },
      }),
    ];
  });
}

async function underLoad(): Promise<Row[]> {
  // A signal without silences of its own, as those between an encoder's files are.
  const file = join(scratch, 'load.wav');
  await writeLongWav(file, (Number(values.minutes) + 2) * 60 * 2 * signalRate);
  return onStage(file, async (stage) => {
    const player = enginePlayer(stage);
    await player.play();
    await wait(3000);
    const busy = [1, 2].map(() => spawn(process.execPath, ['-e', 'for (;;);']));
    ear.dropouts();
    await wait(Number(values.minutes) * 60_000);
    const gaps = ear.dropouts();
    for (const each of busy) each.kill('SIGKILL');
    const what = `dropouts in ${values.minutes} min with both cores busy`;
    return [figure(what, gaps.length, '', { atMost: 0 })];
  });
}

async function onStage(
  file: string,
  measured: (stage: Stage) => Promise<readonly Row[]>,
): Promise<Row[]> {
  const profile = await mkdtemp(join(scratch, 'profile-'));
  const stage = await openStage(profile, file, server.env);
  try {
    return [...(await measured(stage))];
  } finally {
    await stage.close();
  }
}

/** Each new track's loudness is measured once, by a worker that ends a while after. */
async function untilMeasured({ window, id }: Stage): Promise<void> {
  while ((await askMain(window, 'sounds.waveform', { id })) === null) await wait(500);
  await wait(workerEndSeconds * 1000);
}

async function quiet(player: Player): Promise<void> {
  await player.stop();
  await ear.silence();
  await wait(300);
}

import { spawn } from 'node:child_process';
import { signalRate } from '../../support/join-signal.ts';

/** Hears the sound server, sample by sample. */
export interface SoundEar {
  /** Milliseconds from the command to the first sample of sound behind a silence. */
  readonly untilSound: (command: () => Promise<void>) => Promise<number>;
  readonly silence: () => Promise<void>;
  /** Silences within the sound since the last call, in milliseconds. */
  readonly dropouts: () => readonly number[];
  readonly close: () => void;
}

const loudSample = 100;
/** The shortest silence that counts as one: 3 ms, far longer than any in the test's signal. */
const gapFrames = 0.003 * signalRate;
const longGapFrames = 0.3 * signalRate;

export function openSoundEar(env: NodeJS.ProcessEnv): SoundEar {
  const format = ['--format=s16le', `--rate=${signalRate}`, '--channels=1', '--latency-msec=5'];
  const recorder = spawn('parec', ['-d', 'out.monitor', ...format], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let quietFrames = 0;
  let gaps: number[] = [];
  let quiet: () => void = () => undefined;
  let sound: (at: number) => void = () => undefined;
  recorder.stdout.on('data', (chunk: Buffer) => {
    const frames = chunk.length >> 1;
    const began = performance.now() - (1000 * frames) / signalRate;
    for (let frame = 0; frame < frames; frame += 1) {
      const loud = Math.abs(chunk.readInt16LE(2 * frame)) > loudSample;
      if (loud && quietFrames >= gapFrames) {
        gaps.push((1000 * quietFrames) / signalRate);
        sound(began + (1000 * frame) / signalRate);
      }
      quietFrames = loud ? 0 : quietFrames + 1;
    }
    if (quietFrames >= longGapFrames) quiet();
  });

  return {
    untilSound: async (command) => {
      const began = performance.now();
      const heard = new Promise<number>((resolve) => (sound = resolve));
      const [at] = await Promise.all([heard, command()]);
      return at - began;
    },
    silence: () => new Promise<void>((resolve) => (quiet = resolve)),
    dropouts: () => {
      const found = gaps;
      gaps = [];
      return found;
    },
    close: () => void recorder.kill(),
  };
}

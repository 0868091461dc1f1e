import { spawn } from 'node:child_process';
import { signalRate } from './join-signal.ts';

/** A recording of what the sound server plays, at the signal's rate, one channel. */
export interface Capture {
  readonly stop: () => Promise<Int16Array>;
}

/** Needs PULSE_SERVER and REFRAIN_TEST_SINK, which the test script gives. */
export async function startCapture(): Promise<Capture> {
  const sink = process.env['REFRAIN_TEST_SINK'];
  if (sink === undefined) throw new Error('REFRAIN_TEST_SINK is not set: run this by npm test');
  const format = ['--format=s16le', `--rate=${signalRate}`, '--channels=1', '--raw'];
  const recorder = spawn('parec', ['-d', sink, ...format, '--latency-msec=20'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  await new Promise<void>((resolve) => {
    recorder.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      resolve();
    });
  });
  return {
    stop: async () => {
      const ended = new Promise((resolve) => recorder.once('close', resolve));
      recorder.kill();
      await ended;
      const bytes = Buffer.concat(chunks);
      return Int16Array.from({ length: bytes.length >> 1 }, (_, at) => bytes.readInt16LE(2 * at));
    },
  };
}

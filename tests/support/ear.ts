import { spawn } from 'node:child_process';

/** Listens to what the sound server really plays. */
export interface Ear {
  /** Largest sample magnitude of the last `seconds`, 0 … 1; 0 is silence. */
  readonly peak: (seconds: number) => number;
  readonly close: () => void;
}

const rate = 8000;
const longestSeconds = 10;

/**
 * Needs PULSE_SERVER and REFRAIN_TEST_SINK, which the test script gives.
 * @param sink another place to listen at than the test's own
 * @param env of another sound server
 */
export function openEar(sink = process.env['REFRAIN_TEST_SINK'], env = process.env): Ear {
  if (sink === undefined) throw new Error('REFRAIN_TEST_SINK is not set: run this by npm test');
  const recorder = spawn(
    'parec',
    ['-d', sink, '--format=s16le', `--rate=${rate}`, '--channels=1', '--latency-msec=50'],
    { env, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  let heard = Buffer.alloc(0);
  recorder.stdout.on('data', (chunk: Buffer) => {
    heard = Buffer.concat([heard, chunk]).subarray(-longestSeconds * rate * 2);
  });
  return {
    peak(seconds) {
      const samples = Math.min(Math.floor(seconds * rate), Math.floor(heard.length / 2));
      let peak = 0;
      for (let back = 1; back <= samples; back += 1) {
        peak = Math.max(peak, Math.abs(heard.readInt16LE(heard.length - back * 2)));
      }
      return peak / 32_768;
    },
    close: () => void recorder.kill(),
  };
}

/**
 * Makes tests/fixtures/decoders anew: the format signal in formats that Chromium can't play. Run by
 * hand, with ffmpeg, wavpack, mpcenc (musepack-tools) and jmac (libjmac-java) installed:
 * `npx tsx tests/support/make-format-fixtures.ts`. `a.7.mpc` stays as it is: it holds the frames of
 * `a.mpc` in the older stream version, which no program writes any more.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { formatCut, formatSignal, lossySignal, pcmWav, quietBits } from './format-signal.ts';

const folder = fileURLToPath(new URL('../fixtures/decoders/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'refrain-formats-'));
const stereo = formatSignal(2, 16, quietBits);

mkdirSync(folder, { recursive: true });
const a = scratchFile('a.wav', pcmWav(stereo.map((plane) => plane.subarray(0, formatCut))));
const b = scratchFile('b.wav', pcmWav(stereo.map((plane) => plane.subarray(formatCut))));
for (const [name, wav] of [
  ['a', a],
  ['b', b],
] as const) {
  const out = join(folder, name);
  encode(wav, 'alac', `${out}.m4a`);
  run('wavpack', '-q', '-y', wav, '-o', `${out}.wv`);
  run('jmac', 'c2', wav, `${out}.ape`);
}
for (const level of [1, 3, 4, 5]) run('jmac', `c${level}`, b, join(folder, `b.${level}.ape`));
const loudWav = scratchFile('loud.wav', pcmWav(lossySignal()));
run('mpcenc', '--silent', '--overwrite', loudWav, join(folder, 'a.mpc'));
run('wavpack', '-q', '-y', '-b4', loudWav, '-o', join(folder, 'a.hybrid.wv'));
encode(loudWav, 'wmav2', join(folder, 'a.wma'), '-b:a', '96k');

const fine = formatSignal(1, 24, quietBits).map((plane) => plane.subarray(0, 20_000));
const fineWav = scratchFile('fine.wav', pcmWav(fine, 24, 96_000));
encode(fineWav, 'alac', join(folder, 'fine.m4a'));
run('wavpack', '-q', '-y', fineWav, '-o', join(folder, 'fine.wv'));

const around = formatSignal(6, 16, quietBits).map((plane) => plane.subarray(0, 5000));
const aroundWav = scratchFile('around.wav', pcmWav(around));
encode(aroundWav, 'alac', join(folder, 'around.m4a'), '-ac', '6');
run('wavpack', '-q', '-y', aroundWav, '-o', join(folder, 'around.wv'));
rmSync(scratch, { recursive: true });

function scratchFile(name: string, bytes: Buffer): string {
  const path = join(scratch, name);
  writeFileSync(path, bytes);
  return path;
}

function encode(wav: string, codec: string, out: string, ...options: readonly string[]): void {
  const input = ['-v', 'error', '-y', '-i', wav];
  run('ffmpeg', ...input, ...options, '-c:a', codec, '-fflags', '+bitexact', out);
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] });
}

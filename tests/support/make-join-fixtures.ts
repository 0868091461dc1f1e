/**
 * Makes tests/fixtures/joins anew: the join signal's two parts in every format. Run by hand, with
 * flac, lame and ffmpeg installed: `npx tsx tests/support/make-join-fixtures.ts`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cutFrame, joinSignal, wavOf } from './join-signal.ts';

const folder = fileURLToPath(new URL('../fixtures/joins/', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'refrain-joins-'));
const signal = joinSignal();

mkdirSync(folder, { recursive: true });
for (const [name, part] of [
  ['a', signal.subarray(0, cutFrame)],
  ['b', signal.subarray(cutFrame)],
] as const) {
  const wav = join(scratch, `${name}.wav`);
  const out = join(folder, name);
  writeFileSync(wav, wavOf(part));
  run('flac', '-s', '-f', '-8', '-o', `${out}.flac`, wav);
  run('lame', '--quiet', '-V5', wav, `${out}.mp3`);
  run('lame', '--quiet', '--cbr', '-b', '64', wav, `${out}.cbr.mp3`);
  for (const [ending, codec] of [
    ['m4a', 'aac'],
    ['ogg', 'libvorbis'],
    ['opus', 'libopus'],
  ] as const) {
    const output = ['-b:a', '96k', '-fflags', '+bitexact', `${out}.${ending}`];
    run('ffmpeg', '-v', 'error', '-y', '-i', wav, '-c:a', codec, ...output);
  }
}
rmSync(scratch, { recursive: true });

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: 'inherit' });
}

/**
 * Makes tests/fixtures/joins anew: the join signal's two parts in every format. Run by hand, with
 * flac, lame and ffmpeg installed: `npx tsx tests/support/make-join-fixtures.ts`.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chainParts, cutFrame, joinSignal, wavOf } from './join-signal.ts';

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
for (const { name, samples } of chainParts()) {
  const wav = join(scratch, `${name}.wav`);
  const out = join(folder, name);
  writeFileSync(wav, wavOf(samples));
  if (name.endsWith('.flac')) run('flac', '-s', '-f', '-8', '-o', out, wav);
  else if (name.endsWith('.mp3')) run('lame', '--quiet', '-V5', wav, out);
  else if (name.endsWith('.itunes.m4a')) {
    const options = ['-b:a', '96k', '-fflags', '+bitexact', '-use_editlist', '0', out];
    run('ffmpeg', '-v', 'error', '-y', '-i', wav, '-c:a', 'aac', ...options);
    writeFileSync(out, withItunesGaps(readFileSync(out), samples.length));
  } else if (!name.endsWith('.wav')) {
    const codec = { m4a: 'aac', ogg: 'libvorbis', opus: 'libopus' }[name.split('.').at(-1) ?? ''];
    const options = ['-b:a', '96k', '-fflags', '+bitexact', out];
    run('ffmpeg', '-v', 'error', '-y', '-i', wav, '-c:a', codec ?? '', ...options);
  }
}
rmSync(scratch, { recursive: true });

/** What iTunes writes where other encoders write an edit list; ffmpeg can't. */
function withItunesGaps(file: Buffer, frames: number): Buffer {
  const primed = 1024;
  const padding = Math.ceil((frames + primed) / 1024) * 1024 - frames - primed;
  const words = [0, primed, padding].map((word) => hex(word, 8));
  const value = ` ${[...words, hex(frames, 16), ...Array<string>(8).fill(hex(0, 8))].join(' ')}`;
  const tag = atom(
    '----',
    atom('mean', Buffer.alloc(4), Buffer.from('com.apple.iTunes')),
    atom('name', Buffer.alloc(4), Buffer.from('iTunSMPB')),
    atom('data', Buffer.from([0, 0, 0, 1, 0, 0, 0, 0]), Buffer.from(value)),
  );
  const handler = atom('hdlr', Buffer.alloc(8), Buffer.from('mdirappl'), Buffer.alloc(9));
  const tags = atom('udta', atom('meta', Buffer.alloc(4), handler, atom('ilst', tag)));
  // The movie atom is the file's last.
  const movie = file.lastIndexOf('moov') - 4;
  file.writeUInt32BE(file.length - movie + tags.length, movie);
  // ffmpeg's own tags: readers look at the first.
  const others = file.lastIndexOf('udta');
  if (others > movie) file.write('free', others, 'latin1');
  return Buffer.concat([file, tags]);
}

function atom(name: string, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length, 0);
  head.write(name, 4, 'latin1');
  return Buffer.concat([head, body]);
}

function hex(value: number, digits: number): string {
  return value.toString(16).toUpperCase().padStart(digits, '0');
}

function run(command: string, ...args: readonly string[]): void {
  execFileSync(command, args, { stdio: 'inherit' });
}

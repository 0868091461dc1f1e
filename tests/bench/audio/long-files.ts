import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMp3Frame } from '../../../renderer/audio/decode/mp3-frame.ts';
import { projectRoot } from '../../support/app.ts';
import { joinSignal, signalRate, wavOf } from '../../support/join-signal.ts';

const fixtures = join(projectRoot, 'tests/fixtures/joins');

/** The frames of a short file over and over, without its Xing header. */
export async function writeLongMp3(path: string, minutes: number): Promise<void> {
  const short = await readFile(join(fixtures, 'a.cbr.mp3'));
  const frames = short.subarray(readMp3Frame(short, 0)?.bytes ?? 0);
  await writeFile(path, Buffer.concat(Array.from({ length: minutes * 12 }, () => frames)));
}

/** The join signal over and over, up to about so many bytes. */
export async function writeLongWav(path: string, bytes: number): Promise<number> {
  const wav = wavOf(joinSignal());
  const [header, body] = [wav.subarray(0, 44), wav.subarray(44)];
  const rounds = Math.floor(bytes / body.length);
  header.writeUInt32LE(36 + rounds * body.length, 4);
  header.writeUInt32LE(rounds * body.length, 40);
  const file = createWriteStream(path);
  file.write(header);
  for (let round = 0; round < rounds; round += 1) {
    if (!file.write(body)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
  return (rounds * body.length) / (2 * signalRate);
}

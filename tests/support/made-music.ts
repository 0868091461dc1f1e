import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { id3, taggedWav, type WavTags } from './wav.ts';

const tracksPerAlbum = 12;
const albumsPerArtist = 4;
const bodyBytes = 100_000;
const names = 'amber birch coral dusk ember fjord glass harbour iris juniper kite lantern'.split(
  ' ',
);
const genres = ['Folk', 'Jazz', 'Rock', 'Ambient', 'Hip-Hop', 'Klassik'];

/** Writes `count` small tagged files (mp3, flac and wav in turn) as albums in folders of artists. */
export async function makeMusic(folder: string, count: number): Promise<void> {
  for (let from = 0; from < count; from += 200) {
    const numbers = Array.from({ length: Math.min(200, count - from) }, (_, at) => from + at);
    await Promise.all(
      numbers.map(async (number) => {
        const { path, content } = madeFile(number);
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await writeFile(join(folder, path), content);
      }),
    );
  }
}

function madeFile(number: number): { readonly path: string; readonly content: Buffer } {
  const albumNumber = Math.floor(number / tracksPerAlbum);
  const artistNumber = Math.floor(albumNumber / albumsPerArtist);
  const tags = {
    title: `${nameOf(number * 7)} ${nameOf(number)} ${number}`,
    artist: `${nameOf(artistNumber)} ${nameOf(artistNumber * 5 + 1)} ${artistNumber}`,
    album: `${nameOf(albumNumber * 3)} No. ${albumNumber}`,
    track: `${(number % tracksPerAlbum) + 1}/${tracksPerAlbum}`,
    year: String(1960 + (albumNumber % 65)),
    genre: genres[artistNumber % genres.length] ?? '',
  };
  const kinds = [
    { ending: 'mp3', content: taggedMp3 },
    { ending: 'flac', content: taggedFlac },
    { ending: 'wav', content: (given: WavTags) => taggedWav(bodyBytes / 8000, given) },
  ];
  const kind = kinds[number % kinds.length] ?? kinds[0];
  if (kind === undefined) throw new Error('There are kinds');
  const path = `${tags.artist}/${tags.album}/${String(number).padStart(6, '0')}.${kind.ending}`;
  return { path, content: kind.content(tags) };
}

function nameOf(number: number): string {
  return names[number % names.length] ?? '';
}

/** Silent frames of 128 kbit/s at 44.1 kHz behind a tag, the first with what encoders note there. */
function taggedMp3(tags: WavTags): Buffer {
  const frame = Buffer.alloc(417);
  frame.set([0xff, 0xfb, 0x90, 0x00]);
  const count = Math.floor(bodyBytes / frame.length);
  const info = Buffer.from(frame);
  info.write('Info', 36, 'latin1');
  info.writeUInt32BE(1, 40);
  info.writeUInt32BE(count, 44);
  return Buffer.concat([id3(tags), info, ...Array.from({ length: count }, () => frame)]);
}

/** A stream's head with Vorbis comments; the rest is only bulk. https://xiph.org/flac/format.html */
function taggedFlac(tags: WavTags): Buffer {
  const stream = Buffer.alloc(34);
  stream.writeUInt16BE(4096, 0);
  stream.writeUInt16BE(4096, 2);
  // 44.1 kHz, two channels, 16 bit, and 180 s of samples.
  const samples = 180 * 44_100;
  stream.writeBigUInt64BE((44_100n << 44n) | (1n << 41n) | (15n << 36n) | BigInt(samples), 10);
  const comments = [
    `TITLE=${tags.title ?? ''}`,
    `ARTIST=${tags.artist ?? ''}`,
    `ALBUM=${tags.album ?? ''}`,
    `TRACKNUMBER=${tags.track ?? ''}`,
    `DATE=${tags.year ?? ''}`,
    `GENRE=${tags.genre ?? ''}`,
  ];
  const comment = Buffer.concat([
    sized('Refrain'),
    littleEndian(comments.length),
    ...comments.map((text) => sized(text)),
  ]);
  return Buffer.concat([
    Buffer.from('fLaC'),
    block(0, stream),
    block(0x84, comment),
    Buffer.alloc(bodyBytes, 0xa5),
  ]);
}

function block(kind: number, body: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(body.length);
  head[0] = kind;
  return Buffer.concat([head, body]);
}

function sized(text: string): Buffer {
  const bytes = Buffer.from(text);
  return Buffer.concat([littleEndian(bytes.length), bytes]);
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

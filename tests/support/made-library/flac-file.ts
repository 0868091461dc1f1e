import { type FileShape, hertz, soundBytes } from './file-shape.ts';
import type { MadeTrack } from './releases.ts';
import { pictureBlock, replayGain, vorbisComments } from './vorbis-comments.ts';

const blockSamples = 4096;
const paddingBytes = 4096;
const bytesPerSecond = 110_000;
const soundBytesWritten = 2048;

/** Metadata blocks as `flac` writes them, then what looks like frames. https://www.rfc-editor.org/rfc/rfc9639 */
export function flacFile(track: MadeTrack, picture: Uint8Array | null): FileShape {
  const samples = Math.round(track.seconds * hertz);
  const blocks = [
    { kind: 0, body: streamInfo(track.number, samples) },
    { kind: 3, body: seekTable(samples) },
    { kind: 4, body: vorbisComments(track, replayGain(track)) },
    ...(picture === null ? [] : [{ kind: 6, body: pictureBlock(picture) }]),
    { kind: 1, body: Buffer.alloc(paddingBytes) },
  ];
  const head = Buffer.concat([
    Buffer.from('fLaC', 'latin1'),
    ...blocks.flatMap(({ kind, body }, at) => [
      blockHead(at === blocks.length - 1 ? kind | 0x80 : kind, body.length),
      body,
    ]),
    // Sync code, 4096 samples of 44.1 kHz in two channels of 16 bits.
    Buffer.of(0xff, 0xf8, 0xc9, 0x18),
    soundBytes(track.number, soundBytesWritten),
  ]);
  const length = head.length + Math.round(track.seconds * bytesPerSecond);
  return { pieces: [{ at: 0, bytes: head }], length };
}

function streamInfo(file: number, samples: number): Buffer {
  const info = Buffer.alloc(34);
  info.writeUInt16BE(blockSamples, 0);
  info.writeUInt16BE(blockSamples, 2);
  const channelsAndBits = (1n << 41n) | (15n << 36n);
  info.writeBigUInt64BE((BigInt(hertz) << 44n) | channelsAndBits | BigInt(samples), 10);
  // Where the checksum of the music stands.
  info.set(soundBytes(file, 16), 18);
  return info;
}

/** A point every ten seconds. */
function seekTable(samples: number): Buffer {
  const points = Math.max(1, Math.floor(samples / (10 * hertz)));
  const table = Buffer.alloc(18 * points);
  for (let point = 0; point < points; point += 1) {
    table.writeBigUInt64BE(BigInt(point * 10 * hertz), 18 * point);
    table.writeBigUInt64BE(BigInt(point * 10 * bytesPerSecond), 18 * point + 8);
    table.writeUInt16BE(blockSamples, 18 * point + 16);
  }
  return table;
}

function blockHead(kind: number, length: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(length);
  head[0] = kind;
  return head;
}

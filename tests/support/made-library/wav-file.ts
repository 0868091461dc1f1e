import { type FileShape, hertz, soundBytes, uint32Little } from './file-shape.ts';
import { id3Tag } from './id3-tag.ts';
import type { MadeTrack } from './releases.ts';

const bytesPerFrame = 4;
const soundBytesWritten = 2048;

/** 16 bits, two channels, 44.1 kHz, with an ID3v2 tag in a chunk behind the sound. */
export function wavFile(track: MadeTrack, picture: Uint8Array | null): FileShape {
  const soundLength = Math.round(track.seconds * hertz) * bytesPerFrame;
  const format = Buffer.alloc(16);
  format.writeUInt16LE(1, 0);
  format.writeUInt16LE(2, 2);
  format.writeUInt32LE(hertz, 4);
  format.writeUInt32LE(hertz * bytesPerFrame, 8);
  format.writeUInt16LE(bytesPerFrame, 12);
  format.writeUInt16LE(16, 14);
  const tag = id3Tag(track, picture, 0);
  const padded = Buffer.concat([tag, Buffer.alloc(tag.length % 2)]);
  const end = Buffer.concat([chunkHead('id3 ', tag.length), padded]);
  const head = Buffer.concat([
    Buffer.from('WAVE', 'latin1'),
    chunkHead('fmt ', format.length),
    format,
    chunkHead('data', soundLength),
    soundBytes(track.number, soundBytesWritten),
  ]);
  const at = 8 + head.length - soundBytesWritten + soundLength;
  const length = at + end.length;
  return {
    pieces: [
      { at: 0, bytes: Buffer.concat([chunkHead('RIFF', length - 8), head]) },
      { at, bytes: end },
    ],
    length,
  };
}

function chunkHead(name: string, length: number): Buffer {
  return Buffer.concat([Buffer.from(name, 'latin1'), uint32Little(length)]);
}

import type { Fields } from './fields.ts';
import type { Sound } from './finish-tags.ts';
import { type HeadFile, stepAside } from './head-file.ts';
import { readPictureBlock, readVorbisComment } from './vorbis-comment.ts';

const blocks = { streamInfo: 0, comment: 4, picture: 6, forbidden: 127 } as const;
const mostBlocks = 200;

/**
 * https://www.rfc-editor.org/rfc/rfc9639#section-8
 * @param at where "fLaC" stands
 */
export function readFlac(file: HeadFile, at: number, fields: Fields): Sound {
  const first = file.window(at, 42);
  if (first.length < 42 || (first.readUInt8(4) & 127) !== blocks.streamInfo) stepAside();
  if (first.readUIntBE(5, 3) !== 34) stepAside();
  const info = streamInfo(first);
  let next = at + 42;
  let isLast = first.readUInt8(4) >= 128;
  for (let count = 0; !isLast; count += 1) {
    const header = file.window(next, 4);
    if (header.length < 4 || count > mostBlocks) stepAside();
    const kind = header.readUInt8(0) & 127;
    const length = header.readUIntBE(1, 3);
    isLast = header.readUInt8(0) >= 128;
    if (kind === blocks.streamInfo || kind === blocks.forbidden) stepAside();
    if (next + 4 + length > file.size) stepAside();
    if (kind === blocks.comment || kind === blocks.picture) {
      const body = file.window(next + 4, length);
      if (kind === blocks.comment) readVorbisComment(fields, body, 0, length);
      else readPictureBlock(fields, body);
    }
    next += 4 + length;
  }
  return {
    format: 'flac',
    lossless: true,
    codec: 'FLAC',
    ...info,
    bitRate: (8 * (file.size - next)) / info.seconds,
  };
}

function streamInfo(
  first: Buffer,
): Pick<Sound, 'seconds' | 'sampleRate' | 'channels' | 'bitDepth'> {
  const sampleRate = first.readUIntBE(18, 3) >> 4;
  const samples = (first.readUInt8(21) & 15) * 0x1_0000_0000 + first.readUInt32BE(22);
  // A stream of unknown length.
  if (samples === 0 || sampleRate === 0) stepAside();
  return {
    seconds: samples / sampleRate,
    sampleRate,
    channels: ((first.readUInt8(20) >> 1) & 7) + 1,
    bitDepth: ((first.readUInt16BE(20) >> 4) & 31) + 1,
  };
}

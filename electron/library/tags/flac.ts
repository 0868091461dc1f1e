import type { Fields } from './fields.ts';
import type { Sound } from './finish-tags.ts';
import { type HeadFile, stepAside } from './head-file.ts';
import { readPictureBlock, readVorbisComment } from './vorbis-comment.ts';

const blocks = { streamInfo: 0, comment: 4, picture: 6, forbidden: 127 } as const;
const mostBlocks = 200;
/** "fLaC", a block's header, and the block. */
const streamInfoEnd = 42;

/**
 * https://www.rfc-editor.org/rfc/rfc9639#section-8
 * @param at where "fLaC" stands
 */
export function readFlac(file: HeadFile, at: number, fields: Fields): Sound {
  const info = streamInfo(streamInfoBlock(file, at));
  const audioAt = walkBlocks(file, at, (kind, bodyAt, length) => {
    if (kind === blocks.comment) readVorbisComment(fields, file.window(bodyAt, length), 0, length);
    if (kind === blocks.picture) readPictureBlock(fields, file.stretch(bodyAt, length));
  });
  const bitRate = (8 * (file.size - audioAt)) / info.seconds;
  return { format: 'flac', lossless: true, codec: 'FLAC', ...info, bitRate };
}

/** Where the sound begins, and its hash as the encoder wrote it, zeros where it did not. */
export function flacAudio(
  file: HeadFile,
  at: number,
): { readonly md5: Buffer; readonly samples: number; readonly audioAt: number } {
  const block = streamInfoBlock(file, at);
  const md5 = Buffer.from(block.subarray(18, 34));
  const audioAt = walkBlocks(file, at, () => undefined);
  return { md5, samples: samplesOf(block), audioAt };
}

/** The first block's body. */
function streamInfoBlock(file: HeadFile, at: number): Buffer {
  const first = file.window(at, streamInfoEnd);
  if (first.length < streamInfoEnd || (first.readUInt8(4) & 127) !== blocks.streamInfo) stepAside();
  if (first.readUIntBE(5, 3) !== 34) stepAside();
  return first.subarray(8);
}

/** Visits the blocks behind the first. @returns where the sound begins */
function walkBlocks(
  file: HeadFile,
  at: number,
  visit: (kind: number, bodyAt: number, length: number) => void,
): number {
  let next = at + streamInfoEnd;
  let isLast = file.window(at + 4, 1).readUInt8(0) >= 128;
  for (let count = 0; !isLast; count += 1) {
    const header = file.window(next, 4);
    if (header.length < 4 || count > mostBlocks) stepAside();
    const kind = header.readUInt8(0) & 127;
    const length = header.readUIntBE(1, 3);
    isLast = header.readUInt8(0) >= 128;
    if (kind === blocks.streamInfo || kind === blocks.forbidden) stepAside();
    if (next + 4 + length > file.size) stepAside();
    visit(kind, next + 4, length);
    next += 4 + length;
  }
  return next;
}

function samplesOf(info: Buffer): number {
  return (info.readUInt8(13) & 15) * 0x1_0000_0000 + info.readUInt32BE(14);
}

function streamInfo(info: Buffer): {
  readonly seconds: number;
  readonly sampleRate: number;
  readonly channels: number;
  readonly bitDepth: number;
} {
  const sampleRate = info.readUIntBE(10, 3) >> 4;
  const samples = samplesOf(info);
  // A stream of unknown length.
  if (samples === 0 || sampleRate === 0) stepAside();
  return {
    seconds: samples / sampleRate,
    sampleRate,
    channels: ((info.readUInt8(12) >> 1) & 7) + 1,
    bitDepth: ((info.readUInt16BE(12) >> 4) & 31) + 1,
  };
}

import { chunksOf } from './chunks.ts';
import { type Fields, newFields, put, putAll } from './fields.ts';
import { aiffNames } from './field-names.ts';
import type { Sound } from './finish-tags.ts';
import { type HeadFile, stepAside } from './head-file.ts';
import { riffText } from './riff-text.ts';
import { bodyOf, readId3Chunk } from './wav.ts';

/** Of AIFF-C, those that are plain samples in some order of bytes. */
const plainKinds: ReadonlySet<string> = new Set([
  'NONE',
  'sowt',
  'twos',
  'raw ',
  'in24',
  'in32',
  'fl32',
  'FL32',
  'fl64',
  'FL64',
]);

/** https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/AIFF/AIFF.html */
export function readAiff(file: HeadFile, fields: Fields): Sound {
  const kind = file.window(8, 4).toString('latin1');
  if (kind !== 'AIFF' && kind !== 'AIFC') return stepAside();
  const chunks = chunksOf(file, 'FORM');
  const common = chunks.find(({ name }) => name === 'COMM');
  const sound = chunks.find(({ name }) => name === 'SSND');
  if (common === undefined || sound === undefined) return stepAside();
  if (chunks.some(({ at, bytes }) => at + bytes > file.size)) return stepAside();
  const texts = newFields();
  const id3 = newFields();
  for (const chunk of chunks) {
    const name = aiffNames.get(chunk.name);
    if (name !== undefined) put(texts, name, riffText(bodyOf(file, chunk).toString('latin1')));
    if (chunk.name === 'ID3 ') readId3Chunk(id3, bodyOf(file, chunk));
  }
  putAll(fields, texts, id3);
  return soundOf(bodyOf(file, common), kind === 'AIFC', sound.bytes);
}

function soundOf(common: Buffer, isCompressed: boolean, soundBytes: number): Sound {
  if (isCompressed && !plainKinds.has(common.toString('latin1', 18, 22))) stepAside();
  const sampleRate = extended(common, 8);
  const seconds = common.readUInt32BE(2) / sampleRate;
  return {
    format: 'aiff',
    lossless: true,
    codec: 'PCM',
    seconds,
    bitRate: (8 * soundBytes) / seconds,
    sampleRate,
    channels: common.readUInt16BE(0),
    bitDepth: common.readUInt16BE(6),
  };
}

/** A number of 80 bits; rates are small whole ones. */
function extended(bytes: Buffer, at: number): number {
  const exponent = bytes.readUInt16BE(at) - 16_383;
  const number = bytes.readUInt32BE(at + 2) * 2 ** (exponent - 31);
  if (!Number.isInteger(number) || number < 1 || number > 10_000_000) stepAside();
  return number;
}

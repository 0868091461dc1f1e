import { type Chunk, chunksOf } from './chunks.ts';
import { type Fields, newFields, put, putAll } from './fields.ts';
import { riffNames } from './field-names.ts';
import type { Sound } from './finish-tags.ts';
import { type HeadFile, stepAside } from './head-file.ts';
import { id3End, readId3Tag } from './id3v2.ts';
import { riffText } from './riff-text.ts';
import { stretchOf } from './stretch.ts';

const plain = 1;
const float = 3;
const extensible = 0xfffe;
/** Which of Microsoft's character sets the texts are in: rare, and the parser knows. */
const characterSet = 'CSET';
const mostTagBytes = 24 * 1024 * 1024;

/** https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html */
export function readWav(file: HeadFile, fields: Fields): Sound {
  const chunks = chunksOf(file, 'RIFF');
  const format = chunks.find(({ name }) => name === 'fmt ');
  const data = chunks.find(({ name }) => name === 'data');
  if (format === undefined || data === undefined || format.bytes < 16) return stepAside();
  if (chunks.some(({ name, at, bytes }) => name === characterSet || at + bytes > file.size)) {
    return stepAside();
  }
  const info = newFields();
  const id3 = newFields();
  for (const chunk of chunks) {
    if (chunk.name === 'LIST') readInfo(info, bodyOf(file, chunk));
    if (chunk.name === 'id3 ' || chunk.name === 'ID3 ') readId3Chunk(id3, bodyOf(file, chunk));
  }
  putAll(fields, info, id3);
  return soundOf(file.window(format.at, Math.min(40, format.bytes)), data.bytes);
}

export function readId3Chunk(fields: Fields, tag: Buffer): void {
  if (id3End(tag) === 0) stepAside();
  readId3Tag(stretchOf(tag), fields);
}

export function bodyOf(file: HeadFile, { at, bytes }: Chunk): Buffer {
  if (bytes > mostTagBytes) stepAside();
  return file.window(at, bytes);
}

function soundOf(format: Buffer, dataBytes: number): Sound {
  const written = format.readUInt16LE(0);
  // The kind stands in the first two bytes of a longer identifier.
  const kind = written === extensible ? format.readUInt16LE(24) : written;
  if (kind !== plain && kind !== float) stepAside();
  const sampleRate = format.readUInt32LE(4);
  const bytesPerSecond = sampleRate * format.readUInt16LE(12);
  if (bytesPerSecond === 0) stepAside();
  return {
    format: 'wav',
    lossless: true,
    codec: 'PCM',
    seconds: dataBytes / format.readUInt16LE(12) / sampleRate,
    bitRate: 8 * (format.readUInt32LE(8) || bytesPerSecond),
    sampleRate,
    channels: format.readUInt16LE(2),
    bitDepth: format.readUInt16LE(14),
  };
}

function readInfo(fields: Fields, list: Buffer): void {
  if (list.toString('latin1', 0, 4) !== 'INFO') return;
  let at = 4;
  while (at + 8 <= list.length) {
    const bytes = list.readUInt32LE(at + 4);
    if (at + 8 + bytes > list.length) stepAside();
    const name = riffNames.get(list.toString('latin1', at, at + 4));
    const [text = ''] = list.toString('latin1', at + 8, at + 8 + bytes).split('\0', 1);
    if (name !== undefined) put(fields, name, riffText(text));
    at += 8 + bytes + (bytes % 2);
  }
}

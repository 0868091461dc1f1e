import { createHash, type Hash } from 'node:crypto';
import { chunksOf } from './chunks.ts';
import { flacAudio } from './flac.ts';
import { type HeadFile, stepAside, withHeadFile } from './head-file.ts';
import { id3End } from './id3v2.ts';
import { readTrailer } from './mp3.ts';
import { firstSoundAt } from './mpeg.ts';
import { topAtoms } from './mp4-atoms.ts';
import { oggAudioAt, oggPage, oggStream } from './ogg.ts';

/** Where a file's sound lies, and nothing but it. */
interface Region {
  readonly at: number;
  readonly end: number;
  /** Ogg's page headers count the pages, which an edit of tags changes. */
  readonly isOgg?: boolean;
}

const sampleBytes = 16 * 1024;
const samples = 4;

/**
 * The hash of a file's sound alone, which no edit of its tags changes: of its length and some
 * pieces spread over it, or of what FLAC itself says of the decoded sound.
 * @returns null when the file is gone, unreadable, or has no sound that can be told from its tags
 */
export function audioHash(path: string): Promise<string | null> {
  try {
    return Promise.resolve(withHeadFile(path, hashOf));
  } catch {
    return Promise.resolve(null);
  }
}

function hashOf(file: HeadFile): string | null {
  const hash = createHash('sha256');
  const start = file.window(0, 16);
  if (start.length < 16) return null;
  const at = id3End(start);
  const mark = file.window(at, 4).toString('latin1');
  if (mark === 'fLaC') {
    const { md5, samples: count, audioAt } = flacAudio(file, at);
    if (md5.some((byte) => byte !== 0))
      return hash.update(md5).update(`flac ${count}`).digest('hex');
    hashRegion(file, { at: audioAt, end: file.size }, hash);
  } else {
    const region = regionOf(file, at, mark);
    if (region === null || region.end <= region.at) return null;
    hashRegion(file, region, hash);
  }
  return hash.digest('hex');
}

function hashRegion(file: HeadFile, { at, end, isOgg = false }: Region, hash: Hash): void {
  const length = end - at;
  hash.update(String(length));
  const isSmall = length <= samples * sampleBytes;
  const count = isSmall ? 1 : samples;
  const bytes = isSmall ? length : sampleBytes;
  for (let index = 0; index < count; index += 1) {
    const from = at + Math.floor((index * (length - bytes)) / Math.max(1, count - 1));
    const sample = file.window(from, bytes);
    if (isOgg) hashBodies(sample, hash);
    else hash.update(sample);
  }
}

/** Of the pages from the first that begins in the sample. */
function hashBodies(sample: Buffer, hash: Hash): void {
  let at = sample.indexOf('OggS');
  let page = at < 0 ? null : oggPage(sample, at);
  while (page !== null) {
    hash.update(sample.subarray(page.bodyAt, Math.min(page.end, sample.length)));
    at = page.end;
    page = oggPage(sample, at);
  }
}

function regionOf(file: HeadFile, at: number, mark: string): Region | null {
  switch (mark) {
    case 'OggS': {
      const stream = oggStream(file.window(0, 128));
      return stream && { at: oggAudioAt(file, stream), end: file.size, isOgg: true };
    }
    case 'RIFF':
      return chunkRegion(file, 'RIFF', 'data');
    case 'FORM':
      return chunkRegion(file, 'FORM', 'SSND');
    case 'DSD ':
      return dsfRegion(file);
    case '0&\xb2u':
      return asfRegion(file);
    default:
      return file.window(4, 4).toString('latin1') === 'ftyp'
        ? largestMediaAtom(file)
        : betweenTags(file, at);
  }
}

function chunkRegion(file: HeadFile, order: 'RIFF' | 'FORM', name: string): Region | null {
  const chunk = chunksOf(file, order).find((found) => found.name === name);
  return chunk ? { at: chunk.at, end: Math.min(file.size, chunk.at + chunk.bytes) } : null;
}

function largestMediaAtom(file: HeadFile): Region | null {
  const [largest] = topAtoms(file)
    .filter(({ name }) => name === 'mdat')
    .sort((a, b) => b.end - b.bodyAt - (a.end - a.bodyAt));
  return largest ? { at: largest.bodyAt, end: largest.end } : null;
}

/** MPEG and whatever else has its tags in front and behind. */
function betweenTags(file: HeadFile, id3: number): Region | null {
  let at = id3;
  for (let more = id3; more > 0; at += more) more = id3End(file.window(at, 10));
  const first = firstSoundAt(file.window(at, sampleBytes));
  return { at: at + first, end: readTrailer(file).at };
}

/** Tags stand behind the sound. https://dsd-guide.com/sites/default/files/white-papers/DSFFileFormatSpec_E.pdf */
function dsfRegion(file: HeadFile): Region | null {
  const dataAt = 80;
  const header = file.window(dataAt, 12);
  if (header.toString('latin1', 0, 4) !== 'data') return null;
  const bytes = header.readUInt32LE(4) + header.readUInt32LE(8) * 0x1_0000_0000;
  return { at: dataAt + 12, end: Math.min(file.size, dataAt + bytes) };
}

/** https://learn.microsoft.com/openspecs/windows_protocols/ms-asf: tags in the first object, sound in the next. */
function asfRegion(file: HeadFile): Region | null {
  const headerBytes = asfObjectBytes(file, 0);
  const dataBytes = asfObjectBytes(file, headerBytes);
  // An identifier, the length, the file's identifier, which an edit keeps, a count, two bytes.
  return { at: headerBytes + 50, end: Math.min(file.size, headerBytes + dataBytes) };
}

function asfObjectBytes(file: HeadFile, at: number): number {
  const header = file.window(at, 24);
  if (header.length < 24) return stepAside();
  return header.readUInt32LE(16) + header.readUInt32LE(20) * 0x1_0000_0000;
}

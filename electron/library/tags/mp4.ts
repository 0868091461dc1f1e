import { type Fields, putChapter } from './fields.ts';
import type { Sound } from './finish-tags.ts';
import { type HeadFile, stepAside } from './head-file.ts';
import { type Atom, innerAtoms, topAtoms } from './mp4-atoms.ts';
import { readItems } from './mp4-items.ts';

const mostMoovBytes = 32 * 1024 * 1024;
/** More than an encoder adds; beyond it an edit list hides what was meant to be heard. */
const mostPaddingSamples = 8192;

/** https://developer.apple.com/documentation/quicktime-file-format and ISO/IEC 14496-12 */
export function readMp4(file: HeadFile, fields: Fields): Sound {
  const atoms = topAtoms(file);
  const moov = only(atoms.filter(({ name }) => name === 'moov'));
  const isFragmented = atoms.some(({ name }) => name === 'moof');
  if (moov === undefined || isFragmented || moov.end - moov.bodyAt > mostMoovBytes) stepAside();
  const movie = file.window(moov.bodyAt, moov.end - moov.bodyAt);
  const inner = innerAtoms(movie);
  const header = bodyOf(movie, inner, 'mvhd') ?? stepAside();
  const tracks = inner.filter(({ name }) => name === 'trak').map((atom) => trackOf(movie, atom));
  const sound = only(tracks.filter(({ handler }) => handler === 'soun'));
  const userData = bodyOf(movie, inner, 'udta');
  if (userData !== null) readUserData(userData, fields);
  // Chapters that are a track of texts lie in the sound's midst.
  if (sound === undefined || (sound.hasChapters && fields.chapters === undefined))
    return stepAside();
  const mediaBytes = atoms.reduce(
    (sum, { name, bodyAt, end }) => (name === 'mdat' ? sum + end - bodyAt : sum),
    0,
  );
  const seconds = sound.duration / sound.timescale;
  return {
    format: 'm4a',
    seconds,
    ...entryOf(sound.description),
    ...edited(sound, header),
    bitRate: (8 * mediaBytes) / seconds,
  };
}

interface Track {
  /** "soun", "text", "vide" … */
  readonly handler: string;
  readonly timescale: number;
  /** In units of the timescale. */
  readonly duration: number;
  readonly hasChapters: boolean;
  readonly edits: Buffer | null;
  readonly description: Buffer;
}

function trackOf(movie: Buffer, trak: Atom): Track {
  const track = movie.subarray(trak.bodyAt, trak.end);
  const atoms = innerAtoms(track);
  const media = bodyOf(track, atoms, 'mdia') ?? stepAside();
  const mediaAtoms = innerAtoms(media);
  const header = bodyOf(media, mediaAtoms, 'mdhd') ?? stepAside();
  const handler = bodyOf(media, mediaAtoms, 'hdlr') ?? stepAside();
  const information = bodyOf(media, mediaAtoms, 'minf') ?? stepAside();
  const samples = bodyOf(information, innerAtoms(information), 'stbl') ?? stepAside();
  const references = bodyOf(track, atoms, 'tref');
  const edits = bodyOf(track, atoms, 'edts');
  return {
    handler: handler.toString('latin1', 8, 12),
    ...durationOf(header),
    hasChapters: references !== null && innerAtoms(references).some(({ name }) => name === 'chap'),
    edits: edits && bodyOf(edits, innerAtoms(edits), 'elst'),
    description: bodyOf(samples, innerAtoms(samples), 'stsd') ?? stepAside(),
  };
}

/** Of a movie's or a media's header, which begin alike. */
function durationOf(header: Buffer): { readonly timescale: number; readonly duration: number } {
  const isLong = header.readUInt8(0) === 1;
  const timescale = header.readUInt32BE(isLong ? 20 : 12);
  return { timescale, duration: isLong ? uint64(header, 24) : header.readUInt32BE(16) };
}

/** What a sample description says of the sound; only one that all samples share is understood. */
function entryOf(
  description: Buffer,
): Pick<Sound, 'codec' | 'lossless' | 'sampleRate' | 'channels' | 'bitDepth'> {
  if (description.readUInt32BE(4) !== 1) stepAside();
  const entry = description.subarray(8);
  const name = entry.toString('latin1', 4, 8);
  const version = entry.readUInt16BE(16);
  if (version > 1) stepAside();
  const sampleRate = entry.readUInt16BE(32);
  if (name === 'mp4a') {
    return { codec: 'AAC', lossless: false, sampleRate, channels: entry.readUInt16BE(24) };
  }
  if (name !== 'alac') return stepAside();
  // The decoder's own setting; the entry's fields hold 16 bits at 65 kHz at most.
  const setting = only(innerAtoms(entry.subarray(36)).filter((atom) => atom.name === 'alac'));
  if (setting === undefined) return stepAside();
  const at = 36 + setting.bodyAt;
  return {
    codec: 'ALAC',
    lossless: true,
    bitDepth: entry.readUInt8(at + 9),
    channels: entry.readUInt8(at + 13),
    sampleRate: entry.readUInt32BE(at + 24),
  };
}

/** One edit that leaves out what the encoder added. */
function edited(
  { edits, timescale, duration }: Track,
  movieHeader: Buffer,
): Pick<Sound, 'encoderDelay' | 'encoderPadding'> {
  if (edits === null || edits.readUInt32BE(4) !== 1) return {};
  const isLong = edits.readUInt8(0) === 1;
  const lasts = isLong ? uint64(edits, 8) : edits.readUInt32BE(8);
  const delay = isLong ? uint64(edits, 16) : edits.readUInt32BE(12);
  if (delay > mostPaddingSamples) return {};
  const movie = durationOf(movieHeader);
  const heard = Math.round((lasts / movie.timescale) * timescale);
  const padding = duration - delay - heard;
  const isPadding = padding >= 0 && padding <= mostPaddingSamples;
  if (delay === 0 && padding === 0) return {};
  return { encoderDelay: delay, encoderPadding: isPadding ? padding : undefined };
}

function readUserData(userData: Buffer, fields: Fields): void {
  const atoms = innerAtoms(userData);
  const meta = bodyOf(userData, atoms, 'meta');
  if (meta !== null) {
    // A full atom with version and flags; QuickTime has none.
    const inner = meta.subarray(meta.toString('latin1', 4, 8) === 'hdlr' ? 0 : 4);
    const items = bodyOf(inner, innerAtoms(inner), 'ilst');
    if (items !== null) readItems(fields, items);
  }
  const chapters = bodyOf(userData, atoms, 'chpl');
  if (chapters !== null) readChapterList(fields, chapters);
}

/** As Nero writes them: a time in units of 100 ns, the title's length, the title. */
function readChapterList(fields: Fields, list: Buffer): void {
  const isLong = list.readUInt8(0) === 1;
  const count = list.readUInt8(isLong ? 8 : 4);
  let at = isLong ? 9 : 5;
  for (let index = 0; index < count; index += 1) {
    const end = at + 9 + list.readUInt8(at + 8);
    if (end > list.length) stepAside();
    putChapter(fields, list.toString('utf8', at + 9, end), uint64(list, at) / 10_000_000);
    at = end;
  }
}

function bodyOf(bytes: Buffer, atoms: readonly Atom[], name: string): Buffer | null {
  const found = atoms.find((atom) => atom.name === name);
  return found ? bytes.subarray(found.bodyAt, found.end) : null;
}

function only<Item>(items: readonly Item[]): Item | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function uint64(bytes: Buffer, at: number): number {
  return bytes.readUInt32BE(at) * 0x1_0000_0000 + bytes.readUInt32BE(at + 4);
}

import type { Fields } from './fields.ts';
import type { Sound } from './finish-tags.ts';
import { headBytes, type HeadFile, stepAside } from './head-file.ts';
import { readVorbisComment } from './vorbis-comment.ts';

/** The stream that an Ogg file begins with. */
export interface OggStream {
  readonly format: 'ogg' | 'opus';
  readonly serial: number;
  readonly channels: number;
  /** What went into the encoder. */
  readonly sampleRate: number;
  /** In which positions are counted. */
  readonly hertz: number;
  /** Samples that are never heard. */
  readonly preSkip: number;
}

/** No page is larger, so the last one begins within as much of the file's end. */
export const longestPageBytes = 65_307;
/** The last page is found in this much nearly always. */
const likelyPageBytes = 8 * 1024;
const mostCommentBytes = 32 * 1024 * 1024;
const pageHeaderBytes = 27;

/** Vorbis or Opus. https://www.rfc-editor.org/rfc/rfc3533#section-6 */
export function readOgg(file: HeadFile, fields: Fields): Sound {
  const stream = oggStream(file.window(0, 128));
  if (stream === null) return stepAside();
  const { comment, end } = secondPacket(file, stream.serial);
  const mark = stream.format === 'opus' ? 'OpusTags' : '\x03vorbis';
  if (comment.toString('latin1', 0, mark.length) !== mark) stepAside();
  readVorbisComment(fields, comment, mark.length, comment.length);
  const seconds =
    oggSeconds(file.window(Math.max(0, file.size - likelyPageBytes), likelyPageBytes), stream) ??
    oggSeconds(file.window(Math.max(0, file.size - longestPageBytes), longestPageBytes), stream);
  if (seconds === null) return stepAside();
  return { ...oggSound(stream, seconds), bitRate: (8 * (file.size - end)) / seconds };
}

export function oggSound(stream: OggStream, seconds: number): Sound {
  const { format, sampleRate, channels, preSkip } = stream;
  const isOpus = format === 'opus';
  return {
    format,
    seconds,
    lossless: false,
    codec: isOpus ? 'Opus' : 'Vorbis',
    sampleRate: sampleRate || 48_000,
    channels,
    ...(isOpus && { encoderDelay: preSkip }),
  };
}

/** @param start the file's first bytes; null: another kind of stream */
export function oggStream(start: Buffer): OggStream | null {
  if (start.length < 58 || start.toString('latin1', 0, 4) !== 'OggS') return null;
  const serial = start.readUInt32LE(14);
  const at = pageHeaderBytes + start.readUInt8(26);
  // https://www.rfc-editor.org/rfc/rfc7845#section-5.1
  if (start.toString('latin1', at, at + 8) === 'OpusHead' && at + 19 <= start.length) {
    return {
      format: 'opus',
      serial,
      channels: start.readUInt8(at + 9),
      sampleRate: start.readUInt32LE(at + 12),
      hertz: 48_000,
      preSkip: start.readUInt16LE(at + 10),
    };
  }
  // https://xiph.org/vorbis/doc/Vorbis_I_spec.html § 4.2.2
  if (start.toString('latin1', at, at + 7) !== '\x01vorbis' || at + 28 > start.length) return null;
  const sampleRate = start.readUInt32LE(at + 12);
  const channels = start.readUInt8(at + 11);
  return { format: 'ogg', serial, channels, sampleRate, hertz: sampleRate, preSkip: 0 };
}

/**
 * By the position that the last page carries, so that the pages between need not be read.
 * @param end the file's last bytes
 * @returns null when no page of the stream begins there
 */
export function oggSeconds(end: Buffer, { serial, hertz, preSkip }: OggStream): number | null {
  for (let at = end.lastIndexOf('OggS'); at >= 0; at = end.lastIndexOf('OggS', at - 1)) {
    if (at + pageHeaderBytes <= end.length && end.readUInt32LE(at + 14) === serial) {
      const samples = end.readInt32LE(at + 10) * 0x1_0000_0000 + end.readUInt32LE(at + 6) - preSkip;
      if (samples > 0 && hertz > 0) return samples / hertz;
    }
    if (at === 0) break;
  }
  return null;
}

/** Where the page begins that follows all headers: two of Opus, three of Vorbis. */
export function oggAudioAt(file: HeadFile, { format, serial }: OggStream): number {
  let headers = format === 'opus' ? 2 : 3;
  let at = 0;
  while (headers > 0) {
    const page = oggPage(file.window(at, pageHeaderBytes + 255), 0);
    if (page?.serial !== serial || at > mostCommentBytes) return stepAside();
    headers -= page.isOpen ? page.packets.length - 1 : page.packets.length;
    at += page.end;
  }
  return at;
}

interface Page {
  readonly bodyAt: number;
  readonly end: number;
  /** 1: its first packet began in the page before; 2: the stream's first; 4: its last. */
  readonly flags: number;
  readonly serial: number;
  /** The length of each packet, or packet's part, in it. */
  readonly packets: readonly number[];
  /** Whether the last of them goes on in the next page. */
  readonly isOpen: boolean;
}

/** The page at `at`; null when no whole header stands there. */
export function oggPage(bytes: Buffer, at: number): Page | null {
  if (at + pageHeaderBytes > bytes.length) return null;
  if (bytes.readUInt32BE(at) !== 0x4f_67_67_53 || bytes[at + 4] !== 0) return null;
  const segments = bytes.readUInt8(at + 26);
  const bodyAt = at + pageHeaderBytes + segments;
  if (bodyAt > bytes.length) return null;
  const packets: number[] = [];
  let length = 0;
  let total = 0;
  let isOpen = false;
  for (let index = bodyAt - segments; index < bodyAt; index += 1) {
    const lacing = bytes.readUInt8(index);
    length += lacing;
    total += lacing;
    isOpen = lacing === 255;
    if (isOpen) continue;
    packets.push(length);
    length = 0;
  }
  if (isOpen) packets.push(length);
  const serial = bytes.readUInt32LE(at + 14);
  return { bodyAt, end: bodyAt + total, flags: bytes.readUInt8(at + 5), serial, packets, isOpen };
}

/** The comment, and where the page ends in which it ends. */
function secondPacket(
  file: HeadFile,
  serial: number,
): { readonly comment: Buffer; readonly end: number } {
  for (let bytes = headBytes; bytes <= mostCommentBytes; bytes *= 4) {
    const found = secondPacketIn(file.window(0, bytes), serial);
    if (found !== null) return found;
    if (bytes >= file.size) break;
  }
  return stepAside();
}

/** null: it ends behind the bytes. */
function secondPacketIn(
  bytes: Buffer,
  serial: number,
): { readonly comment: Buffer; readonly end: number } | null {
  const parts: Buffer[] = [];
  const first = oggPage(bytes, 0);
  if (first?.packets.length !== 1 || first.isOpen || first.flags !== 2) return stepAside();
  for (let at = first.end; ;) {
    const page = oggPage(bytes, at);
    if (page === null) return bytes.length - at < pageHeaderBytes + 255 ? null : stepAside();
    const [length] = page.packets;
    const isNext = page.flags === (parts.length > 0 ? 1 : 0);
    if (page.serial !== serial || !isNext || length === undefined) return stepAside();
    if (page.end > bytes.length) return null;
    parts.push(bytes.subarray(page.bodyAt, page.bodyAt + length));
    const isWhole = page.packets.length > 1 || !page.isOpen;
    if (isWhole) return { comment: joined(parts), end: page.end };
    at = page.end;
  }
}

function joined(parts: readonly Buffer[]): Buffer {
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts);
}

import type { Fields } from './fields.ts';
import { type HeadFile, stepAside } from './head-file.ts';
import { readFrame } from './id3v2-frames.ts';
import { oldId3Names } from './field-names.ts';
import { partOf, type Stretch, stretchOf } from './stretch.ts';

/** A tag is seven bits to the byte long: 256 MB. What is larger than this holds no music's tag. */
const mostTagBytes = 24 * 1024 * 1024;
const tagHeaderBytes = 10;

/** Where what follows the tag at `at` begins; `at` itself when there is none. */
export function id3End(start: Buffer, at = 0): number {
  if (start.length < at + tagHeaderBytes) return at;
  if (start.readUIntBE(at, 3) !== 0x49_44_33) return at;
  const hasFooter = (start.readUInt8(at + 5) & 0x10) !== 0 && start.readUInt8(at + 3) === 4;
  return at + tagHeaderBytes + sevenBits(start, at + 6) + (hasFooter ? tagHeaderBytes : 0);
}

/** The tag at `at`, read frame by frame. https://id3.org/id3v2.4.0-structure */
export function readId3(file: HeadFile, fields: Fields, at = 0): void {
  const length = id3End(file.window(at, tagHeaderBytes)) - tagHeaderBytes;
  if (length < 0 || length > mostTagBytes || at + tagHeaderBytes + length > file.size) stepAside();
  readId3Tag(file.stretch(at, tagHeaderBytes + length), fields);
}

/** @param tag with its header, and without what follows */
export function readId3Tag(tag: Stretch, fields: Fields): void {
  const header = tag.bytes(0, tagHeaderBytes);
  const version = header.readUInt8(3);
  const flags = header.readUInt8(5);
  if (version < 2 || version > 4 || (flags & 0x0f) !== 0) stepAside();
  // 2.2 calls this bit compression, and has never said how.
  if (version === 2 && (flags & 0x40) !== 0) stepAside();
  const length = sevenBits(header, 6);
  if (tagHeaderBytes + length > tag.length) stepAside();
  const isUnsynchronised = (flags & 0x80) !== 0;
  let body = partOf(tag, tagHeaderBytes, length);
  if (isUnsynchronised && version < 4) body = stretchOf(synchronised(body.bytes(0, length)));
  const from = (flags & 0x40) === 0 ? 0 : extendedHeaderBytes(body, version);
  if (version === 2) readOldFrames(body, fields);
  else readFrames(body, from, version, isUnsynchronised, fields);
}

function readOldFrames(body: Stretch, fields: Fields): void {
  let at = 0;
  while (at + 6 <= body.length) {
    const header = body.bytes(at, 6);
    if (isPadding(body, at, header)) break;
    const id = header.toString('latin1', 0, 3);
    const length = header.readUIntBE(3, 3);
    if (!isId(header, 3) || at + 6 + length > body.length) stepAside();
    const name = oldId3Names.get(id);
    if (name !== undefined) readFrame(fields, name, partOf(body, at + 6, length), 2);
    at += 6 + length;
  }
}

function readFrames(
  body: Stretch,
  from: number,
  version: number,
  isUnsynchronised: boolean,
  fields: Fields,
): void {
  let at = from;
  while (at + 10 <= body.length) {
    const header = body.bytes(at, 10);
    if (isPadding(body, at, header)) break;
    const length = version === 4 ? frameLength4(body, header, at) : header.readUInt32BE(4);
    if (!isId(header, 4) || at + 10 + length > body.length) stepAside();
    const frame = partOf(body, at + 10, length);
    const content = frameContent(frame, header.readUInt8(9), version, isUnsynchronised);
    readFrame(fields, header.toString('latin1', 0, 4), content, version);
    at += 10 + length;
  }
}

/** iTunes wrote plain numbers where 2.4 wants seven bits to the byte: what fits is what is meant. */
function frameLength4(body: Stretch, header: Buffer, at: number): number {
  const plain = header.readUInt32BE(4);
  if (plain < 128) return plain;
  const isSevenBits = (plain & 0x8080_8080) === 0;
  const length = sevenBits(header, 4);
  if (isSevenBits && isFrameEnd(body, at + 10 + length)) return length;
  // Nothing but zeros there would prove too little.
  const end = at + 10 + plain;
  const isZero = end < body.length && body.bytes(end, 1)[0] === 0;
  if (!isZero && isFrameEnd(body, end)) return plain;
  return stepAside();
}

function isFrameEnd(body: Stretch, at: number): boolean {
  if (at >= body.length) return at === body.length;
  const next = body.bytes(at, Math.min(10, body.length - at));
  return next[0] === 0 || (next.length === 10 && isId(next, 4));
}

function frameContent(
  frame: Stretch,
  format: number,
  version: number,
  isUnsynchronised: boolean,
): Stretch {
  if (format === 0 && !isUnsynchronised) return frame;
  if (version === 3) return format === 0 ? frame : stepAside();
  // Compressed, encrypted or grouped.
  if ((format & ~0x03) !== 0) stepAside();
  const bytes = frame.bytes(0, frame.length);
  const isPlain = (format & 0x02) === 0;
  // The tag says that all frames are unsynchronised, and this one that it is not.
  if (isPlain && isUnsynchronised && bytes.includes(unsynchronisedPair)) stepAside();
  const content = (format & 0x01) === 0 ? bytes : bytes.subarray(4);
  return stretchOf(isPlain ? content : synchronised(content));
}

const unsynchronisedPair = Buffer.from([0xff, 0x00]);

/** A copy without the zero that was put behind each FF. https://id3.org/id3v2.4.0-structure § 6.1 */
function synchronised(bytes: Buffer): Buffer {
  if (!bytes.includes(unsynchronisedPair)) return bytes;
  const result = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes.readUInt8(at);
    result[length] = byte;
    length += 1;
    if (byte === 0xff && bytes[at + 1] === 0) at += 1;
  }
  return result.subarray(0, length);
}

function extendedHeaderBytes(body: Stretch, version: number): number {
  const start = body.bytes(0, 4);
  const length = version === 4 ? sevenBits(start, 0) : 4 + start.readUInt32BE(0);
  if (length < 6 || length > 64) stepAside();
  return length;
}

/** @returns the number written with seven bits to the byte */
function sevenBits(bytes: Buffer, at: number): number {
  const written = bytes.readUInt32BE(at);
  if ((written & 0x8080_8080) !== 0) stepAside();
  return (
    ((written >> 3) & 0xfe0_0000) |
    ((written >> 2) & 0x1f_c000) |
    ((written >> 1) & 0x3f80) |
    (written & 0x7f)
  );
}

const zeros = Buffer.alloc(64 * 1024);

/** Where a zero stands in the place of an id, nothing else may follow. */
function isPadding(body: Stretch, at: number, header: Buffer): boolean {
  if (header[0] !== 0) return false;
  for (let from = at; from < body.length; from += zeros.length) {
    const rest = body.bytes(from, Math.min(zeros.length, body.length - from));
    if (rest.compare(zeros, 0, rest.length) !== 0) stepAside();
  }
  return true;
}

/** Capitals and digits. */
function isId(header: Buffer, length: number): boolean {
  for (let index = 0; index < length; index += 1) {
    const letter = header[index] ?? 0;
    const isCapital = letter >= 65 && letter <= 90;
    if (!isCapital && !(letter >= 48 && letter <= 57)) return false;
  }
  return true;
}

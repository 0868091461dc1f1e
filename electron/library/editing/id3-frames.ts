import { NotWrittenError } from './tag-edit.ts';

/** 2, 3 or 4: the minor version of ID3v2. */
export type Id3Version = 2 | 3 | 4;

/** A frame as it stands in a tag. https://id3.org/id3v2.4.0-structure § 4 */
export interface Frame {
  readonly id: string;
  /** Of the whole frame, within the bytes that were given. */
  readonly from: number;
  readonly to: number;
  /** What it says; null: packed or locked, and so nothing of ours. */
  readonly body: Buffer | null;
}

/** The frames up to the padding. @throws NotWrittenError `damaged` */
export function readFrames(bytes: Buffer, version: Id3Version): Frame[] {
  const frames: Frame[] = [];
  const headBytes = version === 2 ? 6 : 10;
  let at = 0;
  while (at < bytes.length && bytes[at] !== 0) {
    const id = bytes.toString('latin1', at, at + (version === 2 ? 3 : 4));
    const size = at + headBytes <= bytes.length ? frameSize(bytes, at, version) : -1;
    const to = at + headBytes + size;
    if (!/^[A-Z0-9 ]{3,4}$/.test(id) || size < 0 || to > bytes.length) {
      throw new NotWrittenError('damaged');
    }
    frames.push({ id, from: at, to, body: bodyOf(bytes, at, to, version) });
    at = to;
  }
  // Behind the frames there are only zeros: anything else would be lost with them.
  if (bytes.subarray(at).some((byte) => byte !== 0)) throw new NotWrittenError('damaged');
  return frames;
}

/** @param unsynchronise keeps 0xFF from being taken for sound, for tags that promise it */
export function makeFrame(
  id: string,
  body: Buffer,
  version: Id3Version,
  unsynchronise = false,
): Buffer {
  if (version === 2)
    return Buffer.concat([Buffer.from(id, 'latin1'), bigEndian(body.length, 3), body]);
  if (version === 3) {
    return Buffer.concat([
      Buffer.from(id, 'latin1'),
      bigEndian(body.length, 4),
      Buffer.alloc(2),
      body,
    ]);
  }
  const written = unsynchronise ? unsynchronised(body) : body;
  const isChanged = written.length !== body.length;
  const content = isChanged ? Buffer.concat([sevenBits(body.length), written]) : body;
  const flags = Buffer.from([0, isChanged ? unsynchronisedFlag | lengthFlag : 0]);
  return Buffer.concat([Buffer.from(id, 'latin1'), sevenBits(content.length), flags, content]);
}

/** ID3 writes lengths with seven bits to the byte, so that none looks like sound. */
export function sevenBits(length: number): Buffer {
  if (length >= 1 << 28) throw new NotWrittenError('too_large');
  return Buffer.from([21, 14, 7, 0].map((shift) => (length >> shift) & 127));
}

export function fromSevenBits(bytes: Buffer, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4);
  return ((a & 127) << 21) | ((b & 127) << 14) | ((c & 127) << 7) | (d & 127);
}

/** Takes out the zeros that keep 0xFF from being taken for sound. */
export function synchronised(bytes: Buffer): Buffer {
  const out = Buffer.allocUnsafe(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    out[length] = byte;
    length += 1;
    if (byte === 0xff && bytes[at + 1] === 0) at += 1;
  }
  return out.subarray(0, length);
}

/** Text in the version's best encoding, behind the byte that names it. Values are parted by zero. */
export function encodedText(text: string, version: Id3Version): Buffer {
  const encoding = encodingFor([text], version);
  return Buffer.concat([Buffer.from([encoding]), encode(text, encoding)]);
}

/** An encoding that all of these texts fit in. */
export function encodingFor(texts: readonly string[], version: Id3Version): number {
  if (version === 4) return utf8;
  return texts.every((text) => !/[^\0-\xff]/.test(text)) ? latin1 : utf16;
}

export function encode(text: string, encoding: number): Buffer {
  if (encoding === utf8) return Buffer.from(text, 'utf8');
  if (encoding === latin1) return Buffer.from(text, 'latin1');
  return Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
}

/** What ends a text of this encoding within a frame. */
export function terminator(encoding: number): Buffer {
  return Buffer.alloc(isWide(encoding) ? 2 : 1);
}

/** The text at `from` up to its terminator, for comparing: what can't be decoded is ''. */
export function terminatedText(body: Buffer, from: number, encoding: number): string {
  if (!isWide(encoding)) {
    const end = body.indexOf(0, from);
    const bytes = body.subarray(from, end < 0 ? body.length : end);
    return bytes.toString(encoding === utf8 ? 'utf8' : 'latin1');
  }
  let end = from;
  while (end + 1 < body.length && (body[end] !== 0 || body[end + 1] !== 0)) end += 2;
  const bytes = Buffer.from(body.subarray(from, end - ((end - from) % 2)));
  const isBig =
    encoding === utf16WithoutMark || bytes.readUIntBE(0, Math.min(2, bytes.length) || 1) === 0xfeff;
  if (isBig) bytes.swap16();
  return bytes.toString('utf16le').replace(/^\ufeff/, '');
}

const latin1 = 0;
const utf16 = 1;
const utf16WithoutMark = 2;
const utf8 = 3;
const unsynchronisedFlag = 2;
const lengthFlag = 1;

function isWide(encoding: number): boolean {
  return encoding === utf16 || encoding === utf16WithoutMark;
}

function frameSize(bytes: Buffer, at: number, version: Id3Version): number {
  if (version === 2) return bytes.readUIntBE(at + 3, 3);
  const plain = bytes.readUInt32BE(at + 4);
  if (version === 3) return plain;
  const seven = fromSevenBits(bytes, at + 4);
  if (seven === plain || endsWell(bytes, at + 10 + seven)) return seven;
  // Early iTunes wrote plain lengths into version 2.4.
  return endsWell(bytes, at + 10 + plain) ? plain : seven;
}

/** Whether a frame, the padding or the tag's end is there. */
function endsWell(bytes: Buffer, at: number): boolean {
  if (at >= bytes.length) return at === bytes.length;
  return bytes[at] === 0 || /^[A-Z0-9]{4}$/.test(bytes.toString('latin1', at, at + 4));
}

function bodyOf(bytes: Buffer, from: number, to: number, version: Id3Version): Buffer | null {
  if (version === 2) return bytes.subarray(from + 6, to);
  const flags = bytes[from + 9] ?? 0;
  const body = bytes.subarray(from + 10, to);
  if (version === 3) {
    if ((flags & 0xc0) !== 0) return null;
    return body.subarray((flags & 0x20) === 0 ? 0 : 1);
  }
  if ((flags & 0x0c) !== 0) return null;
  const skipped = ((flags & 0x40) === 0 ? 0 : 1) + ((flags & lengthFlag) === 0 ? 0 : 4);
  const rest = body.subarray(skipped);
  return (flags & unsynchronisedFlag) === 0 ? rest : synchronised(rest);
}

function unsynchronised(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let from = 0;
  for (let at = bytes.indexOf(0xff); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next !== undefined && next !== 0 && next < 0xe0) continue;
    parts.push(bytes.subarray(from, at + 1), Buffer.alloc(1));
    from = at + 1;
  }
  return Buffer.concat([...parts, bytes.subarray(from)]);
}

function bigEndian(value: number, length: 3 | 4): Buffer {
  if (value >= 2 ** (8 * length)) throw new NotWrittenError('too_large');
  const bytes = Buffer.alloc(length);
  bytes.writeUIntBE(value, 0, length);
  return bytes;
}

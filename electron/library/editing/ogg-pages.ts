import { NotWrittenError } from './tag-edit.ts';

/** https://www.rfc-editor.org/rfc/rfc3533#section-6 */
export interface OggPage {
  readonly isContinued: boolean;
  readonly isFirst: boolean;
  readonly serial: number;
  readonly number: number;
  /** Lengths of its segments; one under 255 ends a packet. */
  readonly lacing: Buffer;
  readonly bytes: Buffer;
  readonly body: Buffer;
}

export const pageHeadBytes = 27;
/** What a page's head and its lengths tell of the rest. */
export const largestHeadBytes = pageHeadBytes + 255;
export const largestPageBytes = largestHeadBytes + 255 * 255;
const mostSegments = 255;
const checksumAt = 22;

/**
 * The page at the beginning of `bytes`.
 * @returns null when there is no whole page
 */
export function readPage(bytes: Buffer): OggPage | null {
  if (bytes.length < pageHeadBytes || bytes.toString('latin1', 0, 4) !== 'OggS') return null;
  const bodyFrom = pageHeadBytes + bytes.readUInt8(26);
  if (bytes.length < bodyFrom) return null;
  const lacing = bytes.subarray(pageHeadBytes, bodyFrom);
  const to = lacing.reduce((sum, length) => sum + length, bodyFrom);
  if (bytes.length < to) return null;
  const flags = bytes.readUInt8(5);
  return {
    isContinued: (flags & 1) !== 0,
    isFirst: (flags & 2) !== 0,
    serial: bytes.readUInt32LE(14),
    number: bytes.readUInt32LE(18),
    lacing,
    bytes: bytes.subarray(0, to),
    body: bytes.subarray(bodyFrom, to),
  };
}

/** Packets as the pages from `number` on; the last page ends with the last packet. */
export function makePages(packets: readonly Buffer[], serial: number, number: number): Buffer[] {
  const segments = packets.flatMap((packet) => {
    const whole = Math.floor(packet.length / mostSegments);
    return [...Array.from({ length: whole }, () => mostSegments), packet.length % mostSegments];
  });
  const body = Buffer.concat(packets);
  const pages: Buffer[] = [];
  let at = 0;
  for (let first = 0; first < segments.length; first += mostSegments) {
    const lacing = segments.slice(first, first + mostSegments);
    const length = lacing.reduce((sum, bytes) => sum + bytes, 0);
    const head = Buffer.alloc(pageHeadBytes);
    head.write('OggS', 'latin1');
    head[5] = first > 0 && segments[first - 1] === mostSegments ? 1 : 0;
    // Heads stand at position 0; a page on which no packet ends says -1.
    head.writeBigInt64LE(lacing.some((bytes) => bytes < mostSegments) ? 0n : -1n, 6);
    head.writeUInt32LE(serial, 14);
    head.writeUInt32LE(number + pages.length, 18);
    head[26] = lacing.length;
    const page = Buffer.concat([head, Buffer.from(lacing), body.subarray(at, at + length)]);
    page.writeUInt32LE(checksumOf(page), checksumAt);
    pages.push(page);
    at += length;
  }
  return pages;
}

/**
 * Gives a page another number, in place.
 * @throws NotWrittenError `damaged` when its checksum does not hold: it would be made to hold
 */
export function renumberPage({ bytes, number }: OggPage, shift: number): void {
  if (bytes.readUInt32LE(checksumAt) !== checksumOf(bytes)) throw new NotWrittenError('damaged');
  bytes.writeUInt32LE(number + shift, 18);
  bytes.writeUInt32LE(checksumOf(bytes), checksumAt);
}

/** The checksum of a page, as if its own place held zeros. */
export function checksumOf(page: Buffer): number {
  let sum = 0;
  for (let at = 0; at < page.length; at += 1) {
    const byte = at >= checksumAt && at < checksumAt + 4 ? 0 : (page[at] ?? 0);
    sum = (sum << 8) ^ (table[(sum >>> 24) ^ byte] ?? 0);
  }
  return sum >>> 0;
}

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) sum = (sum << 1) ^ (sum < 0 ? 0x04c1_1db7 : 0);
  return sum;
});

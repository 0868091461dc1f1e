/** The part of STREAMINFO that frames are found by. */
export interface FlacStream {
  /** The shortest beginning that a file with these frames can have. */
  readonly head: Uint8Array;
  /** Of the first frame, in bytes from the file's start. */
  readonly firstFrameAt: number;
  /** Block size when all blocks have one; else 0. */
  readonly fixedBlockSamples: number;
  readonly sampleRate: number;
  readonly totalSamples: number;
}

export interface FlacFrame {
  /** The frame's first sample, counted from the track's start. */
  readonly sample: number;
  readonly samples: number;
}

/**
 * The frame whose header stands at `at`; null when there is none: sync, reserved bits and the
 * checksum have to be right.
 * @see https://www.rfc-editor.org/rfc/rfc9639.html#section-9.1
 */
export function readFlacFrame(bytes: Uint8Array, at: number, stream: FlacStream): FlacFrame | null {
  const [first = 0, second = 0, sizes = 0, channels = 0] = bytes.subarray(at, at + 4);
  if (first !== 0xff || (second & 0xfe) !== 0xf8 || (channels & 1) !== 0) return null;
  const sizeCode = sizes >> 4;
  const rateCode = sizes & 0x0f;
  if (sizeCode === 0 || rateCode === 15) return null;

  const coded = readCodedNumber(bytes, at + 4);
  if (coded === null) return null;
  let next = at + 4 + coded.bytes;
  const sizeBytes = sizeCode === 6 ? 1 : sizeCode === 7 ? 2 : 0;
  const stored = bytes.subarray(next, next + sizeBytes).reduce((sum, byte) => sum * 256 + byte, 0);
  next += sizeBytes + (rateCode === 12 ? 1 : rateCode >= 13 ? 2 : 0);
  if (next >= bytes.length || checksum(bytes.subarray(at, next)) !== bytes[next]) return null;

  const samples = sizeBytes > 0 ? stored + 1 : codedBlockSamples(sizeCode);
  const countsSamples = (second & 1) === 1;
  if (!countsSamples && stream.fixedBlockSamples === 0) return null;
  const sample = countsSamples ? coded.value : coded.value * stream.fixedBlockSamples;
  return { sample, samples };
}

/** `fLaC` */
const flacMark = [0x66, 0x4c, 0x61, 0x43];

const streamInfoBytes = 34;

/** STREAMINFO, and no other block of metadata behind it. */
const lastBlock = 0x80;

/** Null when the file has no STREAMINFO where it belongs. */
export function readFlacStream(info: Uint8Array, firstFrameAt: number): FlacStream | null {
  if (info.length !== streamInfoBytes) return null;
  const view = new DataView(info.buffer, info.byteOffset, info.byteLength);
  const leastSamples = view.getUint16(0);
  const mostSamples = view.getUint16(2);
  const sampleRate = view.getUint32(10) >>> 12;
  const totalSamples = (view.getUint8(13) & 0x0f) * 2 ** 32 + view.getUint32(14);
  if (sampleRate === 0 || totalSamples === 0) return null;
  const fixedBlockSamples = leastSamples === mostSamples ? mostSamples : 0;
  const head = Uint8Array.of(...flacMark, lastBlock, 0, 0, info.length, ...info);
  return { head, firstFrameAt, fixedBlockSamples, sampleRate, totalSamples };
}

function codedBlockSamples(code: number): number {
  if (code === 1) return 192;
  return code < 6 ? 576 << (code - 2) : 256 << (code - 8);
}

/** A number of up to 36 bits, written like UTF-8. */
function readCodedNumber(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly bytes: number } | null {
  const first = bytes[at] ?? 0xff;
  if (first < 0x80) return { value: first, bytes: 1 };
  const length = Math.clz32(~(first << 24));
  if (length < 2 || length > 7 || at + length > bytes.length) return null;
  let value = first & (0x7f >> length);
  for (const byte of bytes.subarray(at + 1, at + length)) {
    if (byte >> 6 !== 2) return null;
    value = value * 64 + (byte & 0x3f);
  }
  return { value, bytes: length };
}

/** CRC-8 with the polynomial x⁸ + x² + x + 1. */
function checksum(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
  }
  return crc;
}

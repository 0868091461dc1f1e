import { createRandom } from './random.ts';

/** A file as its bytes at some places; the rest is a hole that takes no room on the disk. */
export interface FileShape {
  readonly pieces: readonly { readonly at: number; readonly bytes: Uint8Array }[];
  readonly length: number;
}

export const hertz = 44_100;

const noiseBytes = 1 << 16;
const noiseSource = createRandom(1);
const noise = Buffer.from(
  Uint8Array.from({ length: 2 * noiseBytes }, () => noiseSource.whole(0, 254)),
);

/**
 * Bytes that stand for coded sound: no two files begin with the same. Without 0xff, which would be
 * taken for the head of an MPEG frame.
 * @param length at most 64 KiB
 */
export function soundBytes(file: number, length: number): Buffer {
  const at = Math.imul(file, 40_503) & (noiseBytes - 1);
  const bytes = Buffer.from(noise.subarray(at, at + length));
  for (let digit = 0; digit < 5 && digit < length; digit += 1) {
    bytes[digit] = (file >> (7 * digit)) & 127;
  }
  return bytes;
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

export function uint32Little(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

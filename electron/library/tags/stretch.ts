/** Bytes in a row, in memory or in a file. */
export interface Stretch {
  readonly length: number;
  /** From an offset within it; may be a view that the next file's bytes overwrite. */
  readonly bytes: (from: number, length: number) => Buffer;
}

export function stretchOf(buffer: Uint8Array): Stretch {
  const whole = Buffer.from(buffer.buffer, buffer.byteOffset, buffer.length);
  return { length: whole.length, bytes: (from, length) => whole.subarray(from, from + length) };
}

export function partOf({ bytes }: Stretch, at: number, length: number): Stretch {
  return { length, bytes: (from, wanted) => bytes(at + from, wanted) };
}

/** Reads bits from the highest of the first byte on; behind the last one there are zeros. */
export interface BitReader {
  /** The next bits, 0 to 32 of them, without a sign, as which they are still the next. */
  readonly peek: (bits: number) => number;
  readonly skip: (bits: number) => void;
  /** As `peek`, and goes past them. */
  readonly read: (bits: number) => number;
  /** As a number with a sign. */
  readonly readSigned: (bits: number) => number;
  /** How many bits are behind us. */
  readonly place: () => number;
  /** More was read than there is: what came last is not to be trusted. */
  readonly isOverrun: () => boolean;
}

export function createBitReader(bytes: Uint8Array): BitReader {
  let place = 0;

  function window(): number {
    const at = place >>> 3;
    return (
      (((bytes[at] ?? 0) << 24) |
        ((bytes[at + 1] ?? 0) << 16) |
        ((bytes[at + 2] ?? 0) << 8) |
        (bytes[at + 3] ?? 0)) <<
      (place & 7)
    );
  }

  function peek(bits: number): number {
    if (bits === 0) return 0;
    // The window misses up to seven of its lowest bits.
    const missing = (bytes[(place >>> 3) + 4] ?? 0) >>> (8 - (place & 7));
    return (window() | missing) >>> (32 - bits);
  }

  function read(bits: number): number {
    const value = peek(bits);
    place += bits;
    return value;
  }

  return {
    peek,
    skip: (bits) => {
      place += bits;
    },
    read,
    readSigned: (bits) => (bits === 0 ? 0 : (read(bits) << (32 - bits)) >> (32 - bits)),
    place: () => place,
    isOverrun: () => place > bytes.length * 8,
  };
}

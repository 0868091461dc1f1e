import type { BitReader } from './bit-reader.ts';

/** Symbols from the code that is all ones downwards, and the lengths of their codes. */
export interface PrefixCode {
  /** A digit in base 36 for each symbol. */
  readonly lengths: string;
  readonly symbols: readonly number[];
}

/** Reads a symbol. */
export type ReadSymbol = (bits: BitReader) => number;

/** No code is longer. */
const mostBits = 16;

export function createSymbolReader({ lengths, symbols }: PrefixCode): ReadSymbol {
  const sizes = Array.from(lengths, (digit) => parseInt(digit, 36));
  const depth = Math.max(...sizes);
  if (depth > mostBits) throw new Error('A prefix code is too long.');
  /** By the next bits: which symbol they begin with, as its index and the length of its code. */
  const table = new Uint16Array(1 << depth);
  let end = table.length;
  sizes.forEach((size, index) => {
    const start = end - (1 << (depth - size));
    table.fill((index << 5) | size, start, end);
    end = start;
  });
  return (bits) => {
    const entry = table[bits.peek(depth)] ?? 0;
    bits.skip(entry & 31);
    return symbols[entry >> 5] ?? 0;
  };
}

/** A number below `count`, all of them about as likely: some take a bit less than others. */
export function readBelow(bits: BitReader, count: number): number {
  if (count <= 1) return 0;
  const size = 32 - Math.clz32(count - 1);
  const spared = 2 ** size - count;
  const value = bits.read(size - 1);
  return value < spared ? value : 2 * value + bits.read(1) - spared;
}

/** Which `chosen` of `count` places are marked: the bits of the result, the last place lowest. */
export function readChoice(bits: BitReader, chosen: number, count: number): number {
  let code = readBelow(bits, waysToChoose(chosen, count));
  let left = chosen;
  let marked = 0;
  for (let place = count - 1; place >= 0 && left > 0; place -= 1) {
    const without = waysToChoose(left, place);
    if (code < without) continue;
    code -= without;
    marked |= 1 << place;
    left -= 1;
  }
  return marked;
}

/** The number of ways to choose some of so many. */
function waysToChoose(chosen: number, count: number): number {
  let ways = 1;
  for (let step = 1; step <= chosen; step += 1) ways = (ways * (count - step + 1)) / step;
  return ways;
}

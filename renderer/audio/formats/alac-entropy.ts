import type { BitReader } from './bit-reader.ts';

/** How the running mean of the residuals chooses the length of codes; from the file's header. */
export interface Rice {
  readonly initialMean: number;
  /** How fast the mean follows, in 512ths. */
  readonly pace: number;
  /** The longest suffix of a code. */
  readonly mostBits: number;
}

/** So many ones in front of a code say that the value follows as it is. */
const escapePrefix = 9;
const meanShift = 9;

/**
 * Reads residuals in ALAC's adaptive Golomb code: a run of zeros is one code where all is quiet.
 * @param valueBits of a value that follows as it is
 * @see https://github.com/macosforge/alac/blob/master/ALACMagicCookieDescription.txt
 */
export function readResiduals(
  bits: BitReader,
  { initialMean, pace, mostBits }: Rice,
  valueBits: number,
  into: Int32Array,
): void {
  let mean = initialMean;
  let afterRun = 0;
  for (let at = 0; at < into.length;) {
    const suffixBits = Math.min(31 - Math.clz32((mean >> meanShift) + 3), mostBits);
    const value = readCode(bits, (1 << suffixBits) - 1, suffixBits, valueBits) + afterRun;
    // The lowest bit is the sign.
    into[at] = (value & 1) === 0 ? value / 2 : -(value + 1) / 2;
    at += 1;
    mean =
      value - afterRun > 0xffff
        ? 0xffff
        : pace * value + mean - Math.floor((pace * mean) / (1 << meanShift));
    afterRun = 0;
    if (mean << 2 >= 1 << meanShift || at >= into.length) continue;
    const runBits = Math.clz32(mean) - 24 + ((mean + 16) >> 6);
    const scale = ((1 << runBits) - 1) & ((1 << mostBits) - 1);
    const run = readCode(bits, scale, runBits, 16);
    into.fill(0, at, at + run);
    at += run;
    // A run of the greatest length may be followed by another zero, any other one not.
    afterRun = run < 0xffff ? 1 : 0;
    mean = 0;
  }
}

/** A prefix of ones and a suffix that is one bit shorter for its two lowest values. */
function readCode(bits: BitReader, scale: number, suffixBits: number, valueBits: number): number {
  const prefix = Math.clz32(~bits.peek(32));
  if (prefix >= escapePrefix) {
    bits.skip(escapePrefix);
    return bits.read(valueBits);
  }
  bits.skip(prefix + 1);
  if (suffixBits === 1) return prefix * scale;
  const suffix = bits.peek(suffixBits);
  bits.skip(suffix < 2 ? suffixBits - 1 : suffixBits);
  return prefix * scale + (suffix < 2 ? 0 : suffix - 1);
}

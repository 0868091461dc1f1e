/** Reads residuals of one frame, each channel with a mean of its own. */
export interface ApeEntropy {
  readonly readResidual: (mean: ApeMean) => number;
  /** More was read than there is: what came last is not to be trusted. */
  readonly isOverrun: () => boolean;
}

/** Sixteen times twice the mean of a channel's residuals, as it was of late. */
export interface ApeMean {
  sum: number;
}

export function startMean(): ApeMean {
  return { sum: 16_384 };
}

/** Of 65536, the likelihood of each quotient; those above share what is left. */
const likelihoods = [
  19_578, 16_582, 12_257, 7906, 4576, 2366, 1170, 536, 261, 119, 65, 31, 19, 10, 6, 3, 3, 2, 1, 1,
  1,
] as const;
/** Where each one's part of the range begins. */
const starts = likelihoods.map((_, index) =>
  likelihoods.slice(0, index).reduce((sum, likelihood) => sum + likelihood, 0),
);
/** From here on the rare ones follow, each as likely as the others. */
const rareStart = 65_493;
/** This quotient says that the true one follows. */
const escape = 63;

/** The range coder keeps its range above. */
const bottom = 2 ** 23;
const top = 2 ** 32;

/**
 * A range coder with fixed likelihoods: each residual is a quotient and a rest, divided by the
 * mean of those before.
 * @param from byte at which the code begins
 */
export function createApeEntropy(bytes: Uint8Array, from: number): ApeEntropy {
  let at = from + 1;
  let buffer = bytes[from] ?? 0;
  let low = buffer >> 1;
  let range = 128;

  function normalise(): void {
    while (range <= bottom) {
      buffer = ((buffer << 8) | (bytes[at] ?? 0)) & 0xffff;
      at += 1;
      low = (low * 256 + ((buffer >> 1) & 0xff)) % top;
      range *= 256;
    }
  }

  /** One of `count` values that are equally likely. */
  function readEqual(count: number): number {
    normalise();
    const share = Math.floor(range / count);
    const value = Math.floor(low / share);
    low -= share * value;
    range = share;
    return value;
  }

  function readQuotient(): number {
    normalise();
    const share = Math.floor(range / 65_536);
    const place = Math.floor(low / share);
    if (place >= rareStart) {
      low -= share * place;
      range = share;
      return place - 65_535 + escape;
    }
    let quotient = 0;
    while ((starts[quotient + 1] ?? rareStart) <= place) quotient += 1;
    low -= share * (starts[quotient] ?? 0);
    range = share * (likelihoods[quotient] ?? 1);
    return quotient;
  }

  /** A rest of more than sixteen bits is said in two parts. */
  function readRest(divisor: number): number {
    if (divisor < 65_536) return readEqual(divisor);
    const lowBits = 16 - Math.clz32(divisor);
    const high = readEqual((divisor >>> lowBits) + 1);
    return high * 2 ** lowBits + readEqual(2 ** lowBits);
  }

  function readResidual(mean: ApeMean): number {
    const divisor = Math.max(1, mean.sum >>> 5);
    const said = readQuotient();
    const quotient = said === escape ? readEqual(65_536) * 65_536 + readEqual(65_536) : said;
    const value = (readRest(divisor) + quotient * divisor) % top;
    mean.sum = (mean.sum + Math.floor((value + 1) / 2) - ((mean.sum + 16) >>> 5)) >>> 0;
    const half = Math.floor(value / 2);
    return value % 2 === 1 ? half + 1 : -half;
  }

  return { readResidual, isOverrun: () => at > bytes.length };
}

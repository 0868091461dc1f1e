/** How one channel's samples are foretold from those before. */
export interface Predictor {
  /** The residuals are themselves foretold, each from the one before, when not 0. */
  readonly mode: number;
  /** The sum is divided by 2 to this power. */
  readonly shift: number;
  /** Weights of the samples before, the last one's first. They adapt. */
  readonly weights: Int16Array;
}

/**
 * Turns residuals into samples, in place.
 * @param bits of a sample: what goes beyond wraps round
 */
export function restoreSamples(
  samples: Int32Array,
  { mode, shift, weights }: Predictor,
  bits: number,
): void {
  const unused = 32 - bits;
  if (mode !== 0) sumUp(samples, samples.length, unused);
  const count = weights.length;
  if (count === 0) return;
  sumUp(samples, Math.min(samples.length, count === 31 ? Infinity : count + 1), unused);
  if (count === 31) return;
  const half = shift === 0 ? 0 : 1 << (shift - 1);
  for (let at = count + 1; at < samples.length; at += 1) {
    const base = samples[at - count - 1] ?? 0;
    let sum = half;
    for (let tap = 0; tap < count; tap += 1) {
      sum += Math.imul(weights[tap] ?? 0, (samples[at - 1 - tap] ?? 0) - base);
    }
    const residual = samples[at] ?? 0;
    samples[at] = ((residual + base + ((sum | 0) >> shift)) << unused) >> unused;
    if (residual !== 0) adapt(samples, at, base, residual, weights, shift);
  }
}

/** Each of the first samples is the one before and a difference. */
function sumUp(samples: Int32Array, until: number, unused: number): void {
  let last = samples[0] ?? 0;
  for (let at = 1; at < until; at += 1) {
    last = ((last + (samples[at] ?? 0)) << unused) >> unused;
    samples[at] = last;
  }
}

/** Moves weights by one towards what would have foretold better, the oldest sample's first. */
function adapt(
  samples: Int32Array,
  at: number,
  base: number,
  residual: number,
  weights: Int16Array,
  shift: number,
): void {
  const direction = Math.sign(residual);
  let rest = Math.abs(residual);
  for (let tap = weights.length - 1; tap >= 0 && rest > 0; tap -= 1) {
    const distance = base - (samples[at - 1 - tap] ?? 0);
    const sign = Math.sign(distance);
    weights[tap] = (weights[tap] ?? 0) - direction * sign;
    // Shifted as the encoder does: for a negative residual what is shifted is negative.
    const size = Math.abs(distance);
    const share = direction > 0 ? size >> shift : -(-size >> shift);
    rest -= (weights.length - tap) * share;
  }
}

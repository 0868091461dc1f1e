/** Foretells one channel by its own past and by the other channel. */
export interface ApePredictor {
  /**
   * The sample of a residual.
   * @param other the other channel's latest sample; null: there is none
   */
  readonly restore: (residual: number, other: number | null) => number;
  /** The latest sample. */
  readonly latest: () => number;
}

export function createApePredictor(): ApePredictor {
  const ownWeights = Int32Array.of(360, 317, -109, 98);
  const otherWeights = new Int32Array(5);
  /** The last value, and differences of those before: the newest first. */
  const own = new Int32Array(ownWeights.length);
  const others = new Int32Array(otherWeights.length);
  let last = 0;
  let sample = 0;
  let lastOther = 0;

  function restore(residual: number, other: number | null): number {
    remember(own, last);
    let sum = weigh(own, ownWeights);
    if (other !== null) {
      remember(others, other - slowed(lastOther));
      lastOther = other;
      sum += weigh(others, otherWeights) >> 1;
    }
    last = (residual + (sum >> 10)) | 0;
    sample = (last + slowed(sample)) | 0;
    const direction = Math.sign(residual);
    learn(ownWeights, own, direction);
    if (other !== null) learn(otherWeights, others, direction);
    return sample;
  }

  return { restore, latest: () => sample };
}

/** 31 parts of 32. */
function slowed(value: number): number {
  return Math.imul(value, 31) >> 5;
}

function remember(past: Int32Array, value: number): void {
  past.copyWithin(2, 1, past.length - 1);
  past[1] = value - (past[0] ?? 0);
  past[0] = value;
}

function weigh(past: Int32Array, weights: Int32Array): number {
  let sum = 0;
  for (let tap = 0; tap < past.length; tap += 1) {
    sum += Math.imul(past[tap] ?? 0, weights[tap] ?? 0);
  }
  return sum | 0;
}

function learn(weights: Int32Array, past: Int32Array, direction: number): void {
  for (let tap = 0; tap < past.length; tap += 1) {
    weights[tap] = (weights[tap] ?? 0) + direction * Math.sign(past[tap] ?? 0);
  }
}

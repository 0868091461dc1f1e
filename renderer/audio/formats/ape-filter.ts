/** Samples kept before what is still needed is moved to the front. */
const stretch = 4096;

/** Adds to each value what those before let expect, in place, and learns by it. */
export type ApeFilter = (values: Int32Array) => void;

/**
 * A long filter whose weights follow the signs of what they missed.
 * @param order how many values before are looked at
 * @param shift of the sum, in bits
 */
export function createApeFilter(order: number, shift: number): ApeFilter {
  const weights = new Int16Array(order);
  /** Values before, limited to sixteen bits, and by how much each moves its weight. */
  const values = new Int16Array(order + stretch);
  const moves = new Int16Array(order + stretch);
  const rounding = 1 << (shift - 1);
  let at = order;
  let mean = 0;

  /** Whole-number arithmetic throughout: these lines are where the time goes. */
  function expected(start: number, direction: number): number {
    let sum = 0;
    for (let tap = 0; tap < order; tap += 1) {
      const weight = weights[tap] ?? 0;
      sum = (sum + Math.imul(weight, values[start + tap] ?? 0)) | 0;
      weights[tap] = (weight + Math.imul(direction, moves[start + tap] ?? 0)) | 0;
    }
    return (sum + rounding) >> shift;
  }

  /** The larger a value is beside the others, the more it moves. */
  function moveOf(value: number): number {
    const size = Math.abs(value);
    const steps = 32 >> (Number(size <= 3 * mean) + Number(size <= Math.trunc((mean * 4) / 3)));
    mean += Math.trunc((size - mean) / 16);
    return Math.sign(value) * steps;
  }

  function halve(place: number): void {
    // Towards lower numbers, where the encoder keeps the sign turned.
    moves[place] = -(-(moves[place] ?? 0) >> 1);
  }

  return (data) => {
    for (let index = 0; index < data.length; index += 1) {
      const input = data[index] ?? 0;
      const value = (input + expected(at - order, Math.sign(input))) | 0;
      data[index] = value;
      values[at] = Math.max(-32_768, Math.min(32_767, value));
      moves[at] = moveOf(value);
      for (const before of [1, 2, 8]) halve(at - before);
      at += 1;
      if (at < values.length) continue;
      values.copyWithin(0, at - order);
      moves.copyWithin(0, at - order);
      at = order;
    }
  };
}

/** One second-order filter: b over a, with a0 = 1. */
interface Stage {
  readonly b0: number;
  readonly b1: number;
  readonly b2: number;
  readonly a1: number;
  readonly a2: number;
}

/** Filters one channel and adds up the energy of what comes out. */
export interface KWeighting {
  /** @returns the sum of the squares of the weighted samples [from, to) */
  readonly energy: (samples: Float32Array, from: number, to: number) => number;
  /** As if nothing had been heard yet. */
  readonly forget: () => void;
}

/**
 * What the ear makes of level, as ITU-R BS.1770-4 has it: a shelf for the head, and a high-pass. The
 * standard gives coefficients at 48 kHz only; these are the analogue filters behind them, brought to
 * any rate by the bilinear transform.
 */
export function createKWeighting(sampleRate: number): KWeighting {
  const shelf = headShelf(sampleRate);
  const pass = highPass(sampleRate);
  const state = new Float64Array(4);

  function energy(samples: Float32Array, from: number, to: number): number {
    // Into variables of this call, several times as fast as those of an outer function.
    const { b0, b1, b2, a1, a2 } = shelf;
    const { a1: passA1, a2: passA2 } = pass;
    let [s1 = 0, s2 = 0, p1 = 0, p2 = 0] = state;
    let sum = 0;
    for (let frame = from; frame < to; frame += 1) {
      const input = samples[frame] ?? 0;
      const shelved = b0 * input + s1;
      s1 = b1 * input - a1 * shelved + s2;
      s2 = b2 * input - a2 * shelved;
      const weighted = shelved + p1;
      p1 = p2 - 2 * shelved - passA1 * weighted;
      p2 = shelved - passA2 * weighted;
      sum += weighted * weighted;
    }
    state.set([s1, s2, p1, p2]);
    return sum;
  }

  return { energy, forget: () => state.fill(0) };
}

/** Exported for the check against the standard's own numbers. */
export function headShelf(sampleRate: number): Stage {
  const corner = Math.tan((Math.PI * 1681.974450955533) / sampleRate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const middle = high ** 0.4996667741545416;
  const a0 = 1 + corner / q + corner ** 2;
  return {
    b0: (high + (middle * corner) / q + corner ** 2) / a0,
    b1: (2 * (corner ** 2 - high)) / a0,
    b2: (high - (middle * corner) / q + corner ** 2) / a0,
    a1: (2 * (corner ** 2 - 1)) / a0,
    a2: (1 - corner / q + corner ** 2) / a0,
  };
}

/** Its zeros are 1, −2, 1 at every rate: the standard leaves its gain as it is. */
export function highPass(sampleRate: number): Stage {
  const corner = Math.tan((Math.PI * 38.13547087602444) / sampleRate);
  const q = 0.5003270373238773;
  const a0 = 1 + corner / q + corner ** 2;
  return {
    b0: 1,
    b1: -2,
    b2: 1,
    a1: (2 * (corner ** 2 - 1)) / a0,
    a2: (1 - corner / q + corner ** 2) / a0,
  };
}

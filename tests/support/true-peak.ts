import { weightsBetween } from '../../renderer/audio/between-samples.ts';

/** By eight places per sample and long filters, far finer than the limiter itself looks. */
export function truePeak(samples: Float32Array): number {
  const reach = 32;
  let peak = samples.reduce((highest, sample) => Math.max(highest, Math.abs(sample)), 0);
  for (let place = 1; place < 8; place += 1) {
    const weights = weightsBetween(place / 8, reach);
    for (let start = 0; start + 2 * reach <= samples.length; start += 1) {
      let level = 0;
      for (let tap = 0; tap < 2 * reach; tap += 1) {
        level += (weights[tap] ?? 0) * (samples[start + tap] ?? 0);
      }
      peak = Math.max(peak, Math.abs(level));
    }
  }
  return peak;
}

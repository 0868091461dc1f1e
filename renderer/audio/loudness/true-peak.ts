import { weightsBetween } from '../between-samples.ts';

/** The highest level between and on the samples of all channels, as a converter would make it. */
export interface TruePeakMeter {
  /** One array per channel, −1 … 1. */
  readonly push: (planes: readonly Float32Array[]) => void;
  /** 1 is full scale. The last samples of a file, up to `reach`, count as if silence followed. */
  readonly peak: () => number;
}

/** Input frames on each side of a place between two of them. */
const reach = 8;
/** So many frames are passed over at once where they are too quiet to hold a new peak. */
const stretchFrames = 32;

/**
 * By oversampling, as annex 2 of ITU-R BS.1770-4 describes it: four times, and less at rates that
 * are high already.
 * @param sampleRate in hertz
 */
export function createTruePeakMeter(sampleRate: number, channels: number): TruePeakMeter {
  const factor = sampleRate < 96_000 ? 4 : sampleRate < 192_000 ? 2 : 1;
  const phases = Array.from({ length: factor - 1 }, (_, index) =>
    weightsBetween((index + 1) / factor, reach),
  );
  /** No place between samples is higher than this many times the highest sample around it. */
  const mostGain = Math.max(1, ...phases.map(sumOfSizes));
  /** What the next samples are joined to: the last 2 × reach of each channel. */
  const tails = Array.from({ length: channels }, () => new Float32Array(2 * reach));
  let highest = 0;

  function push(planes: readonly Float32Array[]): void {
    for (let channel = 0; channel < channels; channel += 1) {
      const plane = planes[channel];
      const tail = tails[channel];
      if (plane === undefined || tail === undefined) continue;
      const samples = new Float32Array(tail.length + plane.length);
      samples.set(tail);
      samples.set(plane, tail.length);
      measure(samples);
      tails[channel] = samples.slice(samples.length - tail.length);
    }
  }

  /** All places that have `reach` frames on both sides. */
  function measure(samples: Float32Array): void {
    const end = samples.length - 2 * reach;
    for (let from = 0; from < end; from += stretchFrames) {
      const to = Math.min(end, from + stretchFrames);
      const loudest = highestOf(samples, from, to + 2 * reach);
      if (loudest > highest) highest = loudest;
      if (loudest * mostGain <= highest) continue;
      for (const weights of phases) measureBetween(samples, weights, from, to);
    }
  }

  function measureBetween(
    samples: Float32Array,
    weights: Float32Array,
    from: number,
    to: number,
  ): void {
    for (let start = from; start < to; start += 1) {
      let sum = 0;
      for (let tap = 0; tap < weights.length; tap += 1) {
        sum += (weights[tap] ?? 0) * (samples[start + tap] ?? 0);
      }
      const level = Math.abs(sum);
      if (level > highest && level < Infinity) highest = level;
    }
  }

  function peak(): number {
    push(tails.map(() => new Float32Array(2 * reach)));
    return highest;
  }

  return { push, peak };
}

/** Of finite samples. */
function highestOf(samples: Float32Array, from: number, to: number): number {
  let highest = 0;
  for (let frame = from; frame < to; frame += 1) {
    const level = Math.abs(samples[frame] ?? 0);
    if (level > highest && level < Infinity) highest = level;
  }
  return highest;
}

function sumOfSizes(weights: Float32Array): number {
  return weights.reduce((total, weight) => total + Math.abs(weight), 0);
}

import { weightsBetween } from '../between-samples.ts';

/** Holds peaks below the ceiling, those between samples too. All channels are turned down alike. */
export interface Limiter {
  /** So many frames later does a frame come out. */
  readonly latencyFrames: number;
  /** @param inputs one array per channel; outputs have the same shape */
  readonly process: (inputs: readonly Float32Array[], outputs: readonly Float32Array[]) => void;
}

/** −1 dBTP, and half a decibel for what four places per sample don't show of the highest tones. */
const ceiling = 10 ** (-1.5 / 20);

/** Input frames on each side of a place between two of them. */
const reach = 16;
const between = [1, 2, 3].map((place) => weightsBetween(place / 4, reach));
/** No place between samples is higher than this many times the highest sample around it. */
const mostRise = Math.max(
  ...between.map((weights) => weights.reduce((sum, weight) => sum + Math.abs(weight), 0)),
);

/** Time to turn down in: shorter is heard as distortion of low tones. */
const lookAheadSeconds = 0.0025;
const releaseSeconds = 0.08;
/** Nearer to 1 than any ear and any converter tells. */
const nearlyOne = 0.99999;

/**
 * The gain that each frame needs is held for the look-ahead, so that all of its mean is low enough
 * when the delayed frame comes: the mean makes of each step a ramp. Frames that need none pass as
 * they are, to the bit.
 */
export function createLimiter(sampleRate: number, channels: number): Limiter {
  const lookAhead = Math.max(8, Math.round(lookAheadSeconds * sampleRate));
  const latencyFrames = lookAhead + reach;
  const release = 1 - Math.exp(-1 / (releaseSeconds * sampleRate));
  // A peak between two frames concerns both: the window is one longer than the mean needs.
  const lowest = createSlidingLowest(lookAhead + 2);
  const mean = createSlidingMean(lookAhead);
  /** What has come and not gone yet, per channel; the frames of a call are put behind it. */
  const keptFrames = latencyFrames + reach;
  let lines = Array.from({ length: channels }, () => new Float32Array(keptFrames));
  let peaks = new Float32Array(0);
  let held = 1;

  function process(inputs: readonly Float32Array[], outputs: readonly Float32Array[]): void {
    const frames = outputs[0]?.length ?? 0;
    const room = keptFrames + frames;
    if (lines[0]?.length !== room) lines = lines.map((line) => resized(line, room, keptFrames));
    if (peaks.length !== frames) peaks = new Float32Array(frames);
    peaks.fill(0);
    lines.forEach((line, channel) => {
      const input = inputs[channel];
      if (input === undefined) line.fill(0, keptFrames);
      else line.set(input, keptFrames);
      findPeaks(line);
    });
    for (let frame = 0; frame < frames; frame += 1) {
      const peak = peaks[frame] ?? 0;
      const needed = lowest(peak > ceiling ? ceiling / peak : 1);
      const released = held + (1 - held) * release;
      held = Math.min(needed, released > nearlyOne ? 1 : released);
      const gain = mean(held);
      for (let channel = 0; channel < channels; channel += 1) {
        const output = outputs[channel];
        const sample = lines[channel]?.[reach + frame] ?? 0;
        if (output !== undefined) output[frame] = sample * gain;
      }
    }
    for (const line of lines) line.copyWithin(0, frames);
  }

  /** Of the frames that have `reach` more behind them now, and of the way to the next. */
  function findPeaks(line: Float32Array): void {
    const first = keptFrames - reach;
    let loudest = 0;
    for (let at = first - reach; at < line.length; at += 1) {
      loudest = Math.max(loudest, Math.abs(line[at] ?? 0));
    }
    if (loudest * mostRise <= ceiling) return;
    for (let frame = 0; frame < peaks.length; frame += 1) {
      let peak = Math.max(peaks[frame] ?? 0, Math.abs(line[first + frame] ?? 0));
      for (const weights of between) {
        let level = 0;
        for (let tap = 0; tap < weights.length; tap += 1) {
          level += (weights[tap] ?? 0) * (line[first + frame - reach + 1 + tap] ?? 0);
        }
        peak = Math.max(peak, Math.abs(level));
      }
      peaks[frame] = peak;
    }
  }

  return { latencyFrames, process };
}

function resized(
  line: Float32Array,
  length: number,
  keptFrames: number,
): Float32Array<ArrayBuffer> {
  const other = new Float32Array(length);
  other.set(line.subarray(0, keptFrames));
  return other;
}

/** Gives the lowest of the last values, each in constant time: those that can't be it are dropped. */
function createSlidingLowest(length: number): (value: number) => number {
  const values = new Float64Array(length).fill(1);
  const places = new Float64Array(length);
  let first = 0;
  let count = 0;
  let place = 0;
  return (value) => {
    if (count > 0 && (places[first] ?? 0) <= place - length) {
      first = (first + 1) % length;
      count -= 1;
    }
    while (count > 0 && (values[(first + count - 1) % length] ?? 0) >= value) count -= 1;
    const at = (first + count) % length;
    values[at] = value;
    places[at] = place;
    count += 1;
    place += 1;
    return values[first] ?? 1;
  };
}

/** Of the last values, all 1 before the first. Exactly 1 while all are. */
function createSlidingMean(length: number): (value: number) => number {
  const values = new Float64Array(length).fill(1);
  let at = 0;
  let sum = length;
  let lower = 0;
  return (value) => {
    const oldest = values[at] ?? 1;
    values[at] = value;
    at = (at + 1) % length;
    lower += Number(value < 1) - Number(oldest < 1);
    sum = lower === 0 ? length : sum + value - oldest;
    return sum / length;
  };
}

import { createKWeighting } from './k-weighting.ts';

/** Integrated loudness by EBU R128 and ITU-R BS.1770-4, in one pass and in little memory. */
export interface LoudnessMeter {
  /** One array per channel, −1 … 1. */
  readonly push: (planes: readonly Float32Array[]) => void;
  /** LUFS of all that was pushed; null: nothing was as loud as the gate asks, or it was too short. */
  readonly integrated: () => number | null;
}

/** A block lasts 400 ms and overlaps the one before by three quarters: it is four of these. */
const stepSeconds = 0.1;
const stepsPerBlock = 4;

const absoluteGateLufs = -70;
const relativeGateLu = -10;

/** Blocks are counted by loudness in classes this narrow, so that hours need no more memory. */
const classLu = 0.01;
const highestLufs = 40;
const classes = Math.round((highestLufs - absoluteGateLufs) / classLu);

/** @param sampleRate in hertz; any */
export function createLoudnessMeter(sampleRate: number, channels: number): LoudnessMeter {
  const filters = Array.from({ length: channels }, () => createKWeighting(sampleRate));
  const weights = channelWeights(channels);
  const stepFrames = Math.max(1, Math.round(stepSeconds * sampleRate));
  /** Of the last steps, weighted and summed over the channels; the oldest first. */
  const steps: number[] = [];
  const counts = new Uint32Array(classes);
  const energies = new Float64Array(classes);
  let stepEnergy = 0;
  let stepFilled = 0;

  function push(planes: readonly Float32Array[]): void {
    const frames = planes[0]?.length ?? 0;
    for (let from = 0; from < frames;) {
      const to = Math.min(frames, from + stepFrames - stepFilled);
      for (const [channel, filter] of filters.entries()) {
        const plane = planes[channel];
        const weight = weights[channel] ?? 0;
        if (plane !== undefined && weight > 0)
          stepEnergy += weight * filter.energy(plane, from, to);
      }
      stepFilled += to - from;
      from = to;
      if (stepFilled === stepFrames) endStep();
    }
  }

  function endStep(): void {
    // Damaged floats: what is no number would stay in the filters for ever.
    if (!Number.isFinite(stepEnergy)) {
      stepEnergy = 0;
      for (const filter of filters) filter.forget();
    }
    steps.push(stepEnergy);
    stepEnergy = 0;
    stepFilled = 0;
    if (steps.length > stepsPerBlock) steps.shift();
    if (steps.length < stepsPerBlock) return;
    const energy = steps.reduce((sum, step) => sum + step) / (stepsPerBlock * stepFrames);
    const place = Math.floor((loudnessOf(energy) - absoluteGateLufs) / classLu);
    if (place < 0) return;
    const index = Math.min(place, classes - 1);
    counts[index] = (counts[index] ?? 0) + 1;
    energies[index] = (energies[index] ?? 0) + energy;
  }

  function integrated(): number | null {
    const above = meanFrom(0);
    if (above === null) return null;
    const gate = loudnessOf(above) + relativeGateLu;
    const mean = meanFrom(Math.max(0, Math.floor((gate - absoluteGateLufs) / classLu)));
    return mean === null ? null : loudnessOf(mean);
  }

  /** Mean energy of the blocks in this class and louder ones. */
  function meanFrom(first: number): number | null {
    let count = 0;
    let energy = 0;
    for (let index = first; index < classes; index += 1) {
      count += counts[index] ?? 0;
      energy += energies[index] ?? 0;
    }
    return count === 0 ? null : energy / count;
  }

  return { push, integrated };
}

function loudnessOf(energy: number): number {
  return -0.691 + 10 * Math.log10(energy);
}

/** BS.1770-4 counts what comes from the sides more, and low-frequency effects not at all. */
const side = 1.41;

/**
 * By the order in which decoders give channels: left, right, centre, low frequencies, the rear, the
 * sides. A single channel sounds from both loudspeakers and counts as the two that it becomes.
 */
function channelWeights(channels: number): readonly number[] {
  switch (channels) {
    case 1:
      return [2];
    case 4:
      return [1, 1, side, side];
    case 5:
      return [1, 1, 1, side, side];
    case 6:
      return [1, 1, 1, 0, side, side];
    case 7:
      return [1, 1, 1, 0, 1, side, side];
    case 8:
      return [1, 1, 1, 0, 1, 1, side, side];
    default:
      return Array.from({ length: channels }, () => 1);
  }
}

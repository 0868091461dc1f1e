/** Draws the outline of a track while it goes by, however long it will be. */
export interface WaveformMaker {
  /** One array per channel, −1 … 1. */
  readonly push: (planes: readonly Float32Array[]) => void;
  /** A byte for each of `waveformLength` equally long stretches; empty where there was no sound. */
  readonly finish: () => Uint8Array<ArrayBuffer>;
}

/** As many as a seek bar has room for; a library of 100,000 tracks keeps 50 MB of them. */
export const waveformLength = 500;

/** Stretches while collecting: whenever they are full, neighbours are joined to half as many. */
const mostStretches = 8 * waveformLength;
/** Short enough for `waveformLength` of them to be part of a second. */
const firstStretchFrames = 32;

/**
 * By the mean energy: the peaks of most of today's music draw a solid bar. A byte is the square root
 * of the level, 255 full scale, so that quiet music keeps its shape.
 */
export function createWaveformMaker(): WaveformMaker {
  let sums = new Float64Array(mostStretches);
  let stretches = 0;
  let stretchFrames = firstStretchFrames;
  let sum = 0;
  let filled = 0;
  let channels = 1;

  function push(planes: readonly Float32Array[]): void {
    const frames = planes[0]?.length ?? 0;
    channels = Math.max(1, planes.length);
    for (let from = 0; from < frames;) {
      const to = Math.min(frames, from + stretchFrames - filled);
      for (const plane of planes) sum += energyOf(plane, from, to);
      filled += to - from;
      from = to;
      if (filled === stretchFrames) endStretch();
    }
  }

  function endStretch(): void {
    sums[stretches] = Number.isFinite(sum) ? sum : 0;
    stretches += 1;
    sum = 0;
    filled = 0;
    if (stretches < mostStretches) return;
    const joined = new Float64Array(mostStretches);
    for (let index = 0; index < stretches; index += 2) {
      joined[index / 2] = (sums[index] ?? 0) + (sums[index + 1] ?? 0);
    }
    sums = joined;
    stretches /= 2;
    stretchFrames *= 2;
  }

  function finish(): Uint8Array<ArrayBuffer> {
    if (stretches === 0) return new Uint8Array();
    return Uint8Array.from({ length: waveformLength }, (_, index) => {
      const from = Math.floor((index * stretches) / waveformLength);
      const to = Math.max(from + 1, Math.floor(((index + 1) * stretches) / waveformLength));
      let energy = 0;
      for (let stretch = from; stretch < to; stretch += 1) energy += sums[stretch] ?? 0;
      const level = Math.sqrt(energy / ((to - from) * stretchFrames * channels));
      return Math.min(255, Math.round(255 * Math.sqrt(level)));
    });
  }

  return { push, finish };
}

function energyOf(samples: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let frame = from; frame < to; frame += 1) {
    const sample = samples[frame] ?? 0;
    sum += sample * sample;
  }
  return sum;
}

import type { Planes } from '../decode/decode-messages.ts';
import type { Bands } from './musepack-bands.ts';
import { bandCount, bandSamples, createBands, scaleBands } from './musepack-bands.ts';
import { createSynthesis, synthesisDelay } from './musepack-synthesis.ts';
import type { PcmTrack, Run } from './pcm-track.ts';

/** Samples in a frame, of each channel. */
export const frameSamples = bandCount * bandSamples;

/** What both versions of the stream have in common. */
export interface MusepackStream {
  readonly sampleRate: number;
  readonly channels: number;
  /** What the decoder makes, without its delay; the music is the last of them. */
  readonly totalSamples: number;
  /** So many at the beginning are no music. */
  readonly silentSamples: number;
  /**
   * Reads frame after frame into the bands from one at or in front of the given one, and says
   * which: `null` when a frame was damaged.
   */
  readonly frames: (bands: Bands, fromFrame: number) => AsyncGenerator<number | null, void, void>;
}

/** Indices of sampling rates in headers of both versions. */
export const sampleRates = [44_100, 48_000, 37_800, 32_000] as const;

/** The filter bank needs a frame before, or what it gives is not yet right. */
const runUpFrames = 1;

export function openMusepack(stream: MusepackStream): PcmTrack {
  const { sampleRate, channels, totalSamples, silentSamples, frames } = stream;

  async function* decodeFrom(sample: number): AsyncGenerator<Run, void, void> {
    const bands = createBands();
    const levels = bands.channels.map(() => new Float32Array(frameSamples));
    const syntheses = levels.map(createSynthesis);
    const wanted = Math.floor((sample + silentSamples) / frameSamples);

    function synthesise(): Planes {
      return syntheses.slice(0, channels).map((synthesis, channel) => {
        return synthesis(levels[channel] ?? new Float32Array(frameSamples));
      });
    }

    /** Where in the music the samples of a frame belong. */
    function runOf(frame: number, planes: Planes): Run {
      const firstFrame = frame * frameSamples - synthesisDelay - silentSamples;
      const early = Math.min(frameSamples, Math.max(0, -firstFrame));
      return {
        firstFrame: firstFrame + early,
        planes: planes.map((plane) => plane.slice(early)),
      };
    }

    let reached = -1;
    for await (const frame of frames(bands, Math.max(0, wanted - runUpFrames))) {
      if (frame === null) continue;
      reached = frame;
      scaleBands(bands, levels);
      yield runOf(frame, synthesise());
    }
    // What the filter bank still holds.
    for (const level of levels) level.fill(0);
    if (reached !== -1) yield runOf(reached + 1, synthesise());
  }

  return { sampleRate, totalFrames: Math.max(0, totalSamples - silentSamples), decodeFrom };
}

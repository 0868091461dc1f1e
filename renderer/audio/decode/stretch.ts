import type { Planes } from './decode-messages.ts';
import { createStretchModule } from './stretch-module.ts';

export interface Stretcher {
  /** What these frames, after all before them, complete at the other speed. */
  readonly push: (planes: Planes) => Planes;
  /** The rest. Over a whole track `round(frames ÷ speed)` come out. */
  readonly finish: () => Planes;
}

/** Taken in at once. */
const chunkFrames = 2048;

/**
 * Makes music faster or slower at the pitch it has. One stretcher serves one track from one place
 * on; its first and last frames are the track's own, without silence around them.
 */
export async function createStretcher(
  channels: number,
  sampleRate: number,
  speed: number,
): Promise<Stretcher> {
  const stretch = await createStretchModule();
  stretch._presetDefault(channels, sampleRate);
  const bufferFrames = Math.ceil(chunkFrames / speed) + chunkFrames;
  const bufferBytes = bufferFrames * Float32Array.BYTES_PER_ELEMENT;
  const memoryStart = stretch._setBuffers(channels, bufferFrames);
  const outputLatency = stretch._outputLatency();
  const latencyFrames = Math.round(stretch._inputLatency() / speed) + outputLatency;

  let inputFrames = 0;
  /** All that came out, the latency's frames included. */
  let outputFrames = 0;

  function push(planes: Planes): Planes {
    const pieces: Planes[] = [];
    const total = planes[0]?.length ?? 0;
    for (let used = 0; used < total; used += chunkFrames) {
      pieces.push(stretchChunk(planes.map((plane) => plane.subarray(used, used + chunkFrames))));
    }
    return joined(pieces, channels);
  }

  function stretchChunk(chunk: Planes): Planes {
    const frames = chunk[0]?.length ?? 0;
    const until = Math.round((inputFrames + frames) / speed);
    const wanted = until - outputFrames;
    chunk.forEach((plane, channel) => buffer(channel).set(plane));
    stretch._process(frames, wanted);
    const skipped = Math.min(wanted, Math.max(0, latencyFrames - outputFrames));
    inputFrames += frames;
    outputFrames = until;
    return chunk.map((_, channel) => buffer(channels + channel).slice(skipped, wanted));
  }

  /** Asked for anew each time: the memory may have moved. */
  function buffer(index: number): Float32Array<ArrayBuffer> {
    return new Float32Array(stretch.HEAP8.buffer, memoryStart + index * bufferBytes, bufferFrames);
  }

  function finish(): Planes {
    const given = Math.max(0, outputFrames - latencyFrames);
    const missing = Math.max(0, Math.round(inputFrames / speed) - given);
    const silentFrames = Math.ceil((missing + Math.max(0, latencyFrames - outputFrames)) * speed);
    const silence = Array.from({ length: channels }, () => new Float32Array(silentFrames + 1));
    return push(silence).map((plane) => plane.subarray(0, missing));
  }

  return { push, finish };
}

function joined(pieces: readonly Planes[], channels: number): Planes {
  const frames = pieces.reduce((sum, [plane]) => sum + (plane?.length ?? 0), 0);
  return Array.from({ length: channels }, (_, channel) => {
    const whole = new Float32Array(frames);
    let at = 0;
    for (const piece of pieces) {
      const plane = piece[channel] ?? new Float32Array();
      whole.set(plane, at);
      at += plane.length;
    }
    return whole;
  });
}

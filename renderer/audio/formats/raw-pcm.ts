import type { Planes } from '../decode/decode-messages.ts';
import { viewOf } from './data-view.ts';
import type { PcmTrack } from './pcm-track.ts';
import type { Bytes } from './read-ahead.ts';

/** One sample at a byte, −1 … 1. */
export type ReadSample = (view: DataView, at: number) => number;

/** Samples that lie in a file as they are, channel by channel in every frame. */
export interface RawPcm {
  readonly sampleRate: number;
  readonly channels: number;
  readonly totalFrames: number;
  readonly startByte: number;
  readonly sampleBytes: number;
  readonly read: ReadSample;
}

const runFrames = 8192;

export function openRawPcm(file: Bytes, layout: RawPcm): PcmTrack {
  const { sampleRate, channels, totalFrames, startByte, sampleBytes, read } = layout;
  const frameBytes = channels * sampleBytes;

  async function* decodeFrom(from: number) {
    for (let firstFrame = from; firstFrame < totalFrames;) {
      const wanted = Math.min(runFrames, totalFrames - firstFrame);
      const at = startByte + firstFrame * frameBytes;
      const bytes = await file.bytesAt(at, wanted * frameBytes);
      const frames = Math.floor(bytes.length / frameBytes);
      if (frames === 0) return;
      yield { firstFrame, planes: takeApart(bytes, frames) };
      firstFrame += frames;
    }
  }

  function takeApart(bytes: Uint8Array, frames: number): Planes {
    const view = viewOf(bytes);
    return Array.from({ length: channels }, (_, channel) => {
      const plane = new Float32Array(frames);
      for (let frame = 0; frame < frames; frame += 1) {
        plane[frame] = read(view, frame * frameBytes + channel * sampleBytes);
      }
      return plane;
    });
  }

  return { sampleRate, totalFrames, decodeFrom };
}

/** Whole numbers of 1 to 4 bytes with a sign. */
export function signedSamples(sampleBytes: number, littleEndian: boolean): ReadSample {
  switch (sampleBytes) {
    case 1:
      return (view, at) => view.getInt8(at) / 2 ** 7;
    case 2:
      return (view, at) => view.getInt16(at, littleEndian) / 2 ** 15;
    case 3:
      return littleEndian
        ? (view, at) => (view.getInt8(at + 2) * 2 ** 16 + view.getUint16(at, true)) / 2 ** 23
        : (view, at) => (view.getInt8(at) * 2 ** 16 + view.getUint16(at + 1)) / 2 ** 23;
    default:
      return (view, at) => view.getInt32(at, littleEndian) / 2 ** 31;
  }
}

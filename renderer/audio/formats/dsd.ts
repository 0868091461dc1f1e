import { concatenate, playedBackwards } from './dsd-bits.ts';
import { createDsdFilter, leadBytes } from './dsd-filter.ts';
import type { PcmTrack, Run } from './pcm-track.ts';

/** One-bit sound in a file. */
export interface DsdSource {
  /** Bits per second and channel. */
  readonly bitRate: number;
  /** Of each channel. */
  readonly totalBytes: number;
  /**
   * The bytes [from, until) of each channel, fewer where the file ends, the first bit in time
   * highest.
   */
  readonly channelBytes: (from: number, until: number) => Promise<readonly Uint8Array[]>;
}

/** Samples come out at this rate or, of recordings at multiples of 48 kHz, a little above it. */
const goalRate = 88_200;
const runFrames = 4096;

/** @throws when the rate is none that exists */
export function openDsd({ bitRate, totalBytes, channelBytes }: DsdSource): PcmTrack {
  const stepBytes = 2 ** Math.round(Math.log2(bitRate / goalRate)) / 8;
  if (!(stepBytes >= 1 && stepBytes <= 128))
    throw new Error('The rate of the bits makes no sense.');
  const totalFrames = Math.floor(totalBytes / stepBytes);
  const lead = leadBytes(stepBytes);
  const filter = createDsdFilter(stepBytes);

  async function* decodeFrom(frame: number): AsyncGenerator<Run, void, void> {
    for (let firstFrame = frame; firstFrame < totalFrames; firstFrame += runFrames) {
      const frames = Math.min(runFrames, totalFrames - firstFrame);
      const from = firstFrame * stepBytes - lead;
      const planes = filter(await beyondEnds(from, from + (frames - 1) * stepBytes + 2 * lead));
      if ((planes[0]?.length ?? 0) === 0) return;
      yield { firstFrame, planes };
    }
  }

  /** In front of the beginning and behind the end it goes on as in a mirror, without a jump. */
  async function beyondEnds(from: number, until: number): Promise<readonly Uint8Array[]> {
    const inside = await channelBytes(Math.max(0, from), Math.min(until, totalBytes));
    return inside.map((bytes) => {
      const before = Math.max(0, -from);
      const after = Math.max(0, until - totalBytes);
      return concatenate([
        playedBackwards(bytes.subarray(0, before)),
        bytes,
        playedBackwards(bytes.subarray(Math.max(0, bytes.length - after))),
      ]);
    });
  }

  return { sampleRate: bitRate / stepBytes / 8, totalFrames, decodeFrom };
}

import type { Planes } from '../decode/decode-messages.ts';
import { windowedSinc } from '../decode/windowed-sinc.ts';

/** Samples on whose bits each sample depends: the filter's length, in steps. */
const filterSteps = 24;

/**
 * Half of it lies in front of the place of a sample, so much of a channel has to be there in
 * front of the first one, and behind the last.
 */
export function leadBytes(stepBytes: number): number {
  return (filterSteps * stepBytes) / 2;
}

/**
 * Where the slope is centred, in parts of half the samples' rate: at 88.2 kHz all up to 22 kHz
 * passes, and from 46 kHz on nothing does.
 */
const cutoff = 0.77;

/**
 * Makes samples out of one-bit sound, of which the noise lies above what is heard: a low-pass
 * takes it away, and only one of its outputs in every step is made. A sample that the recording
 * calls 0 dB comes out at −6 dB, as everywhere: music may go above it, up to full scale.
 * @returns of channels whose first bit in time is their bytes' highest, as many samples as have
 * all of their bits; the first one's place is `leadBytes` behind the beginning
 */
export function createDsdFilter(stepBytes: number): (channels: readonly Uint8Array[]) => Planes {
  const sums = sumsOfBytes(8 * stepBytes);
  const filterBytes = filterSteps * stepBytes;
  return (channels) =>
    channels.map((bytes) => {
      const frames = Math.max(0, Math.floor((bytes.length - filterBytes) / stepBytes) + 1);
      const plane = new Float32Array(frames);
      for (let frame = 0; frame < frames; frame += 1) {
        const start = frame * stepBytes;
        let sum = 0;
        for (let index = 0; index < filterBytes; index += 1) {
          sum += sums[(index << 8) | (bytes[start + index] ?? 0)] ?? 0;
        }
        plane[frame] = sum;
      }
      return plane;
    });
}

/** What each value of each byte under the filter adds: 256 values for the first byte, and so on. */
function sumsOfBytes(stepBits: number): Float32Array {
  const length = filterSteps * stepBits;
  const taps = Float64Array.from({ length }, (_, tap) =>
    windowedSinc(tap - (length - 1) / 2, length / 2, cutoff / stepBits),
  );
  const steady = taps.reduce((sum, tap) => sum + tap, 0);
  return Float32Array.from({ length: (length / 8) * 256 }, (_, place) => {
    const firstTap = 8 * (place >> 8);
    let sum = 0;
    for (let bit = 0; bit < 8; bit += 1) {
      const weight = (taps[firstTap + bit] ?? 0) / steady;
      sum += (place & (0x80 >> bit)) === 0 ? -weight : weight;
    }
    return sum;
  });
}

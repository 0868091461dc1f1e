import type { BitReader } from './bit-reader.ts';

export const bandCount = 32;
/** Samples of a band in a frame. */
export const bandSamples = 36;
/** Samples of a band that share a scale. */
const scaledSamples = 12;

/** What a frame says of one channel; some of it is the basis of the next frame. */
export interface ChannelBands {
  /** How fine each band's samples are: 0 none, −1 noise, else 1 to 17. */
  readonly resolutions: Int8Array;
  /** Three of each band, as powers. */
  readonly scales: Int32Array;
  /** Which of a band's three scales are said anew. */
  readonly scaleOrders: Uint8Array;
  /** All of a band, one band after the other, in whole numbers. */
  readonly samples: Int16Array;
}

/** A frame of two channels, as it stands in the stream. */
export interface Bands {
  readonly channels: readonly [ChannelBands, ChannelBands];
  /** Bands in which the channels are the sum and the difference: 1. */
  readonly areMidSide: Uint8Array;
}

export function createBands(): Bands {
  function channel(): ChannelBands {
    return {
      resolutions: new Int8Array(bandCount),
      scales: new Int32Array(3 * bandCount),
      scaleOrders: new Uint8Array(bandCount),
      samples: new Int16Array(bandCount * bandSamples),
    };
  }
  return { channels: [channel(), channel()], areMidSide: new Uint8Array(bandCount) };
}

/** The finest quantiser. */
const mostResolution = 17;

/** @throws where a stream says a resolution that does not exist */
export function checkResolution(resolution: number): number {
  if (resolution >= -1 && resolution <= mostResolution) return resolution;
  throw new Error('A Musepack frame is damaged.');
}

/** Half of the steps of a resolution, which has one more in the middle. */
export function halfSteps(resolution: number): number {
  return resolution <= 4 ? resolution : 2 ** (resolution - 2) - 1;
}

/** Fills a band with what stands for sound that is not worth its bits. */
export function fillWithNoise(samples: Int16Array): void {
  for (let at = 0; at < samples.length; at += 1) {
    // Of four throws the sum lies near its middle, as the encoder reckons.
    const sum = Math.random() + Math.random() + Math.random() + Math.random();
    samples[at] = Math.round(255 * sum) - 510;
  }
}

/** Reads samples of a fixed width. */
export function readPlainSamples(bits: BitReader, samples: Int16Array, resolution: number): void {
  for (let at = 0; at < samples.length; at += 1) {
    samples[at] = bits.read(resolution - 1) - halfSteps(resolution);
  }
}

/** One step of scale, in the sense of louder to quieter. */
const scaleStep = 0.83298066476582673961;
/** Of noise, whose whole numbers spread over more than one step. */
const noiseFactor = 111.285962475327 / 65_536;

/**
 * The level of each band over time, −1 … 1 altogether.
 * @param into 36 × 32 for each channel, all bands of a moment side by side
 */
export function scaleBands({ channels, areMidSide }: Bands, into: readonly Float32Array[]): void {
  for (const [index, channel] of channels.entries()) {
    for (let band = 0; band < bandCount; band += 1) scaleBand(channel, band, into[index]);
  }
  const [first, second] = into;
  if (first === undefined || second === undefined) return;
  for (let band = 0; band < bandCount; band += 1) {
    if (areMidSide[band] !== 1) continue;
    for (let at = band; at < bandCount * bandSamples; at += bandCount) {
      const middle = first[at] ?? 0;
      const side = second[at] ?? 0;
      first[at] = middle + side;
      second[at] = middle - side;
    }
  }
}

function scaleBand(
  { resolutions, scales, samples }: ChannelBands,
  band: number,
  into: Float32Array | undefined,
): void {
  const resolution = resolutions[band] ?? 0;
  const unit = resolution === -1 ? noiseFactor : 1 / (2 * halfSteps(resolution) + 1);
  for (let part = 0; into !== undefined && part < 3; part += 1) {
    const power = Math.min(Math.max(scales[3 * band + part] ?? 0, -8), 128) - 1;
    const level = resolution === 0 ? 0 : 2 * unit * scaleStep ** power;
    const start = scaledSamples * part;
    for (let at = start; at < start + scaledSamples; at += 1) {
      into[bandCount * at + band] = (samples[bandSamples * band + at] ?? 0) * level;
    }
  }
}

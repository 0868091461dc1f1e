import type { BitReader } from './bit-reader.ts';
import {
  bandCount,
  type Bands,
  bandSamples,
  type ChannelBands,
  checkResolution,
  fillWithNoise,
  halfSteps,
} from './musepack-bands.ts';
import {
  bandCounts,
  countsOf1,
  highBits,
  pairsOf3And4,
  resolutionSteps,
  scaleOrders,
  scaleSteps,
  singlesFrom5To8,
  triplesOf2,
} from './musepack-8-codes.ts';
import {
  createSymbolReader,
  type PrefixCode as Code,
  readBelow,
  readChoice,
  type ReadSymbol,
} from './musepack-codes.ts';

const readBandStep = createSymbolReader(bandCounts);
const [readStepAfterCoarse, readStepAfterFine] = pair(resolutionSteps);
const [readOrderOfOne, readOrderOfBoth] = pair(scaleOrders);
const [readStepWithin, readStepFromLast] = pair(scaleSteps);
const readCountOf1 = createSymbolReader(countsOf1);
const readTriples = pair(triplesOf2);
const readPairs = pair(pairsOf3And4);
const readSingles = singlesFrom5To8.map(pair);
const readHighBits = createSymbolReader(highBits);

/** Above this, the weighted sizes of the samples before choose the second code. */
const thresholds: Readonly<Record<number, number>> = { 2: 3, 5: 1, 6: 3, 7: 4, 8: 8 };

/** Reads the frames of a stream of version 8, of which each packet's first stands alone. */
export interface FrameReader {
  readonly read: (bits: BitReader, isFirstOfPacket: boolean) => void;
}

/** @param bands what is read is written there */
export function createFrameReader(
  bands: Bands,
  { mostBands, mayBeMidSide }: { readonly mostBands: number; readonly mayBeMidSide: boolean },
): FrameReader {
  let usedBands = 0;
  /** Which scales have no forerunner yet. */
  const areFresh = [new Uint8Array(bandCount), new Uint8Array(bandCount)];

  function read(bits: BitReader, isFirstOfPacket: boolean): void {
    if (isFirstOfPacket) {
      usedBands = readBelow(bits, mostBands + 1);
      for (const fresh of areFresh) fresh.fill(1);
    } else {
      usedBands = (usedBands + readBandStep(bits)) % (bandCount + 1);
    }
    if (usedBands > mostBands) throw new Error('A Musepack frame is damaged.');
    readResolutions(bits, bands, usedBands);
    if (mayBeMidSide) readMidSide(bits, bands, usedBands);
    readScaleOrders(bits, bands, usedBands);
    for (let band = 0; band < usedBands; band += 1) {
      bands.channels.forEach((channel, index) => {
        if (channel.resolutions[band] === 0) return;
        readScales(bits, channel, band, areFresh[index]?.[band] === 1);
        areFresh[index]?.fill(0, band, band + 1);
      });
    }
    for (let band = 0; band < usedBands; band += 1) {
      for (const { resolutions, samples } of bands.channels) {
        const own = samples.subarray(bandSamples * band, bandSamples * (band + 1));
        readSamples(bits, own, resolutions[band] ?? 0);
      }
    }
  }

  return { read };
}

function pair(codes: readonly [Code, Code]): readonly [ReadSymbol, ReadSymbol] {
  return [createSymbolReader(codes[0]), createSymbolReader(codes[1])];
}

/** From the highest band down, each as a step from the one above. */
function readResolutions(bits: BitReader, { channels }: Bands, usedBands: number): void {
  for (const { resolutions } of channels) resolutions.fill(0, usedBands);
  for (let band = usedBands - 1; band >= 0; band -= 1) {
    for (const { resolutions } of channels) {
      const above = band === usedBands - 1 ? 0 : (resolutions[band + 1] ?? 0);
      const step = above > 2 ? readStepAfterFine(bits) : readStepAfterCoarse(bits);
      const sum = above + step;
      resolutions[band] = checkResolution(sum > 15 ? sum - 17 : sum);
    }
  }
}

function readMidSide(bits: BitReader, { channels, areMidSide }: Bands, usedBands: number): void {
  const sounding: number[] = [];
  for (let band = usedBands - 1; band >= 0; band -= 1) {
    if (channels.some(({ resolutions }) => resolutions[band] !== 0)) sounding.push(band);
  }
  const total = sounding.length;
  const count = readBelow(bits, total + 1);
  const isPart = count !== 0 && count !== total;
  const chosen = isPart ? readChoice(bits, Math.min(count, total - count), total) : 0;
  const marked = 2 * count > total ? ~chosen : chosen;
  sounding.forEach((band, index) => {
    areMidSide[band] = (marked >>> index) & 1;
  });
}

function readScaleOrders(bits: BitReader, { channels }: Bands, usedBands: number): void {
  for (let band = 0; band < usedBands; band += 1) {
    const sounding = channels.filter(({ resolutions }) => resolutions[band] !== 0);
    const [first, second] = sounding;
    if (first === undefined) continue;
    const symbol = second === undefined ? readOrderOfOne(bits) : readOrderOfBoth(bits);
    first.scaleOrders[band] = second === undefined ? symbol : symbol >> 2;
    if (second !== undefined) second.scaleOrders[band] = symbol & 3;
  }
}

function readScales(
  bits: BitReader,
  { scales, scaleOrders: orders }: ChannelBands,
  band: number,
  isFresh: boolean,
): void {
  const at = 3 * band;
  if (isFresh) {
    scales[at] = bits.read(7) - 6;
  } else {
    const symbol = readStepFromLast(bits);
    const step = symbol === 64 ? 64 + bits.read(6) : symbol;
    scales[at] = stepFrom(scales[at + 2] ?? 0, step);
  }
  for (const next of [1, 2]) {
    const before = scales[at + next - 1] ?? 0;
    const isSame = (((orders[band] ?? 0) << (next - 1)) & 2) !== 0;
    if (isSame) {
      scales[at + next] = before;
      continue;
    }
    const symbol = readStepWithin(bits);
    scales[at + next] = stepFrom(before, symbol === 31 ? 64 + bits.read(6) : symbol);
  }
}

function stepFrom(scale: number, step: number): number {
  return ((scale - 25 + step) & 127) - 6;
}

function readSamples(bits: BitReader, samples: Int16Array, resolution: number): void {
  switch (resolution) {
    case 0:
      return;
    case -1:
      fillWithNoise(samples);
      return;
    case 1:
      readSparse(bits, samples);
      return;
    case 2:
      readTriple(bits, samples);
      return;
    case 3:
    case 4:
      readNibbles(bits, samples, resolution);
      return;
    case 5:
    case 6:
    case 7:
    case 8:
      readSingle(bits, samples, resolution);
      return;
    default:
      for (let at = 0; at < samples.length; at += 1) {
        const low = resolution - 9;
        const high = readHighBits(bits) & 0xff;
        samples[at] = ((high << low) | bits.read(low)) - halfSteps(resolution);
      }
  }
}

/** Twice: which of 18 samples are not 0, and their signs. */
function readSparse(bits: BitReader, samples: Int16Array): void {
  const half = samples.length / 2;
  for (const start of [0, half]) {
    const count = readCountOf1(bits);
    const isPart = count > 0 && count < half;
    const chosen = isPart ? readChoice(bits, Math.min(count, half - count), half) : 0;
    const marked = count > half / 2 ? ~chosen : chosen;
    for (let at = 0; at < half; at += 1) {
      const isMarked = ((marked >>> (half - 1 - at)) & 1) === 1;
      samples[start + at] = isMarked ? 2 * bits.read(1) - 1 : 0;
    }
  }
}

function readTriple(bits: BitReader, samples: Int16Array): void {
  const threshold = thresholds[2] ?? 0;
  let size = 2 * threshold;
  for (let at = 0; at < samples.length; at += 3) {
    const symbol = readTriples[size > threshold ? 1 : 0](bits);
    const triple = [symbol % 5, Math.floor(symbol / 5) % 5, Math.floor(symbol / 25)];
    size >>= 1;
    triple.forEach((digit, index) => {
      samples[at + index] = digit - 2;
      size += Math.abs(digit - 2);
    });
  }
}

function readNibbles(bits: BitReader, samples: Int16Array, resolution: 3 | 4): void {
  const readPair = readPairs[resolution === 3 ? 0 : 1];
  for (let at = 0; at < samples.length; at += 2) {
    const symbol = readPair(bits);
    samples[at] = (symbol << 28) >> 28;
    samples[at + 1] = symbol >> 4;
  }
}

function readSingle(bits: BitReader, samples: Int16Array, resolution: number): void {
  const codes = readSingles[resolution - 5];
  if (codes === undefined) return;
  const threshold = thresholds[resolution] ?? 0;
  let size = 2 * threshold;
  for (let at = 0; at < samples.length; at += 1) {
    const value = codes[size > threshold ? 1 : 0](bits);
    samples[at] = value;
    size = (size >> 1) + Math.abs(value);
  }
}

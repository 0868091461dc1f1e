import type { BitReader } from './bit-reader.ts';
import {
  type Bands,
  bandSamples,
  type ChannelBands,
  checkResolution,
  fillWithNoise,
  readPlainSamples,
} from './musepack-bands.ts';
import { quantized, resolutionSteps, scaleOrders, scaleSteps } from './musepack-7-codes.ts';
import { createSymbolReader, type ReadSymbol } from './musepack-codes.ts';

const readResolutionStep = createSymbolReader(resolutionSteps);
const readScaleOrder = createSymbolReader(scaleOrders);
const readScaleStep = createSymbolReader(scaleSteps);
const readQuantized = quantized.map(([first, second]): readonly [ReadSymbol, ReadSymbol] => [
  createSymbolReader(first),
  createSymbolReader(second),
]);

/** Symbols that say: the value itself follows. */
const resolutionFollows = 4;
const scaleFollows = 8;

/** Scales beyond are such that nobody hears; what is counted from there stays there. */
const quietScale = 1024;
const silentScale = 0x8080;

/**
 * Reads a frame of stream version 7 into the bands, which hold the one before.
 * @throws where it is damaged
 */
export function readFrame(
  bits: BitReader,
  bands: Bands,
  { bandsUsed, mayBeMidSide }: { readonly bandsUsed: number; readonly mayBeMidSide: boolean },
): void {
  const { channels, areMidSide } = bands;
  for (let band = 0; band < bandsUsed; band += 1) {
    for (const { resolutions } of channels) {
      resolutions[band] = checkResolution(readResolution(bits, resolutions, band));
    }
    if (mayBeMidSide && sounding(channels, band).length > 0) areMidSide[band] = bits.read(1);
  }
  for (let band = 0; band < bandsUsed; band += 1) {
    for (const channel of sounding(channels, band)) {
      channel.scaleOrders[band] = readScaleOrder(bits);
    }
  }
  for (let band = 0; band < bandsUsed; band += 1) {
    for (const channel of sounding(channels, band)) readScales(bits, channel, band);
  }
  for (let band = 0; band < bandsUsed; band += 1) {
    for (const { resolutions, samples } of sounding(channels, band)) {
      const own = samples.subarray(bandSamples * band, bandSamples * (band + 1));
      readSamples(bits, own, resolutions[band] ?? 0);
    }
  }
}

/** For the first frame behind a place that was sought: no scale is known. */
export function forgetScales({ channels }: Bands): void {
  for (const { scales } of channels) scales.fill(silentScale);
}

function sounding(channels: readonly ChannelBands[], band: number): readonly ChannelBands[] {
  return channels.filter(({ resolutions }) => resolutions[band] !== 0);
}

function readResolution(bits: BitReader, resolutions: Int8Array, band: number): number {
  if (band === 0) return bits.read(4);
  const step = readResolutionStep(bits);
  return step === resolutionFollows ? bits.read(4) : (resolutions[band - 1] ?? 0) + step;
}

function readScales(bits: BitReader, { scales, scaleOrders: orders }: ChannelBands, band: number) {
  const order = orders[band] ?? 0;
  let scale = scales[3 * band + 2] ?? 0;
  for (let part = 0; part < 3; part += 1) {
    const isSame = part > 0 && ((order << (part - 1)) & 2) !== 0;
    if (!isSame) {
      const step = readScaleStep(bits);
      scale = step === scaleFollows ? bits.read(6) : scale + step;
    }
    if (scale > quietScale) scale = silentScale;
    scales[3 * band + part] = scale;
  }
}

function readSamples(bits: BitReader, samples: Int16Array, resolution: number): void {
  if (resolution === -1) {
    fillWithNoise(samples);
    return;
  }
  const codes = readQuantized[resolution - 1];
  if (codes === undefined) {
    readPlainSamples(bits, samples, resolution);
    return;
  }
  const readSymbol = codes[bits.read(1) === 0 ? 0 : 1];
  // Few steps: several samples share a symbol, the first one's digit lowest.
  const together = resolution === 1 ? 3 : resolution === 2 ? 2 : 1;
  const steps = 2 * resolution + 1;
  for (let at = 0; at < samples.length; at += together) {
    let symbol = readSymbol(bits);
    if (together === 1) samples[at] = symbol;
    for (let digit = 0; together > 1 && digit < together; digit += 1) {
      samples[at + digit] = (symbol % steps) - resolution;
      symbol = Math.floor(symbol / steps);
    }
  }
}

import type { Planes } from '../decode/decode-messages.ts';
import { createApeEntropy, startMean } from './ape-entropy.ts';
import { createApeFilter } from './ape-filter.ts';
import type { ApePredictor } from './ape-predictor.ts';
import { createApePredictor } from './ape-predictor.ts';
import { turnWords, viewOf } from './data-view.ts';
import type { PcmTrack, Run } from './pcm-track.ts';
import { createTolerance } from './pcm-track.ts';
import type { Bytes } from './read-ahead.ts';

/** Written by all programs since 2004; what was before is coded in other ways. */
const firstVersion = 3990;
const lastVersion = 3999;

/** Lengths and shifts of the long filters, by the level of compression. */
const filterSets: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  1000: [],
  2000: [[16, 11]],
  3000: [[64, 11]],
  4000: [
    [32, 10],
    [256, 13],
  ],
  5000: [
    [16, 11],
    [256, 13],
    [1280, 15],
  ],
};

/** No level has longer frames. */
const mostFrameSamples = 1_179_648 * 2;
/** Of a frame that could not be compressed. */
const mostSampleBytes = 6;
const runSamples = 4096;

interface Header {
  readonly filters: readonly (readonly [number, number])[];
  readonly frameSamples: number;
  readonly lastFrameSamples: number;
  readonly sampleBits: number;
  readonly channels: number;
  readonly sampleRate: number;
  /** Of each frame, from the file's start. */
  readonly frameBytes: readonly number[];
  /** Behind the last frame. */
  readonly endByte: number;
}

/**
 * Monkey's Audio. Its frames are long, and none can be entered but at its beginning.
 * @throws when its header can't be used
 */
export async function openApe(file: Bytes, startByte: number): Promise<PcmTrack> {
  const header = await readHeader(file, startByte);
  const { frameSamples, lastFrameSamples, sampleRate, frameBytes } = header;

  async function* decodeFrom(sample: number): AsyncGenerator<Run, void, void> {
    const { attempt } = createTolerance();
    for (let frame = Math.floor(sample / frameSamples); frame < frameBytes.length; frame += 1) {
      const bytes = await bytesOfFrame(file, header, frame);
      const samples = frame === frameBytes.length - 1 ? lastFrameSamples : frameSamples;
      const runs = decodeFrame(bytes, skippedBytes(header, frame), header, samples);
      let reached = 0;
      while (reached < samples) {
        const planes = attempt(() => runs.next().value);
        if (planes === null || planes === undefined) break;
        yield { firstFrame: frame * frameSamples + reached, planes };
        reached += planes[0]?.length ?? 0;
      }
    }
  }

  const totalFrames = (frameBytes.length - 1) * frameSamples + lastFrameSamples;
  return { sampleRate, totalFrames, decodeFrom };
}

async function readHeader(file: Bytes, startByte: number): Promise<Header> {
  const first = viewOf(await file.bytesAt(startByte, 52), 52);
  const version = first.getUint16(4, true);
  if (version < firstVersion || version > lastVersion) {
    throw new Error(`Monkey’s Audio of version ${version / 1000} is not known here.`);
  }
  const headerStart = startByte + first.getUint32(8, true);
  const view = viewOf(await file.bytesAt(headerStart, 24), 24);
  const frames = view.getUint32(12, true);
  const tableBytes = Math.min(first.getUint32(16, true), 4 * frames);
  const tableStart = headerStart + first.getUint32(12, true);
  const header = {
    filters: filterSets[view.getUint16(0, true)],
    frameSamples: view.getUint32(4, true),
    lastFrameSamples: view.getUint32(8, true),
    sampleBits: view.getUint16(16, true),
    channels: view.getUint16(18, true),
    sampleRate: view.getUint32(20, true),
  };
  const { filters, frameSamples, lastFrameSamples, sampleBits, channels, sampleRate } = header;
  const sound =
    filters !== undefined &&
    frameSamples >= 1 &&
    frameSamples <= mostFrameSamples &&
    lastFrameSamples <= frameSamples &&
    [8, 16, 24].includes(sampleBits) &&
    (channels === 1 || channels === 2) &&
    sampleRate >= 1 &&
    sampleRate <= 768_000 &&
    frames >= 1 &&
    tableBytes === 4 * frames &&
    tableStart + tableBytes <= file.size;
  if (!sound) throw new Error('The header of Monkey’s Audio makes no sense.');
  const table = viewOf(await file.bytesAt(tableStart, tableBytes), tableBytes);
  const frameBytes = Array.from(
    { length: frames },
    (_, frame) => startByte + table.getUint32(4 * frame, true),
  );
  return { ...header, filters, frameBytes, endByte: file.size - first.getUint32(32, true) };
}

/** The code begins with whole words, of which the first may belong to the frame before in part. */
function skippedBytes({ frameBytes }: Header, frame: number): number {
  return ((frameBytes[frame] ?? 0) - (frameBytes[0] ?? 0)) & 3;
}

/** The bytes of a frame, in words of four of which the last byte comes first in the file. */
async function bytesOfFrame(file: Bytes, header: Header, frame: number): Promise<Uint8Array> {
  const { frameBytes, endByte, frameSamples, channels } = header;
  const start = (frameBytes[frame] ?? 0) - skippedBytes(header, frame);
  const end = (frameBytes[frame + 1] ?? endByte) + 4;
  const most = frameSamples * channels * mostSampleBytes + 64;
  const length = Math.min(Math.max(0, end - start), most) & ~3;

  return turnWords(await file.bytesAt(start, length));
}

/** What a frame's flags say: it is silent; its channels are alike. */
const silent = 3;
const alike = 4;

/** @throws where it is damaged */
function* decodeFrame(
  bytes: Uint8Array,
  skipped: number,
  { channels, sampleBits, filters }: Header,
  samples: number,
): Generator<Planes, undefined, void> {
  const view = viewOf(bytes, skipped + 9);
  const hasFlags = view.getUint32(skipped) >>> 31 === 1;
  const flags = hasFlags ? view.getUint32(skipped + 4) : 0;
  // A byte in front of the code is not used.
  const entropy = createApeEntropy(bytes, skipped + (hasFlags ? 9 : 5));
  const count = channels === 1 || (flags & alike) !== 0 ? 1 : 2;
  const lanes = Array.from({ length: count }, () => ({
    mean: startMean(),
    filters: filters.map(([order, shift]) => createApeFilter(order, shift)),
    predictor: createApePredictor(),
  }));
  const limit = 2 ** (sampleBits - 1);

  for (let reached = 0; reached < samples; reached += runSamples) {
    const length = Math.min(runSamples, samples - reached);
    const values = lanes.map(() => new Int32Array(length));
    if ((flags & silent) === 0) {
      for (let at = 0; at < length; at += 1) {
        for (const [lane, { mean }] of lanes.entries()) {
          const residual = entropy.readResidual(mean);
          const channel = values[lane];
          if (channel !== undefined) channel[at] = residual;
        }
      }
      if (entropy.isOverrun()) throw new Error('A frame of Monkey’s Audio is cut off.');
      lanes.forEach((lane, index) => {
        for (const filter of lane.filters) filter(values[index] ?? new Int32Array());
      });
      foretell(lanes, values);
      if (count === 2) unmix(values);
    }
    yield planesOf(values, channels, limit);
  }
  return undefined;
}

function foretell(
  [first, second]: readonly { readonly predictor: ApePredictor }[],
  [firsts, seconds]: readonly Int32Array[],
): void {
  if (first === undefined || firsts === undefined) return;
  const other = second?.predictor ?? null;
  for (let at = 0; at < firsts.length; at += 1) {
    const value = first.predictor.restore(firsts[at] ?? 0, other === null ? null : other.latest());
    firsts[at] = value;
    if (other !== null && seconds !== undefined) {
      seconds[at] = other.restore(seconds[at] ?? 0, value);
    }
  }
}

/** The first is the difference, the second the middle. */
function unmix([first, second]: readonly Int32Array[]): void {
  if (first === undefined || second === undefined) return;
  for (let at = 0; at < first.length; at += 1) {
    const difference = first[at] ?? 0;
    const left = (second[at] ?? 0) - Math.trunc(difference / 2);
    first[at] = left;
    second[at] = left + difference;
  }
}

/** @throws where a sample is larger than it may be: what a damaged frame says is noise */
function planesOf(values: readonly Int32Array[], channels: number, limit: number): Planes {
  if (values.some((channel) => channel.some((value) => value < -limit || value >= limit))) {
    throw new Error('A frame of Monkey’s Audio is damaged.');
  }
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from(values[channel] ?? values[0] ?? [], (value) => value / limit),
  );
}

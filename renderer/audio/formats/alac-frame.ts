import type { Planes } from '../decode/decode-messages.ts';
import type { Rice } from './alac-entropy.ts';
import { readResiduals } from './alac-entropy.ts';
import type { Predictor } from './alac-predictor.ts';
import { restoreSamples } from './alac-predictor.ts';
import type { BitReader } from './bit-reader.ts';
import { createBitReader } from './bit-reader.ts';
import { viewOf } from './data-view.ts';

/** What the file's header says of all its frames. */
export interface AlacHeader {
  readonly frameSamples: number;
  readonly sampleBits: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly initialMean: number;
  /** In 2048ths, before each channel's own factor. */
  readonly pace: number;
  readonly mostBits: number;
}

/** Frames of more are not made: four seconds, where all encoders take a tenth of one. */
const mostFrameSamples = 1 << 18;

/** Null when it is none, or one of a kind that does not exist. */
export function readAlacHeader(bytes: Uint8Array): AlacHeader | null {
  if (bytes.length < 24) return null;
  const view = viewOf(bytes);
  const header: AlacHeader = {
    frameSamples: view.getUint32(0),
    sampleBits: view.getUint8(5),
    pace: view.getUint8(6),
    initialMean: view.getUint8(7),
    mostBits: view.getUint8(8),
    channels: view.getUint8(9),
    sampleRate: view.getUint32(20),
  };
  const { frameSamples, sampleBits, mostBits, channels, sampleRate } = header;
  const sound =
    frameSamples >= 1 &&
    frameSamples <= mostFrameSamples &&
    [16, 20, 24, 32].includes(sampleBits) &&
    mostBits >= 1 &&
    mostBits <= 30 &&
    channels in channelOrders &&
    sampleRate >= 1 &&
    sampleRate <= 768_000;
  return sound ? header : null;
}

/** Which of a frame's channels, that begin with the centre, goes where in the usual order. */
const channelOrders: Readonly<Record<number, readonly number[]>> = {
  1: [0],
  2: [0, 1],
  3: [1, 2, 0],
  4: [1, 2, 0, 3],
  5: [1, 2, 0, 3, 4],
  6: [1, 2, 0, 5, 3, 4],
  7: [1, 2, 0, 6, 5, 3, 4],
  8: [3, 4, 0, 7, 5, 6, 1, 2],
};

/** Elements of a frame, by the three bits they begin with. */
const element = { mono: 0, pair: 1, low: 3, data: 4, fill: 6, end: 7 };

/**
 * Decodes one packet, all channels in the order left, right, centre, low, surround.
 * @throws when it is damaged
 */
export function decodeAlacFrame(packet: Uint8Array, header: AlacHeader): Planes {
  const bits = createBitReader(packet);
  const channels: Int32Array[] = [];
  while (channels.length < header.channels) {
    const kind = bits.read(3);
    if (kind === element.end || bits.isOverrun()) break;
    switch (kind) {
      case element.mono:
      case element.low:
        channels.push(...readElement(bits, header, 1));
        break;
      case element.pair:
        channels.push(...readElement(bits, header, 2));
        break;
      case element.data:
        skipData(bits);
        break;
      case element.fill:
        skipFill(bits);
        break;
      default:
        throw new Error('An ALAC frame holds what no encoder writes.');
    }
  }
  const frames = channels[0]?.length ?? 0;
  const whole = channels.length === header.channels && !bits.isOverrun();
  if (!whole || channels.some(({ length }) => length !== frames)) {
    throw new Error('An ALAC frame is damaged.');
  }
  const scale = 2 ** (header.sampleBits - 1);
  return (channelOrders[header.channels] ?? []).map((from) =>
    Float32Array.from(channels[from] ?? [], (sample) => sample / scale),
  );
}

/** One channel, or two that were mixed. */
function readElement(bits: BitReader, header: AlacHeader, count: 1 | 2): readonly Int32Array[] {
  bits.skip(4 + 12);
  const isPartial = bits.read(1) === 1;
  const lowBits = 8 * bits.read(2);
  const isRaw = bits.read(1) === 1;
  const samples = isPartial ? bits.read(32) : header.frameSamples;
  if (samples > header.frameSamples) throw new Error('An ALAC frame is too long.');
  const channels = Array.from({ length: count }, () => new Int32Array(samples));
  if (isRaw) {
    for (let at = 0; at < samples; at += 1) {
      for (const channel of channels) channel[at] = bits.readSigned(header.sampleBits);
    }
    return channels;
  }

  const mixShift = bits.read(8);
  const mixWeight = bits.readSigned(8);
  const predictors = channels.map(() => readPredictor(bits));
  const low = lowBits === 0 ? [] : channels.map(() => new Int32Array(samples));
  for (let at = 0; low.length > 0 && at < samples; at += 1) {
    for (const channel of low) channel[at] = bits.read(lowBits);
  }
  const sampleBits = header.sampleBits - lowBits + count - 1;
  if (sampleBits < 1 || sampleBits > 32) throw new Error('An ALAC frame is damaged.');
  channels.forEach((channel, index) => {
    const predictor = predictors[index];
    if (predictor === undefined) return;
    readResiduals(bits, riceOf(header, predictor.factor), sampleBits, channel);
    restoreSamples(channel, predictor, sampleBits);
  });
  if (count === 2 && mixWeight !== 0) unmix(channels, mixShift, mixWeight);
  low.forEach((lowest, index) => {
    channels[index]?.forEach((sample, at, channel) => {
      channel[at] = (sample << lowBits) | (lowest[at] ?? 0);
    });
  });
  return channels;
}

interface ChannelPredictor extends Predictor {
  /** Of the pace, in quarters. */
  readonly factor: number;
}

function readPredictor(bits: BitReader): ChannelPredictor {
  const mode = bits.read(4);
  const shift = bits.read(4);
  const factor = bits.read(3);
  const weights = new Int16Array(bits.read(5));
  for (let tap = 0; tap < weights.length; tap += 1) weights[tap] = bits.readSigned(16);
  return { mode, shift, factor, weights };
}

function riceOf({ initialMean, pace, mostBits }: AlacHeader, factor: number): Rice {
  return { initialMean, pace: Math.floor((pace * factor) / 4), mostBits };
}

/** The second is the difference, the first leans towards one of both. */
function unmix([first, second]: readonly Int32Array[], shift: number, weight: number): void {
  if (first === undefined || second === undefined) return;
  for (let at = 0; at < first.length; at += 1) {
    const difference = second[at] ?? 0;
    const left = (first[at] ?? 0) + difference - (Math.imul(weight, difference) >> shift);
    first[at] = left;
    second[at] = left - difference;
  }
}

function skipData(bits: BitReader): void {
  bits.skip(4);
  const isAligned = bits.read(1) === 1;
  const short = bits.read(8);
  const count = short === 255 ? short + bits.read(8) : short;
  if (isAligned) bits.skip((8 - (bits.place() & 7)) & 7);
  bits.skip(8 * count);
}

function skipFill(bits: BitReader): void {
  const short = bits.read(4);
  bits.skip(8 * (short === 15 ? short + bits.read(8) - 1 : short));
}

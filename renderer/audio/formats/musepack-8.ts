import type { BitReader } from './bit-reader.ts';
import { createBitReader } from './bit-reader.ts';
import type { MusepackStream } from './musepack.ts';
import { frameSamples, openMusepack, sampleRates } from './musepack.ts';
import { createFrameReader } from './musepack-8-frame.ts';
import type { Bands } from './musepack-bands.ts';
import { bandCount } from './musepack-bands.ts';
import type { PcmTrack } from './pcm-track.ts';
import { createTolerance } from './pcm-track.ts';
import type { Bytes } from './read-ahead.ts';

/** No honest packet is larger. */
const mostPacketBytes = 4 * 1024 * 1024;
/** Of a packet's head: two letters and its length. */
const headBytes = 12;
/** Packets before the music; more are not looked at. */
const mostHeaderPackets = 100;
const mostSeekPoints = 1 << 16;

interface Packet {
  readonly key: string;
  readonly startByte: number;
  readonly bodyByte: number;
  readonly endByte: number;
}

interface Header {
  readonly sampleRate: number;
  readonly channels: number;
  readonly totalSamples: number;
  readonly silentSamples: number;
  readonly mostBands: number;
  readonly mayBeMidSide: boolean;
  readonly packetFrames: number;
}

/** A packet of sound, by the first frame in it. */
interface SeekPoint {
  readonly byte: number;
  readonly frame: number;
}

/**
 * Musepack of stream version 8.
 * @throws when its header can't be used
 * @see https://trac.musepack.net/musepack/wiki/SV8Specification
 */
export async function openMusepack8(file: Bytes, startByte: number): Promise<PcmTrack> {
  let header: Header | null = null;
  let index: Packet | null = null;
  let packet = await packetAt(file, startByte + 4);
  for (let count = 0; packet !== null && packet.key !== 'AP'; count += 1) {
    if (count > mostHeaderPackets) break;
    if (packet.key === 'SH') header = readHeader(await bodyOf(file, packet));
    if (packet.key === 'SO') {
      const offset = readSize(createBitReader(await bodyOf(file, packet)));
      index = await packetAt(file, packet.startByte + offset);
    }
    if (packet.key === 'ST') index = packet;
    packet = await packetAt(file, packet.endByte);
  }
  if (header === null || packet?.key !== 'AP') throw new Error('The Musepack header is damaged.');
  const points =
    index?.key === 'ST' ? readIndex(await bodyOf(file, index), startByte, header.packetFrames) : [];
  const first: SeekPoint = { byte: packet.startByte, frame: 0 };
  return openMusepack({ ...header, frames: framesOf(file, header, [first, ...points]) });
}

function framesOf(
  file: Bytes,
  header: Header,
  points: readonly SeekPoint[],
): MusepackStream['frames'] {
  return async function* read(bands: Bands, fromFrame: number) {
    const reader = createFrameReader(bands, header);
    const { attempt } = createTolerance();
    const start = points.findLast(({ frame }) => frame <= fromFrame);
    let frame = start?.frame ?? 0;
    let packet = await packetAt(file, start?.byte ?? 0);
    for (; packet !== null && packet.key !== 'SE'; packet = await packetAt(file, packet.endByte)) {
      if (packet.key !== 'AP') continue;
      const isWanted = frame + header.packetFrames > fromFrame;
      const bits = createBitReader(isWanted ? await bodyOf(file, packet) : new Uint8Array());
      for (let place = 0; isWanted && place < header.packetFrames; place += 1) {
        // Some packets at the end hold fewer.
        if ((frame + place) * frameSamples >= header.totalSamples + frameSamples) return;
        const isRead = attempt(() => {
          reader.read(bits, place === 0);
          if (bits.isOverrun()) throw new Error('A Musepack packet is damaged.');
          return true;
        });
        if (isRead === null) break;
        yield frame + place;
      }
      frame += header.packetFrames;
    }
  };
}

async function packetAt(file: Bytes, startByte: number): Promise<Packet | null> {
  const bytes = await file.bytesAt(startByte, headBytes);
  if (bytes.length < 3) return null;
  const key = String.fromCharCode(...bytes.subarray(0, 2));
  const bits = createBitReader(bytes.subarray(2));
  const size = readSize(bits);
  const bodyByte = startByte + 2 + bits.place() / 8;
  const endByte = startByte + size;
  if (!/^[A-Z]{2}$/.test(key) || endByte < bodyByte || size > mostPacketBytes) return null;
  return { key, startByte, bodyByte, endByte };
}

function bodyOf(file: Bytes, { bodyByte, endByte }: Packet): Promise<Uint8Array> {
  return file.bytesAt(bodyByte, endByte - bodyByte);
}

/** A number of any size, seven bits to the byte. */
function readSize(bits: BitReader): number {
  let size = 0;
  for (let count = 0; count < 8; count += 1) {
    const byte = bits.read(8);
    size = size * 128 + (byte & 0x7f);
    if (byte < 0x80) break;
  }
  return size;
}

function readHeader(body: Uint8Array): Header {
  const bits = createBitReader(body);
  bits.skip(32);
  const version = bits.read(8);
  const totalSamples = readSize(bits);
  const silentSamples = readSize(bits);
  const sampleRate = sampleRates[bits.read(3)];
  const mostBands = bits.read(5) + 2;
  const channels = bits.read(4) + 1;
  const mayBeMidSide = bits.read(1) === 1;
  const packetFrames = 4 ** bits.read(3);
  if (version !== 8 || sampleRate === undefined || mostBands > bandCount || channels > 2) {
    throw new Error('The Musepack header makes no sense.');
  }
  return {
    ...{ sampleRate, channels, totalSamples, silentSamples },
    ...{ mostBands, mayBeMidSide, packetFrames },
  };
}

/** Each place is said as what it differs from going on as before. */
function readIndex(body: Uint8Array, startByte: number, packetFrames: number): SeekPoint[] {
  const bits = createBitReader(body);
  const count = Math.min(readSize(bits), mostSeekPoints);
  const step = packetFrames * 2 ** bits.read(4);
  const places: number[] = [];
  for (let at = 0; at < count && !bits.isOverrun(); at += 1) {
    const [last = 0, lastButOne = 0] = [places[at - 1], places[at - 2]];
    places.push(at < 2 ? readSize(bits) : 2 * last - lastButOne + readDifference(bits));
  }
  return places.map((place, at) => ({ byte: startByte + place, frame: at * step }));
}

/** A Golomb code of twelve bits and a prefix; its lowest bit is the sign. */
function readDifference(bits: BitReader): number {
  let prefix = 0;
  while (!bits.isOverrun() && bits.read(1) === 0) prefix += 1;
  const code = prefix * 4096 + bits.read(12);
  return code % 2 === 0 ? code / 2 : -(code - 1) / 2;
}

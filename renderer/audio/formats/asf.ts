import { readAsfPacket } from './asf-packet.ts';
import { viewOf } from './data-view.ts';
import type { Bytes } from './read-ahead.ts';

/** What the header of an ASF file says of its first sound. */
export interface AsfAudio {
  /** Which of Microsoft's codecs, as in WAVE files. */
  readonly codec: number;
  readonly channels: number;
  readonly sampleRate: number;
  readonly bitsPerSecond: number;
  /** Coded frames come in blocks of so many bytes. */
  readonly blockBytes: number;
  readonly sampleBits: number;
  /** For the decoder. */
  readonly extra: Uint8Array;
  readonly seconds: number;
}

/** Coded bytes, and when they begin. */
export interface AsfObject {
  readonly seconds: number;
  readonly bytes: Uint8Array;
}

export interface AsfFile {
  readonly audio: AsfAudio;
  /** From the last object that begins at or before a place, or from the first. */
  readonly objectsFrom: (seconds: number) => AsyncGenerator<AsfObject, void, void>;
}

/** Names of objects, as they stand in the file. */
const ids = {
  fileProperties: 'a1dcab8c47a9cf118ee400c00c205365',
  streamProperties: '9107dcb7b7a9cf118ee600c00c205365',
  audio: '409e69f84d5bcf11a8fd00805f5c442b',
  data: '3626b2758e66cf11a6d900aa0062ce6c',
};

/** Pictures may lie in the header. */
const mostHeaderBytes = 16 * 1024 * 1024;
const mostHeaderObjects = 200;
const mostPacketBytes = 256 * 1024;
const mostObjectBytes = 1024 * 1024;
/** An object goes on over so many packets at most. */
const mostObjectPackets = 32;
const dataHeaderBytes = 50;

/** @throws when it holds no sound, or its header can't be used */
export async function openAsf(file: Bytes, startByte: number): Promise<AsfFile> {
  const headerBytes = sizeAt(viewOf(await file.bytesAt(startByte, 30), 30), 16);
  if (headerBytes > mostHeaderBytes) throw new Error('The ASF header makes no sense.');
  let stream: (AsfAudio & { readonly number: number }) | null = null;
  let times = { seconds: 0, prerollMilliseconds: 0, packetBytes: 0 };
  let at = startByte + 30;
  for (let count = 0; count < mostHeaderObjects && at < startByte + headerBytes; count += 1) {
    const head = viewOf(await file.bytesAt(at, 24), 24);
    const size = sizeAt(head, 16);
    const id = idAt(head, 0);
    const body = await file.bytesAt(at + 24, Math.min(size - 24, 4096));
    if (id === ids.fileProperties) times = readTimes(viewOf(body, 80));
    if (id === ids.streamProperties) stream ??= readStream(viewOf(body, 72));
    if (size < 24) break;
    at += size;
  }
  const { seconds, prerollMilliseconds, packetBytes } = times;
  const dataByte = startByte + headerBytes;
  const data = viewOf(await file.bytesAt(dataByte, dataHeaderBytes), dataHeaderBytes);
  if (stream === null || idAt(data, 0) !== ids.data) throw new Error('The file holds no sound.');
  if (packetBytes < 16 || packetBytes > mostPacketBytes) {
    throw new Error('The ASF packets are of a kind that is not known here.');
  }
  const { number } = stream;
  const dataEnd = Math.min(file.size, dataByte + sizeAt(data, 16));
  const packets = Math.max(0, Math.floor((dataEnd - dataByte - dataHeaderBytes) / packetBytes));

  async function payloadsOf(packet: number) {
    const bytes = await file.bytesAt(
      dataByte + dataHeaderBytes + packet * packetBytes,
      packetBytes,
    );
    return readAsfPacket(bytes).filter(({ streamNumber }) => streamNumber === number);
  }

  function secondsOf(milliseconds: number): number {
    return (milliseconds - prerollMilliseconds) / 1000;
  }

  /** The last packet in which an object begins at or before the place. */
  async function packetBefore(place: number): Promise<number> {
    let low = 0;
    let high = packets;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      const begin = await firstBegin(middle, Math.min(high, middle + mostObjectPackets));
      if (begin === null || begin > place) high = middle;
      else low = middle;
    }
    return low;
  }

  /** When the first object begins that does so in these packets, in seconds. */
  async function firstBegin(from: number, until: number): Promise<number | null> {
    for (let packet = from; packet < until; packet += 1) {
      const begun = (await payloadsOf(packet)).find(({ offset }) => offset === 0);
      if (begun !== undefined) return secondsOf(begun.milliseconds);
    }
    return null;
  }

  async function* objectsFrom(place: number): AsyncGenerator<AsfObject, void, void> {
    let object = { number: -1, filled: 0, bytes: new Uint8Array() };
    for (let packet = await packetBefore(place); packet < packets; packet += 1) {
      for (const payload of await payloadsOf(packet)) {
        const { objectNumber, offset, objectBytes, milliseconds, bytes } = payload;
        if (offset === 0 && objectBytes <= mostObjectBytes) {
          object = { number: objectNumber, filled: 0, bytes: new Uint8Array(objectBytes) };
        }
        const goesOn = objectNumber === object.number && offset === object.filled;
        if (!goesOn || offset + bytes.length > object.bytes.length) continue;
        object.bytes.set(bytes, offset);
        object.filled += bytes.length;
        if (object.filled === object.bytes.length && object.filled > 0) {
          yield { seconds: secondsOf(milliseconds), bytes: object.bytes };
        }
      }
    }
  }

  return { audio: { ...stream, seconds }, objectsFrom };
}

function readTimes(view: DataView) {
  const prerollMilliseconds = sizeAt(view, 56);
  return {
    seconds: Math.max(0, sizeAt(view, 40) / 10_000_000 - prerollMilliseconds / 1000),
    prerollMilliseconds,
    packetBytes: view.getUint32(72, true),
  };
}

/** Null when it is none of sound. */
function readStream(view: DataView): (AsfAudio & { readonly number: number }) | null {
  if (idAt(view, 0) !== ids.audio) return null;
  const extraBytes = Math.min(view.getUint16(70, true), view.byteLength - 72);
  return {
    number: view.getUint16(48, true) & 0x7f,
    codec: view.getUint16(54, true),
    channels: view.getUint16(56, true),
    sampleRate: view.getUint32(58, true),
    bitsPerSecond: 8 * view.getUint32(62, true),
    blockBytes: view.getUint16(66, true),
    sampleBits: view.getUint16(68, true),
    extra: new Uint8Array(view.buffer, view.byteOffset + 72, extraBytes).slice(),
    seconds: 0,
  };
}

function idAt(view: DataView, at: number): string {
  return Array.from({ length: 16 }, (_, index) =>
    view
      .getUint8(at + index)
      .toString(16)
      .padStart(2, '0'),
  ).join('');
}

function sizeAt(view: DataView, at: number): number {
  return view.getUint32(at, true) + view.getUint32(at + 4, true) * 2 ** 32;
}

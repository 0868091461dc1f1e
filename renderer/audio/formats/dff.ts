import { viewOf } from './data-view.ts';
import type { DsdSource } from './dsd.ts';
import { openDsd } from './dsd.ts';
import type { PcmTrack } from './pcm-track.ts';
import type { Bytes } from './read-ahead.ts';

/** No honest file has more on one level; a forged one must not keep us reading. */
const mostChunks = 100;

interface Chunk {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * DSDIFF: the channels take turns byte by byte.
 * @throws when its sound is compressed (DST), or its chunks are not those of a playable file
 * @see https://www.sonicstudio.com/pdf/dsd/DSDIFF_1.5_Spec.pdf
 */
export async function openDff(file: Bytes, startByte: number): Promise<PcmTrack> {
  const whole = { name: 'FRM8', start: startByte + 16, end: file.size };
  let bitRate = 0;
  let channels = 0;
  for await (const chunk of chunks(file, whole)) {
    if (chunk.name === 'PROP') {
      for await (const property of chunks(file, { ...chunk, start: chunk.start + 4 })) {
        const view = viewOf(await file.bytesAt(property.start, 4));
        if (view.byteLength < 4) continue;
        if (property.name === 'FS  ') bitRate = view.getUint32(0);
        if (property.name === 'CHNL') channels = view.getUint16(0);
      }
    }
    if (chunk.name === 'DST ') throw new Error('Compressed DSD (DST) is not known here.');
    if (chunk.name !== 'DSD ') continue;
    if (channels < 1 || channels > 6) throw new Error('The DSDIFF header makes no sense.');
    return openDsd({
      bitRate,
      totalBytes: Math.floor((chunk.end - chunk.start) / channels),
      channelBytes: readerOf(file, chunk.start, channels),
    });
  }
  throw new Error('The file holds no sound.');
}

function readerOf(file: Bytes, start: number, channels: number): DsdSource['channelBytes'] {
  return async (from, until) => {
    const bytes = await file.bytesAt(start + from * channels, (until - from) * channels);
    const length = Math.floor(bytes.length / channels);
    return Array.from({ length: channels }, (_, channel) =>
      Uint8Array.from({ length }, (_none, at) => bytes[at * channels + channel] ?? 0),
    );
  };
}

async function* chunks(file: Bytes, parent: Chunk): AsyncGenerator<Chunk, void, void> {
  let at = parent.start;
  for (let count = 0; count < mostChunks && at + 12 <= parent.end; count += 1) {
    const bytes = await file.bytesAt(at, 12);
    if (bytes.length < 12) return;
    const size = Number(viewOf(bytes).getBigUint64(4));
    const start = at + 12;
    // A length that was never written down, or was forged, ends with the file.
    yield {
      name: String.fromCharCode(...bytes.subarray(0, 4)),
      start,
      end: Math.min(start + size, parent.end),
    };
    at = start + size + (size % 2);
  }
}

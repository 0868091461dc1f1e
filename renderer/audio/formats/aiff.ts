import { viewOf } from './data-view.ts';
import type { PcmTrack } from './pcm-track.ts';
import type { ReadSample } from './raw-pcm.ts';
import { openRawPcm, signedSamples } from './raw-pcm.ts';
import type { Bytes } from './read-ahead.ts';

/** No honest file has more; a forged one must not keep us reading. */
const mostChunks = 200;
const mostChannels = 8;

interface Sound {
  readonly sampleRate: number;
  readonly channels: number;
  readonly totalFrames: number;
  readonly sampleBytes: number;
  readonly read: ReadSample;
}

/**
 * AIFF and AIFF-C with samples of every width, as whole or floating numbers.
 * @throws when what is in it is compressed, or its chunks are not those of a playable file
 * @see http://www-mmsp.ece.mcgill.ca/Documents/AudioFormats/AIFF/AIFF.html
 */
export async function openAiff(file: Bytes, formByte: number): Promise<PcmTrack> {
  let sound: Sound | null = null;
  let startByte: number | null = null;
  let soundBytes = 0;
  let at = formByte + 12;
  for (let count = 0; count < mostChunks && (sound === null || startByte === null); count += 1) {
    const head = viewOf(await file.bytesAt(at, 16));
    if (head.byteLength < 12) break;
    const bytes = head.getUint32(4);
    const name = letters(head, 0);
    if (name === 'COMM')
      sound = readCommon(viewOf(await file.bytesAt(at + 8, Math.min(bytes, 64))));
    if (name === 'SSND') {
      const offset = head.getUint32(8);
      startByte = at + 16 + offset;
      // Some programs never write the length down.
      const end = bytes <= 8 ? file.size : Math.min(file.size, at + 8 + bytes);
      soundBytes = end - startByte;
    }
    at += 8 + bytes + (bytes % 2);
  }
  if (sound === null || startByte === null) throw new Error('The file holds no sound.');
  const { totalFrames, channels, sampleBytes } = sound;
  const written = Math.max(0, Math.floor(soundBytes / (channels * sampleBytes)));
  return openRawPcm(file, {
    ...sound,
    startByte,
    totalFrames: totalFrames === 0 ? written : totalFrames,
  });
}

function readCommon(view: DataView): Sound {
  if (view.byteLength < 18) throw new Error('The AIFF header is too short.');
  const channels = view.getUint16(0);
  const bits = view.getUint16(6);
  const sampleRate = Math.round(readExtended(view, 8));
  const compression = view.byteLength < 22 ? 'NONE' : letters(view, 18);
  const coding = codingOf(compression, Math.ceil(bits / 8));
  if (coding === null) throw new Error(`AIFF-C of the kind ${compression} is not known here.`);
  if (channels < 1 || channels > mostChannels || !(sampleRate >= 1 && sampleRate <= 768_000)) {
    throw new Error('The AIFF header makes no sense.');
  }
  return { sampleRate, channels, totalFrames: view.getUint32(2), ...coding };
}

function codingOf(
  compression: string,
  declaredBytes: number,
): { readonly sampleBytes: number; readonly read: ReadSample } | null {
  switch (compression) {
    case 'NONE':
    case 'twos':
      return signed(declaredBytes, false);
    case 'sowt':
      return signed(declaredBytes, true);
    case 'in24':
      return signed(3, false);
    case 'in32':
      return signed(4, false);
    case '42ni':
      return signed(3, true);
    case '23ni':
      return signed(4, true);
    case 'raw ':
      return { sampleBytes: 1, read: (view, at) => view.getUint8(at) / 128 - 1 };
    case 'fl32':
    case 'FL32':
      return { sampleBytes: 4, read: (view, at) => view.getFloat32(at) };
    case 'fl64':
    case 'FL64':
      return { sampleBytes: 8, read: (view, at) => view.getFloat64(at) };
    default:
      return null;
  }
}

function signed(sampleBytes: number, littleEndian: boolean): ReturnType<typeof codingOf> {
  if (sampleBytes < 1 || sampleBytes > 4) return null;
  return { sampleBytes, read: signedSamples(sampleBytes, littleEndian) };
}

/** A number of 80 bits, as 68000 machines wrote them: sign and exponent, then 64 bits. */
function readExtended(view: DataView, at: number): number {
  const exponent = (view.getUint16(at) & 0x7fff) - 16_383;
  return (
    view.getUint32(at + 2) * 2 ** (exponent - 31) + view.getUint32(at + 6) * 2 ** (exponent - 63)
  );
}

function letters(view: DataView, at: number): string {
  return String.fromCharCode(...Array.from({ length: 4 }, (_, index) => view.getUint8(at + index)));
}

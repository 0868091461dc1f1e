import { readMp3Frame } from './mp3-frame.ts';

/** What the first frame of most MP3 files holds instead of music. */
export interface XingHeader {
  /** Frames of music that follow. */
  readonly frames: number | null;
  /** Of the stream, this frame included. */
  readonly bytes: number | null;
  /** A hundred places of the file, each in 256ths of its bytes, a hundredth of the time apart. */
  readonly seekTable: Uint8Array | null;
  /** True: all frames have one bit rate. */
  readonly constantRate: boolean;
  /** What the encoder added to the music, in samples; null when it doesn't say. */
  readonly gaps: { readonly delay: number; readonly padding: number } | null;
}

/**
 * Null when the frame is not such a header.
 * @param frame the file's first MPEG frame, at least 200 bytes of it
 * @see http://gabriel.mp3-tech.org/mp3infotag.html
 */
export function readXingHeader(frame: Uint8Array): XingHeader | null {
  const start = readMp3Frame(frame, 0)?.xingOffset;
  if (start === undefined || frame.length < start + 8) return null;
  const name = ascii(frame, start, 4);
  if (name !== 'Xing' && name !== 'Info') return null;

  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const flags = view.getUint32(start + 4);
  let at = start + 8;
  function skip(flag: number, bytes: number): number | null {
    if ((flags & flag) === 0 || at + bytes > frame.length) return null;
    at += bytes;
    return at - bytes;
  }
  const framesAt = skip(1, 4);
  const bytesAt = skip(2, 4);
  const tableAt = skip(4, 100);
  skip(8, 4);
  return {
    frames: framesAt === null ? null : view.getUint32(framesAt),
    bytes: bytesAt === null ? null : view.getUint32(bytesAt),
    seekTable: tableAt === null ? null : frame.slice(tableAt, tableAt + 100),
    constantRate: name === 'Info',
    gaps: readGaps(frame, at),
  };
}

/** The LAME extension behind the header's own fields; FFmpeg and others write it too. */
function readGaps(frame: Uint8Array, at: number): XingHeader['gaps'] {
  if (frame.length < at + 24 || ascii(frame, at, 4).trim() === '') return null;
  const [high = 0, middle = 0, low = 0] = frame.subarray(at + 21, at + 24);
  const delay = (high << 4) | (middle >> 4);
  // Without a delay it is a bare version string: nothing is known of the padding either.
  return delay === 0 ? null : { delay, padding: ((middle & 0x0f) << 8) | low };
}

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length)).replaceAll('\0', '');
}

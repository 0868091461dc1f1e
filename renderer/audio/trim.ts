import { readMp3Frame } from './mp3-frame.ts';

/**
 * Which of the decoded frames belong to the music: encoders add silence at both ends, and a join
 * is only gapless when it is cut off again. Counted at the file's own rate.
 */
export interface Trim {
  readonly skipFrames: number;
  /** Null: all that follow. */
  readonly totalFrames: number | null;
}

export const noTrim: Trim = { skipFrames: 0, totalFrames: null };

/** What every layer III decoder adds in front: 528 of its filter bank and 1 of counting from 0. */
const mp3DecoderDelay = 529;

/**
 * The LAME extension of a Xing or Info header; null when the frame has none. FFmpeg and others
 * write it too.
 * @param frame the file's first MPEG frame, at least 200 bytes of it
 * @see http://gabriel.mp3-tech.org/mp3infotag.html
 */
export function readLameTrim(frame: Uint8Array): Trim | null {
  const header = readMp3Frame(frame, 0);
  if (header === null) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const start = header.xingOffset;
  if (view.byteLength < start + 8 || !['Xing', 'Info'].includes(ascii(frame, start, 4)))
    return null;

  const flags = view.getUint32(start + 4);
  const [hasFrames, hasBytes, hasSeekTable, hasQuality] = [1, 2, 4, 8].map((bit) => flags & bit);
  if (!hasFrames) return null;
  const lame = start + 12 + (hasBytes ? 4 : 0) + (hasSeekTable ? 100 : 0) + (hasQuality ? 4 : 0);
  if (view.byteLength < lame + 24 || ascii(frame, lame, 4).trim() === '') return null;

  const gaps = (view.getUint8(lame + 21) << 16) | view.getUint16(lame + 22);
  const delay = gaps >> 12;
  const padding = gaps & 0xfff;
  const totalFrames = view.getUint32(start + 8) * header.samples - delay - padding;
  // Without a delay the tag is a bare version string: nothing is known of the padding.
  if (delay === 0 || totalFrames <= 0) return null;
  return { skipFrames: delay + mp3DecoderDelay, totalFrames };
}

/**
 * The value of the iTunSMPB atom, hexadecimal words: reserved, delay, padding, total, more reserved.
 * Null when it is not of that form.
 */
export function readItunesTrim(value: string): Trim | null {
  const [, delay = NaN, , total = NaN] = value
    .trim()
    .split(/\s+/)
    .map((word) => parseInt(word, 16));
  const valid = Number.isSafeInteger(delay) && Number.isSafeInteger(total) && total > 0;
  return valid ? { skipFrames: delay, totalFrames: total } : null;
}

function ascii(bytes: Uint8Array, start: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(start, start + length)).replaceAll('\0', '');
}

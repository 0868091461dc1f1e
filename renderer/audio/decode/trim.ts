import { readMp3Frame } from './mp3-frame.ts';
import { readXingHeader } from './xing-header.ts';

/**
 * Which of the decoded frames belong to the music: encoders add silence at both ends, and a join
 * is only gapless when it is cut off again. Counted at the file's own rate.
 */
export interface Trim {
  readonly skipFrames: number;
  /** Null: all that follow. */
  readonly totalFrames: number | null;
  /** How many come after these: the same cut, counted from the end. */
  readonly tailFrames: number;
}

export const noTrim: Trim = { skipFrames: 0, totalFrames: null, tailFrames: 0 };

/** What every layer III decoder adds in front: 528 of its filter bank and 1 of counting from 0. */
const mp3DecoderDelay = 529;

/**
 * By a Xing or Info header and its LAME extension. Null without such a header: the file may be a
 * piece cut from a longer one, whose every sample is music.
 * @param frame the file's first MPEG frame, at least 200 bytes of it
 */
export function readLameTrim(frame: Uint8Array): Trim | null {
  const samples = readMp3Frame(frame, 0)?.samples ?? 0;
  const { frames = null, gaps = null } = readXingHeader(frame) ?? {};
  if (frames === null) return null;
  // The encoder keeps to itself what it added, but not what the decoder adds.
  if (gaps === null) return { skipFrames: mp3DecoderDelay, totalFrames: null, tailFrames: 0 };
  const totalFrames = frames * samples - gaps.delay - gaps.padding;
  if (totalFrames <= 0) return null;
  return {
    skipFrames: gaps.delay + mp3DecoderDelay,
    totalFrames,
    tailFrames: Math.max(0, gaps.padding - mp3DecoderDelay),
  };
}

/**
 * By the value of the iTunSMPB atom, hexadecimal words: reserved, delay, padding, total, more
 * reserved. Null when it is not of that form.
 */
export function readItunesTrim(value: string): Trim | null {
  const [, delay = NaN, padding = NaN, total = NaN] = value
    .trim()
    .split(/\s+/)
    .map((word) => parseInt(word, 16));
  const valid = [delay, padding, total].every(Number.isSafeInteger) && total > 0;
  return valid ? { skipFrames: delay, totalFrames: total, tailFrames: padding } : null;
}

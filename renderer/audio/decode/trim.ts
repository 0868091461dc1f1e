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
 * By the LAME extension of a Xing or Info header; null when there is none.
 * @param frame the file's first MPEG frame, at least 200 bytes of it
 */
export function readLameTrim(frame: Uint8Array): Trim | null {
  const samples = readMp3Frame(frame, 0)?.samples ?? 0;
  const { frames = null, gaps = null } = readXingHeader(frame) ?? {};
  if (frames === null || gaps === null) return null;
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

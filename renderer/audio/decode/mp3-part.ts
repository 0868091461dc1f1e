import { entrySeconds, findFrame, findMp3Music, type Mp3Music } from './find-frame.ts';
import type { MediaFile } from './media-file.ts';
import { findMp3Frame, readMp3Frame } from './mp3-frame.ts';

type Bytes = Pick<MediaFile, 'size' | 'bytesAt'>;

/** Read at once: a few seconds of music. */
const windowBytes = 256 * 1024;

/**
 * How many samples lie between two places of an MP3 file of varying bit rate. Where decoding from a
 * place begins is estimated there; so that a part that ends at a place and one that begins at it
 * agree, the frames between are counted.
 * @returns null: the places are exact, or the file is no MP3
 */
export async function countMp3Samples(
  file: Bytes,
  startSeconds: number,
  endSeconds: number,
): Promise<number | null> {
  const music = await findMp3Music(file);
  if (music === null) return null;
  const start = await enter(file, music, startSeconds);
  const end = await enter(file, music, endSeconds);
  if (start === null || end === null || (start.exact && end.exact)) return null;
  const { samples, sampleRate } = music.first;
  const between = (await countFrames(file, start.startByte, end.startByte)) * samples;
  const dropped = Math.round(startSeconds * sampleRate) - start.sample;
  const added = Math.round(endSeconds * sampleRate) - end.sample;
  return between - dropped + added;
}

/** Where decoding from a place begins. */
async function enter(file: Bytes, music: Mp3Music, seconds: number) {
  const from = entrySeconds(seconds);
  return from === null ? { startByte: music.at, sample: 0, exact: true } : findFrame(file, from);
}

/** Of the frames that begin in front of `to`; what is damaged between them is passed over. */
async function countFrames(file: Bytes, from: number, to: number): Promise<number> {
  let count = 0;
  for (let at = from; at < to;) {
    const bytes = await file.bytesAt(at, windowBytes);
    let next = 0;
    // Four bytes make a header. The next window begins where this one's last frame ends.
    while (next + 4 <= bytes.length && at + next < to) {
      const frame = readMp3Frame(bytes, next);
      const skipped = frame === null ? findMp3Frame(bytes.subarray(next + 1)) : 0;
      if (skipped === -1) return count;
      count += frame === null ? 0 : 1;
      next += frame === null ? skipped + 1 : frame.bytes;
    }
    if (next === 0) return count;
    at += next;
  }
  return count;
}

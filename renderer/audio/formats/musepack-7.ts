import type { BitReader } from './bit-reader.ts';
import { createBitReader } from './bit-reader.ts';
import { turnWords } from './data-view.ts';
import { frameSamples, openMusepack, sampleRates } from './musepack.ts';
import { forgetScales, readFrame } from './musepack-7-frame.ts';
import type { Bands } from './musepack-bands.ts';
import { bandCount } from './musepack-bands.ts';
import { synthesisDelay } from './musepack-synthesis.ts';
import type { PcmTrack } from './pcm-track.ts';
import { createTolerance } from './pcm-track.ts';
import type { Bytes } from './read-ahead.ts';

const headerBytes = 32;
/** Where the first frame begins. */
const headerBits = 200;
/** In front of each frame, its length in bits. */
const lengthBits = 20;
/** Behind the last frame, how many of its samples count. */
const lastFrameBits = 11;

/** Scales go on from frame to frame, and all have been said anew after so many. */
const runUpFrames = 32;

/**
 * Musepack of stream version 7, which has no index: a place is found by going from frame to frame.
 * @throws when its header can't be used
 */
export async function openMusepack7(file: Bytes, startByte: number): Promise<PcmTrack> {
  const header = await bitsAt(file, startByte, 32, headerBytes * 8 - 32);
  const totalFrames = header.read(32);
  header.skip(1);
  const mayBeMidSide = header.read(1) === 1;
  const bandsUsed = header.read(6) + 1;
  header.skip(4 + 2);
  const sampleRate = sampleRates[header.read(2)] ?? sampleRates[0];
  header.skip(16 + 64);
  const isExact = header.read(1) === 1;
  const lastSamples = header.read(11);
  const cut = isExact ? (frameSamples - lastSamples) % frameSamples : synthesisDelay;
  const mostFrames = Math.ceil((file.size * 8) / lengthBits);
  if (header.isOverrun() || bandsUsed > bandCount || cut < 0 || totalFrames > mostFrames) {
    throw new Error('The Musepack header makes no sense.');
  }

  async function* frames(bands: Bands, fromFrame: number) {
    const { attempt } = createTolerance();
    if (fromFrame > runUpFrames) forgetScales(bands);
    let place = headerBits;
    // What the filter bank holds back may lie in one more frame.
    for (let frame = 0; frame <= totalFrames; frame += 1) {
      const length = (await bitsAt(file, startByte, place, lengthBits)).read(lengthBits);
      const start = place + lengthBits;
      place = start + length + (frame === totalFrames - 1 ? lastFrameBits : 0);
      if (length === 0 || startByte * 8 + start + length > file.size * 8) return;
      if (frame < fromFrame - runUpFrames) continue;
      const bits = await bitsAt(file, startByte, start, length);
      const isRead = attempt(() => {
        readFrame(bits, bands, { bandsUsed, mayBeMidSide });
        return true;
      });
      yield isRead === null || frame < fromFrame ? null : frame;
    }
  }

  return openMusepack({
    sampleRate,
    channels: 2,
    totalSamples: totalFrames * frameSamples - cut,
    silentSamples: 0,
    frames,
  });
}

/** The bits of the stream from a place on: it lies in words of four bytes, the last byte first. */
async function bitsAt(
  file: Bytes,
  startByte: number,
  place: number,
  length: number,
): Promise<BitReader> {
  const firstWord = Math.floor(place / 32);
  const words = Math.ceil((place + length) / 32) - firstWord;
  const bytes = await file.bytesAt(startByte + 4 * firstWord, 4 * words);
  const bits = createBitReader(turnWords(bytes));
  bits.skip(place - 32 * firstWord);
  return bits;
}

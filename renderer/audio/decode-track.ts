import type { AudioSample } from 'mediabunny';
import {
  ADTS,
  AudioSampleSink,
  CustomSource,
  FLAC,
  Input,
  MATROSKA,
  MP3,
  MP4,
  OGG,
  WAVE,
  WEBM,
} from 'mediabunny';
import type { Block, Planes } from './decode-messages.ts';
import { createBlockBuilder } from './blocks.ts';
import type { MediaFile } from './media-file.ts';
import { readTrim, swallowedFrames } from './read-trim.ts';
import type { Resampler } from './resample.ts';
import { createResampler } from './resample.ts';
import type { Trim } from './trim.ts';

/** Files stay open while they play; what was read is not needed again. */
const cacheBytes = 4 * 1024 * 1024;

/** Decoders need some of what comes before a place to get it right; it is decoded and dropped. */
const runUpSeconds = 0.1;

/** Up to here a file is decoded from its first packet on, whose place on the time line is certain. */
const nearStartSeconds = 0.5;

/** A file that ends this much before its own tags say was cut off. */
const toleratedShortfallSeconds = 1;

/** The file ends before its own tags say. */
export class TruncatedFileError extends Error {}

/**
 * Decodes a file piece by piece, from a place in it to its end, at the context's rate. What the
 * encoder added at both ends is cut off. Memory stays the same however long the file is.
 * @throws TruncatedFileError after all blocks that could be had; others where decoding fails
 */
export async function* decodeTrack(
  file: MediaFile,
  startSeconds: number,
  sampleRate: number,
): AsyncGenerator<Block, void, void> {
  const builder = createBlockBuilder(sampleRate, Math.round(startSeconds * sampleRate));
  let resampler: Resampler | null = null;
  for await (const { planes, rate } of musicOf(file, startSeconds)) {
    if (rate !== sampleRate) resampler ??= createResampler(planes.length, rate, sampleRate);
    yield* builder.push(resampler === null ? planes : resampler.push(planes));
  }
  if (resampler !== null) yield* builder.push(resampler.finish());
  yield* builder.finish();
}

interface Piece {
  readonly planes: Planes;
  /** In hertz; the file's own. */
  readonly rate: number;
}

/** Frames are counted from the first one decoded (with an edit list: from time 0). */
interface Cursor {
  /** Of the sample that comes next. */
  readonly frame: number;
  readonly start: number;
  readonly end: number;
}

async function* musicOf(file: MediaFile, startSeconds: number): AsyncGenerator<Piece, void, void> {
  const source = new CustomSource({
    getSize: () => file.size,
    read: file.stream,
    maxCacheSize: cacheBytes,
    prefetchProfile: 'fileSystem',
    // Whoever waits for the bytes hears of it as well.
    handleUnhandledError: () => undefined,
  });
  const input = new Input({ source, formats: [MP3, FLAC, MP4, OGG, WAVE, ADTS, WEBM, MATROSKA] });
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw new Error('The file holds no sound.');
    if (!(await track.canDecode())) throw new Error('The codec is not known here.');
    const trim = await readTrim(file, input, track);
    const rate = await track.getSampleRate();

    let cursor: Cursor | null = null;
    const from = startSeconds < nearStartSeconds ? undefined : startSeconds - runUpSeconds;
    const swallowed = from === undefined ? null : await swallowedFrames(track, from);
    for await (const sample of new AudioSampleSink(track).samples(from)) {
      cursor ??= startCursor(sample, trim, rate, startSeconds, swallowed);
      const planes = cut(sample, cursor);
      cursor = { ...cursor, frame: cursor.frame + sample.numberOfFrames };
      sample.close();
      if (planes !== null) yield { planes, rate: sample.sampleRate };
      if (cursor.frame >= cursor.end) return;
    }
    const shortfall = cursor === null ? 0 : (cursor.end - cursor.frame) / rate;
    if (Number.isFinite(shortfall) && shortfall > toleratedShortfallSeconds) {
      throw new TruncatedFileError(`The file ends ${shortfall.toFixed(1)} s too soon.`);
    }
  } finally {
    input.dispose();
  }
}

/**
 * @param declaredRate by which the tags count: half of the decoded one with HE-AAC
 * @param swallowed null: the sample is the file's first
 */
function startCursor(
  sample: AudioSample,
  trim: Trim,
  declaredRate: number,
  startSeconds: number,
  swallowed: number | null,
): Cursor {
  const { sampleRate } = sample;
  const scale = sampleRate / declaredRate;
  const time = Math.round(sample.timestamp * sampleRate);
  const skip = trim.skipFrames * scale;
  return {
    // Some files begin at a time over 0: their first frame is the first all the same.
    frame: swallowed === null ? Math.min(0, time) : time + swallowed,
    start: skip + Math.round(startSeconds * sampleRate),
    end: trim.totalFrames === null ? Infinity : skip + trim.totalFrames * scale,
  };
}

/** The sample's frames between the cursor's start and end; null when there are none. */
function cut(sample: AudioSample, { frame, start, end }: Cursor): Planes | null {
  const frameOffset = Math.max(0, start - frame);
  const frameCount = Math.min(sample.numberOfFrames, end - frame) - frameOffset;
  if (frameCount <= 0) return null;
  return Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(frameCount);
    sample.copyTo(plane, { planeIndex, format: 'f32-planar', frameOffset, frameCount });
    return plane;
  });
}

import type { AudioSample, InputAudioTrack } from 'mediabunny';
import { AudioSampleSink } from 'mediabunny';
import type { FilePart } from '../../../shared/track-sound.ts';
import { openPcm } from '../formats/open-pcm.ts';
import type { PcmTrack } from '../formats/pcm-track.ts';
import { framesFrom } from '../formats/pcm-track.ts';
import { createBlockBuilder } from './blocks.ts';
import type { Block, Planes, StreamRequest } from './decode-messages.ts';
import { type Piece, upTo } from './file-part.ts';
import { entrySeconds, findFrame } from './find-frame.ts';
import { foldChannels } from './fold-channels.ts';
import type { MediaFile } from './media-file.ts';
import { countMp3Samples } from './mp3-part.ts';
import { openInput } from './open-input.ts';
import { readTrim, swallowedFrames } from './read-trim.ts';
import { pastDamage } from './past-damage.ts';
import type { Resampler } from './resample.ts';
import { createResampler } from './resample.ts';
import { complainOfShortfall } from './shortfall.ts';
import type { Stretcher } from './stretch.ts';
import { createStretcher } from './stretch.ts';
import type { Trim } from './trim.ts';

/**
 * Decodes a track piece by piece, from a place in it to another or to its end, at the context's
 * rate. What the encoder added at both ends is cut off. Memory stays the same however long the file is.
 * @throws TruncatedFileError after all blocks that could be had; others where decoding fails
 */
export async function* decodeTrack(
  file: MediaFile,
  request: StreamRequest,
): AsyncGenerator<Block, void, void> {
  const { startSeconds, endSeconds, sampleRate, speed } = request;
  const startFrame = Math.round(startSeconds * sampleRate);
  const builder = createBlockBuilder(sampleRate, startFrame, speed);
  const frames = endSeconds === null ? Infinity : Math.round(endSeconds * sampleRate) - startFrame;
  const music =
    speed === 1 ? atMost(atContextRate(file, request), frames) : stretched(file, request, frames);
  for await (const planes of music) yield* builder.push(planes);
  yield* builder.finish();
}

/** In the middle of music a stretcher overshoots at first: it hears this much of what comes before. */
const stretchRunUpSeconds = 0.15;

/** @param frames of the track, from where the request starts on */
async function* stretched(
  file: MediaFile,
  request: StreamRequest,
  frames: number,
): AsyncGenerator<Planes, void, void> {
  const { sampleRate, speed } = request;
  const runUpSeconds = Math.min(request.startSeconds, stretchRunUpSeconds);
  const startSeconds = request.startSeconds - runUpSeconds;
  const runUpFrames = Math.round(runUpSeconds * sampleRate);
  let dropped = Math.round(runUpFrames / speed);
  let stretcher: Stretcher | null = null;
  const music = atContextRate(file, { ...request, startSeconds });
  for await (const planes of atMost(music, runUpFrames + frames)) {
    stretcher ??= await createStretcher(planes.length, sampleRate, speed);
    const longer = stretcher.push(planes);
    yield longer.map((plane) => plane.subarray(dropped));
    dropped = Math.max(0, dropped - (longer[0]?.length ?? 0));
  }
  if (stretcher !== null) yield stretcher.finish().map((plane) => plane.subarray(dropped));
}

async function* atMost(
  music: AsyncIterable<Planes>,
  frames: number,
): AsyncGenerator<Planes, void, void> {
  let left = frames;
  for await (const planes of music) {
    yield left === Infinity ? planes : planes.map((plane) => plane.subarray(0, left));
    left -= planes[0]?.length ?? 0;
    if (left <= 0) return;
  }
}

async function* atContextRate(
  file: MediaFile,
  { part, startSeconds, sampleRate }: StreamRequest,
): AsyncGenerator<Planes, void, void> {
  let resampler: Resampler | null = null;
  for await (const { planes: own, rate } of musicOf(file, part, startSeconds)) {
    const planes = foldChannels(own);
    if (rate !== sampleRate) resampler ??= createResampler(planes.length, rate, sampleRate);
    yield resampler === null ? planes : resampler.push(planes);
  }
  if (resampler !== null) yield resampler.finish();
}

/**
 * The music's own frames from a place in the track on, at the file's own rate: for measuring.
 * @param part where in the file the track lies; null: all of it
 */
export async function* musicOf(
  file: MediaFile,
  part: FilePart | null,
  startSeconds: number,
): AsyncGenerator<Piece, void, void> {
  const from = (part?.startSeconds ?? 0) + startSeconds;
  const pieces = pastDamage((seconds) => musicFrom(file, seconds), from);
  const to = part?.endSeconds ?? null;
  if (to === null) yield* pieces;
  else yield* upTo(pieces, from, to, () => countMp3Samples(file, from, to));
}

/** From a place in the file to its end. */
async function* musicFrom(
  file: MediaFile,
  startSeconds: number,
): AsyncGenerator<Piece, void, void> {
  const pcm = await openPcm(file);
  if (pcm !== null) {
    yield* ownPieces(pcm, startSeconds);
    return;
  }
  const from = entrySeconds(startSeconds);
  const entry = from === null ? null : await findFrame(file, from);
  const input = openInput(file, entry);
  try {
    const track = await input.getPrimaryAudioTrack();
    if (track === null) throw new Error('The file holds no sound.');
    if ((await track.getInternalCodecId()) === 'alac') {
      const { openAlac } = await import('../formats/alac.ts');
      yield* ownPieces(await openAlac(file, track), startSeconds);
      return;
    }
    if (!(await track.canDecode())) throw new Error('The codec is not known here.');
    const trim = await readTrim(file, input, track);
    if (entry !== null) {
      const first = { decodeFrom: undefined, frameOf: () => entry.sample };
      if (entry.exact) yield* cutPieces(track, trim, startSeconds, first);
      else
        yield* withoutLast(cutPieces(track, endless(trim), startSeconds, first), trim.tailFrames);
    } else if (from !== null) {
      const swallowed = await swallowedFrames(track, from);
      const frameOf = (time: number) => time + swallowed;
      yield* cutPieces(track, trim, startSeconds, { decodeFrom: from, frameOf });
    } else {
      // Some files begin at a time over 0: their first frame is the first all the same.
      const frameOf = (time: number) => Math.min(0, time);
      yield* cutPieces(track, trim, startSeconds, { decodeFrom: undefined, frameOf });
    }
  } finally {
    input.dispose();
  }
}

/** Of a format with a decoder of our own. */
async function* ownPieces(
  track: PcmTrack,
  startSeconds: number,
): AsyncGenerator<Piece, void, void> {
  const { sampleRate: rate, totalFrames } = track;
  const start = Math.round(startSeconds * rate);
  let missingFrames = (totalFrames ?? start) - start;
  for await (const planes of framesFrom(track, start)) {
    yield { planes, rate };
    missingFrames -= planes[0]?.length ?? 0;
  }
  complainOfShortfall(Math.abs(missingFrames) / rate);
}

interface FirstSample {
  /** Seconds; undefined: where the input begins. */
  readonly decodeFrom: number | undefined;
  /** Its place among all decoded frames of the file, by the frame that its time says. */
  readonly frameOf: (timeFrame: number) => number;
}

/** Decodes, and drops what lies in front of the place and outside of the music. */
async function* cutPieces(
  track: InputAudioTrack,
  trim: Trim,
  startSeconds: number,
  first: FirstSample,
): AsyncGenerator<Piece, void, void> {
  const declaredRate = await track.getSampleRate();
  let nextFrame: number | null = null;
  let missingSeconds = Math.abs((trim.totalFrames ?? Infinity) / declaredRate - startSeconds);
  for await (const sample of new AudioSampleSink(track).samples(first.decodeFrom)) {
    const { sampleRate: rate, numberOfFrames } = sample;
    // HE-AAC decodes to twice the rate that its tags count by.
    const scale = rate / declaredRate;
    const start = trim.skipFrames * scale + Math.round(startSeconds * rate);
    const end = (trim.skipFrames + (trim.totalFrames ?? Infinity)) * scale;
    nextFrame ??= first.frameOf(Math.round(sample.timestamp * rate));
    const planes = copyFrames(sample, start - nextFrame, end - nextFrame);
    sample.close();
    if (planes !== null) yield { planes, rate };
    nextFrame += numberOfFrames;
    if (nextFrame >= end) return;
    missingSeconds = (end - nextFrame) / rate;
  }
  complainOfShortfall(missingSeconds);
}

/** All that follow a place which is not known exactly: the end can't be found by counting. */
function endless(trim: Trim): Trim {
  return { ...trim, totalFrames: null };
}

/** Passes on all but the last frames, by holding so many back. */
async function* withoutLast(
  pieces: AsyncIterable<Piece>,
  frames: number,
): AsyncGenerator<Piece, void, void> {
  const held: Piece[] = [];
  let heldFrames = 0;
  for await (const piece of pieces) {
    held.push(piece);
    heldFrames += framesOf(piece);
    while (held[0] !== undefined && heldFrames - framesOf(held[0]) >= frames) {
      heldFrames -= framesOf(held[0]);
      yield held[0];
      held.shift();
    }
  }
  const [last] = held;
  if (last === undefined || heldFrames <= frames) return;
  const planes = last.planes.map((plane) => plane.subarray(0, heldFrames - frames));
  yield { ...last, planes };
}

function framesOf({ planes }: Piece): number {
  return planes[0]?.length ?? 0;
}

/** The sample's frames between two places, counted from its own first; null when there are none. */
function copyFrames(sample: AudioSample, from: number, to: number): Planes | null {
  const frameOffset = Math.max(0, from);
  const frameCount = Math.min(sample.numberOfFrames, to) - frameOffset;
  if (frameCount <= 0) return null;
  return Array.from({ length: sample.numberOfChannels }, (_, planeIndex) => {
    const plane = new Float32Array(frameCount);
    sample.copyTo(plane, { planeIndex, format: 'f32-planar', frameOffset, frameCount });
    return plane;
  });
}

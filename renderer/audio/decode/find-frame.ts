import type { FlacFrame, FlacStream } from './flac-frame.ts';
import { readFlacFrame, readFlacStream } from './flac-frame.ts';
import type { MediaFile } from './media-file.ts';
import type { Mp3Frame } from './mp3-frame.ts';
import { findMp3Frame, id3Length, readMp3Frame } from './mp3-frame.ts';
import type { XingHeader } from './xing-header.ts';
import { readXingHeader } from './xing-header.ts';

type Bytes = Pick<MediaFile, 'size' | 'bytesAt'>;

/** A frame in the middle of a file from which it can be read as if it began there. */
export interface Entry {
  /** What a reader needs to see in front of it, possibly nothing. */
  readonly head: Uint8Array;
  readonly startByte: number;
  /** First sample of the frame, counted from the file's first. */
  readonly sample: number;
  /** False: the place was estimated, and counting to the track's end would miss it. */
  readonly exact: boolean;
}

/** Decoders need some of what comes before a place to get it right; it is decoded and dropped. */
const runUpSeconds = 0.1;

/** Up to here a file is decoded from its first packet on, whose place on the time line is certain. */
const nearStartSeconds = 0.5;

/** Read at once while searching: several frames of either format. */
const windowBytes = 128 * 1024;

/** Junk between the tags and the first frame of an MP3 file is skipped so far. */
const junkBytes = 16 * 1024;

/** So near in front of the place is near enough: the rest is decoded and dropped. */
const nearSeconds = 0.5;

/** Interpolation lands after two or three steps; a file that needs more is read from its start. */
const mostSteps = 12;

/**
 * A frame a little before a place in an MP3 or FLAC file. These formats have no index, and reading
 * every frame up to there takes seconds in a long file. Null: read the file the ordinary way.
 */
export async function findFrame(file: Bytes, seconds: number): Promise<Entry | null> {
  const stream = await openFlac(file);
  return stream === null ? findInMp3(file, seconds) : findInFlac(file, stream, seconds);
}

/** The first MPEG frame, a Xing header as a rule; no bytes when none is near the start. */
export async function findMp3Start(
  file: Bytes,
): Promise<{ readonly at: number; readonly bytes: Uint8Array }> {
  const start = await skipId3(file);
  const bytes = await file.bytesAt(start, junkBytes);
  const at = findMp3Frame(bytes);
  return { at: start + at, bytes: at === -1 ? new Uint8Array() : bytes.subarray(at) };
}

/** Where a file is to be entered to decode from a place on; null: at its first packet. */
export function entrySeconds(startSeconds: number): number | null {
  return startSeconds < nearStartSeconds ? null : startSeconds - runUpSeconds;
}

/** Where the music's own frames begin, behind a Xing header. */
export interface Mp3Music {
  readonly at: number;
  readonly first: Mp3Frame;
  readonly xing: XingHeader | null;
  /** Of the stream, from where the first frame of all begins. */
  readonly streamAt: number;
}

/** Null when it is no MP3 file. */
export async function findMp3Music(file: Bytes): Promise<Mp3Music | null> {
  const start = await findMp3Start(file);
  const header = readMp3Frame(start.bytes, 0);
  if (header === null) return null;
  const xing = readXingHeader(start.bytes);
  const at = start.at + (xing === null ? 0 : header.bytes);
  const first = readMp3Frame(await file.bytesAt(at, 4), 0);
  return first === null ? null : { at, first, xing, streamAt: start.at };
}

async function findInMp3(file: Bytes, seconds: number): Promise<Entry | null> {
  const found = await findMp3Music(file);
  if (found === null) return null;
  const { at: music, first, xing, streamAt } = found;

  const streamBytes = xing?.bytes ?? file.size - streamAt;
  const totalFrames = xing?.frames ?? (file.size - music) / first.averageBytes;
  const frameBytes = (streamAt + streamBytes - music) / totalFrames;
  const frame = Math.floor((seconds * first.sampleRate) / first.samples);
  const exact = xing?.constantRate === true && xing.bytes !== null && xing.frames !== null;
  const table = exact ? null : (xing?.seekTable ?? null);
  const guess =
    table === null
      ? music + frame * frameBytes
      : streamAt + tableShare(table, frame / totalFrames) * streamBytes;

  const from = Math.max(music, Math.floor(guess) - 1);
  const offset = findMp3Frame(await file.bytesAt(from, windowBytes));
  if (offset === -1) return null;
  const startByte = from + offset;
  const reached = exact ? Math.round((startByte - music) / frameBytes) : frame;
  return { head: new Uint8Array(), startByte, sample: reached * first.samples, exact };
}

/** Which part of the bytes lies before this part of the time, by a Xing seek table. */
function tableShare(table: Uint8Array, timeShare: number): number {
  const place = Math.min(99.99, timeShare * 100);
  const index = Math.floor(place);
  const before = table[index] ?? 0;
  const after = table[index + 1] ?? 256;
  return (before + (after - before) * (place - index)) / 256;
}

interface Place {
  readonly byte: number;
  readonly sample: number;
}

/** By interpolation between frames that are known, as a rule in one to three steps. */
async function findInFlac(file: Bytes, stream: FlacStream, seconds: number): Promise<Entry | null> {
  const target = Math.floor(seconds * stream.sampleRate);
  const near = nearSeconds * stream.sampleRate;
  let low: Place = { byte: stream.firstFrameAt, sample: 0 };
  let high: Place = { byte: file.size, sample: stream.totalSamples };
  for (let step = 0; step < mostSteps && target < high.sample; step += 1) {
    const share = (target - low.sample) / (high.sample - low.sample);
    const middle = Math.floor(low.byte + share * (high.byte - low.byte));
    const from = Math.max(low.byte, middle - windowBytes / 2);
    const frames = await flacFrames(file, from, stream);
    const [first] = frames;
    const best = frames.findLast(({ sample }) => sample <= target);
    if (first === undefined) return null;
    if (best === undefined) {
      if (from === low.byte || from >= high.byte) return null;
      high = { byte: from, sample: first.sample };
    } else if (best !== frames.at(-1) || target - best.sample <= near) {
      return { head: stream.head, startByte: best.byte, sample: best.sample, exact: true };
    } else {
      if (best.byte <= low.byte) return null;
      low = best;
    }
  }
  return null;
}

/** The frames from a place on that follow, or are followed by, their true neighbours. */
async function flacFrames(file: Bytes, from: number, stream: FlacStream): Promise<Place[]> {
  const bytes = await file.bytesAt(from, windowBytes);
  const seen: (FlacFrame & Place)[] = [];
  const sure = new Set<FlacFrame & Place>();
  for (let at = bytes.indexOf(0xff); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const header = readFlacFrame(bytes, at, stream);
    if (header === null) continue;
    const frame = { ...header, byte: from + at };
    const before = seen.find(({ sample, samples }) => sample + samples === frame.sample);
    seen.push(frame);
    if (before !== undefined) sure.add(before).add(frame);
  }
  return seen.filter((frame) => sure.has(frame));
}

/** Null when it is not FLAC, or its header is not usable. */
async function openFlac(file: Bytes): Promise<FlacStream | null> {
  let at = await skipId3(file);
  if (String.fromCharCode(...(await file.bytesAt(at, 4))) !== 'fLaC') return null;
  at += 4;
  let info: Uint8Array = new Uint8Array();
  for (let last = false; !last;) {
    const [kind = 0x80, high = 0, middle = 0, low = 0] = await file.bytesAt(at, 4);
    const length = (high << 16) | (middle << 8) | low;
    if ((kind & 0x7f) === 0) info = await file.bytesAt(at + 4, length);
    last = (kind & 0x80) !== 0;
    at += 4 + length;
  }
  return readFlacStream(info, at);
}

/** Where the music's container starts: some files wear several tags in a row. */
async function skipId3(file: Bytes): Promise<number> {
  let at = 0;
  for (let length = -1, tags = 0; length !== 0 && tags < 8; tags += 1) {
    length = id3Length(await file.bytesAt(at, 10), 0);
    at += length;
  }
  return at;
}

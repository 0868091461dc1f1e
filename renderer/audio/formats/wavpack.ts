import { decoder as createDecoder } from '@audio/decode-wavpack';
import type { Planes } from '../decode/decode-messages.ts';
import type { PcmTrack, Run } from './pcm-track.ts';
import { createTolerance } from './pcm-track.ts';
import type { Bytes } from './read-ahead.ts';
import type { WavpackBlock } from './wavpack-block.ts';
import { readWavpackBlock, wavpackHeaderBytes } from './wavpack-block.ts';

/** Where no block follows, one is looked for so far: longer than any honest block. */
const searchBytes = 1024 * 1024;

/** Interpolation lands after a few steps. */
const mostSteps = 16;

/** So near in front of a place is near enough: the rest is decoded and dropped. */
const nearSeconds = 1;

/** Each channel or pair of channels has a block of its own. */
const mostBlocksOfPlace = 16;

/** All blocks of one place. */
interface Group {
  readonly startByte: number;
  readonly endByte: number;
  readonly first: WavpackBlock;
}

/**
 * WavPack, lossless and hybrid, of whole or floating numbers, also of one bit.
 * @throws when its first block can't be decoded
 */
export async function openWavpack(file: Bytes, startByte: number): Promise<PcmTrack> {
  const first = await firstGroup(file, startByte);
  const sampleRate = await rateOf(await bytesOf(file, first));

  async function* decodeFrom(frame: number): AsyncGenerator<Run, void, void> {
    const { attempt } = createTolerance();
    let decoder = await createDecoder();
    try {
      let group: Group | null = await groupBefore(file, first, frame, nearSeconds * sampleRate);
      while (group !== null) {
        const bytes = await bytesOf(file, group);
        const decoded = attempt(() => decoder.decode(bytes));
        if (decoded === null) {
          decoder.free();
          decoder = await createDecoder();
        } else {
          const { firstFrame } = group.first;
          yield { firstFrame, planes: exactPlanes(decoded.channelData, group.first) };
        }
        group = await nextGroup(file, group.endByte);
      }
    } finally {
      decoder.free();
    }
  }

  return { sampleRate, totalFrames: first.first.totalFrames, decodeFrom };
}

async function firstGroup(file: Bytes, startByte: number): Promise<Group> {
  const first = await nextGroup(file, startByte);
  if (first === null) throw new Error('The file holds no WavPack block.');
  return first;
}

async function rateOf(bytes: Uint8Array): Promise<number> {
  const decoder = await createDecoder();
  try {
    const { sampleRate } = decoder.decode(bytes);
    if (sampleRate < 1) throw new Error('The first WavPack block can’t be decoded.');
    return sampleRate;
  } finally {
    decoder.free();
  }
}

/**
 * The decoder divides what is above 0 by the greatest value and not by the next power of two, as
 * all others do: so the whole numbers are made again, and divided as those of other formats.
 */
function exactPlanes(planes: readonly Float32Array[], { kind, ...block }: WavpackBlock): Planes {
  if (kind !== 'whole numbers') return planes.map((plane) => new Float32Array(plane));
  const lowest = 2 ** (block.sampleBits - 1);
  const full = 2 ** (8 * block.sampleBytes - 1);
  return planes.map((plane) =>
    Float32Array.from(
      plane,
      (value) => Math.round(value * (value < 0 ? lowest : lowest - 1)) / full,
    ),
  );
}

/** The last group that begins at or before the frame, or one not long before it. */
async function groupBefore(
  file: Bytes,
  first: Group,
  frame: number,
  nearFrames: number,
): Promise<Group> {
  let low: Group = first;
  let high = { byte: file.size, frame: first.first.totalFrames ?? Infinity };
  for (let step = 0; step < mostSteps && frame - low.first.firstFrame > nearFrames; step += 1) {
    const share = Number.isFinite(high.frame)
      ? (frame - nearFrames / 2 - low.first.firstFrame) / (high.frame - low.first.firstFrame)
      : 0.5;
    const guess = low.endByte + Math.floor(share * (high.byte - low.endByte));
    const found = guess < high.byte ? await nextGroup(file, guess) : null;
    if (found === null || found.first.firstFrame > frame) {
      high = { byte: guess, frame: found?.first.firstFrame ?? high.frame };
    } else if (found.startByte > low.startByte) low = found;
    else break;
  }
  return low;
}

/** The first whole group at or behind a place; null: none is near. */
async function nextGroup(file: Bytes, from: number): Promise<Group | null> {
  let startByte = await findBlock(file, from);
  while (startByte !== null) {
    const group = await readGroup(file, startByte);
    if (group !== null) return group;
    startByte = await findBlock(file, startByte + 1);
  }
  return null;
}

async function readGroup(file: Bytes, startByte: number): Promise<Group | null> {
  let first: WavpackBlock | null = null;
  let at = startByte;
  for (let count = 0; count < mostBlocksOfPlace; count += 1) {
    const block = readWavpackBlock(await file.bytesAt(at, wavpackHeaderBytes), 0);
    if (block === null || at + block.bytes > file.size) return null;
    first ??= block;
    if (block.firstFrame !== first.firstFrame || !first.isFirstOfPlace || first.frames === 0) {
      return null;
    }
    at += block.bytes;
    if (block.isLastOfPlace) return { startByte, endByte: at, first };
  }
  return null;
}

async function findBlock(file: Bytes, from: number): Promise<number | null> {
  if (readWavpackBlock(await file.bytesAt(from, wavpackHeaderBytes), 0) !== null) return from;
  const bytes = await file.bytesAt(from, searchBytes);
  for (let at = bytes.indexOf(0x77); at !== -1; at = bytes.indexOf(0x77, at + 1)) {
    if (readWavpackBlock(bytes, at) !== null) return from + at;
  }
  return null;
}

function bytesOf(file: Bytes, { startByte, endByte }: Group): Promise<Uint8Array> {
  return file.bytesAt(startByte, endByte - startByte);
}

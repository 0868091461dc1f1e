import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFrame } from '../../../../../renderer/audio/decode/find-frame.ts';
import { readMp3Frame } from '../../../../../renderer/audio/decode/mp3-frame.ts';
import { bytesFile } from '../../../../support/file-bytes.ts';
import { signalRate } from '../../../../support/join-signal.ts';

const joins = new URL('../../../../fixtures/joins/', import.meta.url);
const place = fc.double({ min: 0.5, max: 4.9, noNaN: true });

describe('a place in a FLAC file', () => {
  it('is entered at a frame at most half a second in front of it', async () => {
    const bytes = await readFile(new URL('a.flac', joins));
    const file = bytesFile(bytes);
    await fc.assert(
      fc.asyncProperty(place, async (seconds) => {
        const entry = await findFrame(file, seconds);
        if (entry === null) throw new Error('nothing found');
        const early = seconds - entry.sample / signalRate;
        expect(early).toBeGreaterThanOrEqual(0);
        expect(early).toBeLessThan(0.5 + 1 / signalRate);
        expect(entry.exact).toBe(true);
        // A frame of 4096 samples says which one it is in the byte behind its first four.
        expect(bytes.readUInt16BE(entry.startByte)).toBe(0xfff8);
        expect(bytes[entry.startByte + 4]).toBe(entry.sample / 4096);
      }),
    );
  });
});

describe('a place in a FLAC file of frames of any size', () => {
  it('is entered at the last frame in front of it, or half a second before it at most', async () => {
    await fc.assert(
      fc.asyncProperty(
        flacShape,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (shape, share) => {
          const { bytes, frames, samples } = flacOf(shape);
          const target = Math.floor(share * (samples - 1));
          const entry = await findFrame(bytesFile(bytes), target / signalRate);
          if (entry === null) throw new Error('nothing found');
          const { startByte, sample } = entry;
          expect(frames).toContainEqual({ startByte, sample });
          expect(sample).toBeLessThanOrEqual(target);
          const last = frames.findLast((frame) => frame.sample <= target)?.sample ?? 0;
          expect(sample === last || target - sample <= signalRate / 2).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is entered at a true frame in front of it, or not at all, where bytes are damaged', async () => {
    const damages = fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        bytes: fc.integer({ min: 1, max: 300_000 }),
      }),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(
        flacShape,
        damages,
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (shape, done, share) => {
          const { bytes, frames, samples } = flacOf(shape);
          for (const { at, bytes: length } of done) {
            const music = frames[0]?.startByte ?? 0;
            const from = music + Math.floor(at * (bytes.length - music));
            bytes.fill(0, from, Math.min(from + length, bytes.length));
          }
          const target = Math.floor(share * (samples - 1));
          const entry = await findFrame(bytesFile(bytes), target / signalRate);
          if (entry === null) return;
          const { startByte, sample } = entry;
          expect(frames).toContainEqual({ startByte, sample });
          expect(sample).toBeLessThanOrEqual(target);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a place in an MP3 file of constant bit rate', () => {
  it('is entered at the frame that holds it, counted exactly', async () => {
    const bytes = await readFile(new URL('a.cbr.mp3', joins));
    const starts = frameStarts(bytes);
    await fc.assert(
      fc.asyncProperty(place, async (seconds) => {
        const entry = await findFrame(bytesFile(bytes), seconds);
        // The first frame is the Xing header.
        const frame = starts.indexOf(entry?.startByte ?? -1) - 1;
        expect(entry).toMatchObject({ sample: frame * 1152, exact: true });
        expect(Math.abs(frame * 1152 - seconds * signalRate)).toBeLessThanOrEqual(1152);
      }),
    );
  });
});

describe('a place in an MP3 file of varying bit rate', () => {
  it('is entered at a true frame, near by the seek table', async () => {
    const bytes = await readFile(new URL('a.mp3', joins));
    const starts = frameStarts(bytes);
    await fc.assert(
      fc.asyncProperty(place, async (seconds) => {
        const entry = await findFrame(bytesFile(bytes), seconds);
        const frame = starts.indexOf(entry?.startByte ?? -1) - 1;
        expect(frame).toBeGreaterThanOrEqual(0);
        expect(entry?.exact).toBe(false);
        expect(Math.abs(frame * 1152 - seconds * signalRate)).toBeLessThan(signalRate / 4);
      }),
    );
  });
});

describe('a file of another or of no format', () => {
  it('is left to the ordinary way', async () => {
    for (const name of ['a.m4a', 'a.ogg', 'a.opus']) {
      const file = bytesFile(await readFile(new URL(name, joins)));
      expect(await findFrame(file, 3)).toBeNull();
    }
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 20_000 }), place, async (bytes, seconds) => {
        expect(await findFrame(bytesFile(bytes), seconds)).toBeNull();
      }),
    );
  });

  it('ends the search in a FLAC file that was cut off or damaged', async () => {
    const bytes = await readFile(new URL('a.flac', joins));
    const damage = fc.record({
      at: fc.integer({ min: 8, max: bytes.length - 1 }),
      with: fc.uint8Array({ minLength: 1, maxLength: 2000 }),
      length: fc.integer({ min: 42, max: bytes.length }),
    });
    await fc.assert(
      fc.asyncProperty(damage, place, async (done, seconds) => {
        const damaged = Buffer.from(bytes);
        damaged.set(done.with.subarray(0, damaged.length - done.at), done.at);
        const entry = await findFrame(bytesFile(damaged.subarray(0, done.length)), seconds);
        if (entry !== null) expect(entry.sample).toBeLessThanOrEqual(seconds * 655_350);
      }),
    );
  });
});

interface FlacShape {
  readonly blockSamples: 576 | 1152 | 4096;
  readonly frames: number;
  /** Of the whole file, frame for frame in turn, so that quiet and loud parts follow each other. */
  readonly frameBytes: readonly number[];
  readonly pictureBytes: number;
  readonly seed: number;
}

const flacShape: fc.Arbitrary<FlacShape> = fc.record({
  blockSamples: fc.constantFrom(576, 1152, 4096),
  frames: fc.integer({ min: 2, max: 600 }),
  frameBytes: fc.array(fc.integer({ min: 20, max: 14_000 }), { minLength: 1, maxLength: 6 }),
  pictureBytes: fc.constantFrom(0, 1000, 300_000),
  seed: fc.nat(),
});

/** What a search sees of such a file: headers that are right, and bytes between them that look alike. */
function flacOf({ blockSamples, frames: count, frameBytes, pictureBytes, seed }: FlacShape) {
  const samples = count * blockSamples;
  const info = Buffer.alloc(34);
  info.writeUInt16BE(blockSamples, 0);
  info.writeUInt16BE(blockSamples, 2);
  info.writeUInt32BE(((signalRate << 12) | (1 << 9)) >>> 0, 10);
  info.writeUInt32BE(samples, 14);
  const parts = [Buffer.from('fLaC'), Buffer.of(0, 0, 0, 34), info];
  parts.push(Buffer.of(0x86, pictureBytes >> 16, (pictureBytes >> 8) & 255, pictureBytes & 255));
  parts.push(Buffer.alloc(pictureBytes, 0xff));
  let at = parts.reduce((sum, part) => sum + part.length, 0);
  let noise = seed;
  const frames: { startByte: number; sample: number }[] = [];
  for (let frame = 0; frame < count; frame += 1) {
    // A third of the file with each size.
    const size = frameBytes[Math.floor((frame * frameBytes.length) / count)] ?? 20;
    const bytes = Buffer.alloc(size);
    for (let place = 0; place < size; place += 1) {
      noise = (Math.imul(noise, 1_664_525) + 1_013_904_223) >>> 0;
      bytes[place] = noise >>> 24;
    }
    const header = flacHeader(blockSamples, frame);
    bytes.set(header);
    // What only happens to look like the header of some frame.
    if (size > 40) bytes.set(flacHeader(blockSamples, count + (noise % 50_000)), 20);
    parts.push(bytes);
    frames.push({ startByte: at, sample: frame * blockSamples });
    at += size;
  }
  return { bytes: Buffer.concat(parts), frames, samples };
}

/** @see https://www.rfc-editor.org/rfc/rfc9639.html#section-9.1 */
function flacHeader(blockSamples: FlacShape['blockSamples'], frame: number): Uint8Array {
  const sizeCode = { 576: 2, 1152: 3, 4096: 12 }[blockSamples];
  // Numbers are written as UTF-8 writes characters; none here is of those that are no characters.
  const header = [
    0xff,
    0xf8,
    (sizeCode << 4) | 9,
    0x18,
    ...Buffer.from(String.fromCodePoint(frame)),
  ];
  return Uint8Array.of(...header, checksumOf(header));
}

/** CRC-8 with the polynomial x⁸ + x² + x + 1. */
function checksumOf(bytes: readonly number[]): number {
  return bytes.reduce((before, byte) => {
    let crc = before ^ byte;
    for (let bit = 0; bit < 8; bit += 1) crc = ((crc << 1) ^ (crc & 0x80 ? 0x107 : 0)) & 0x1ff;
    return crc & 0xff;
  }, 0);
}

/** Walks from the first frame to the last, each where the one before it ends. */
function frameStarts(bytes: Uint8Array): number[] {
  const starts: number[] = [];
  for (let at = 0, frame = readMp3Frame(bytes, 0); frame !== null;) {
    starts.push(at);
    at += frame.bytes;
    frame = readMp3Frame(bytes, at);
  }
  return starts;
}

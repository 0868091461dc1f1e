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

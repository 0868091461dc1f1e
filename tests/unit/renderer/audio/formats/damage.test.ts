import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openPcm } from '../../../../../renderer/audio/formats/open-pcm.ts';
import { decodeBytes, fixture } from '../../../../support/decode-file.ts';
import { dff, dsf } from '../../../../support/dsd-files.ts';
import { bytesFile } from '../../../../support/file-bytes.ts';
import { pcmWav } from '../../../../support/format-signal.ts';

const oneBit = [new Uint8Array(30_000).fill(0x69), new Uint8Array(30_000).fill(0x96)];

const files: readonly (readonly [string, () => Promise<Buffer>])[] = [
  ...['b.m4a', 'b.wv', 'b.ape', 'b.3.ape', 'a.mpc', 'a.7.mpc', 'a.wma'].map(
    (name) => [name, () => fixture(name)] as const,
  ),
  ['dsf', () => Promise.resolve(dsf(oneBit))],
  ['dff', () => Promise.resolve(dff(oneBit))],
];

/** Longer than any of the whole files: what a forged length must not lead to. */
const mostFrames = 3_000_000;

describe('a damaged file', () => {
  for (const [name, read] of files) {
    it(`ends, with an error or without, and never hangs: ${name}`, async () => {
      const whole = await read();
      const damage = fc.record({
        length: fc.integer({ min: 0, max: whole.length }),
        flips: fc.array(
          fc.record({
            // Headers are hit more often than by chance.
            at: fc.oneof(fc.nat(whole.length - 1), fc.nat(200)),
            by: fc.integer({ min: 1, max: 255 }),
          }),
          { maxLength: 6 },
        ),
        startSeconds: fc.constantFrom(0, 0.3),
      });
      await fc.assert(
        fc.asyncProperty(damage, async ({ length, flips, startSeconds }) => {
          const bytes = Buffer.from(whole);
          for (const { at, by } of flips) bytes[at] = (bytes[at] ?? 0) ^ by;
          const planes = await decodeBytes(bytes.subarray(0, length), startSeconds).then(
            (decoded) => decoded.planes,
            (error: unknown) => {
              expect(error).toBeInstanceOf(Error);
              return [];
            },
          );
          for (const plane of planes) expect(plane.length).toBeLessThan(mostFrames);
        }),
        { numRuns: 25 },
      );
    });
  }
});

describe('a file of another format', () => {
  it('is none of ours, whatever its name', async () => {
    const wav = pcmWav([new Int32Array(100)]);
    expect(await openPcm(bytesFile(wav))).toBeNull();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await openPcm(bytesFile(bytes))).toBeNull();
      }),
    );
  });
});

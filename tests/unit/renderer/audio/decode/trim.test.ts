import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { findMp3Start } from '../../../../../renderer/audio/decode/find-frame.ts';
import { readItunesTrim, readLameTrim } from '../../../../../renderer/audio/decode/trim.ts';
import { bytesFile } from '../../../../support/file-bytes.ts';
import { cutFrame, joinSignal } from '../../../../support/join-signal.ts';

const joins = new URL('../../../../fixtures/joins/', import.meta.url);
const lengths = { a: cutFrame, b: joinSignal().length - cutFrame };

describe('the LAME extension', () => {
  it.each(['a', 'b'] as const)(
    'says exactly how long %s was before it was encoded',
    async (part) => {
      for (const ending of ['mp3', 'cbr.mp3']) {
        const file = await readFile(new URL(`${part}.${ending}`, joins));
        const start = await findMp3Start(bytesFile(file));
        // LAME's own delay of 576 samples and the decoder's of 529.
        expect(readLameTrim(start.bytes)).toMatchObject({
          skipFrames: 1105,
          totalFrames: lengths[part],
        });
      }
    },
  );

  it('is found behind tags of any length', async () => {
    const file = await readFile(new URL('a.mp3', joins));
    const tag = Buffer.alloc(10 + 300_000, 0xff);
    tag.write('ID3', 'latin1');
    tag.set([4, 0, 0, 0, 18, 39, 96], 3);
    const start = await findMp3Start(bytesFile(Buffer.concat([tag, file])));
    expect(readLameTrim(start.bytes)?.totalFrames).toBe(cutFrame);
  });

  it('leaves the delay of the decoder alone to be cut where the encoder tells of none of its own', async () => {
    const frame = (await readFile(new URL('a.mp3', joins))).subarray(0, 417);
    const extension = frame.indexOf('LAME');
    expect(extension).toBeGreaterThan(0);
    const bare = Uint8Array.from(frame).fill(0, extension);
    expect(readLameTrim(bare)).toEqual({ skipFrames: 529, totalFrames: null, tailFrames: 0 });
  });

  it('is not read from a frame of music', async () => {
    const file = await readFile(new URL('a.mp3', joins));
    const start = await findMp3Start(bytesFile(file.subarray(3000)));
    expect(start.bytes.length).toBeGreaterThan(0);
    expect(readLameTrim(start.bytes)).toBeNull();
  });
});

describe('the iTunSMPB value', () => {
  it('gives delay, padding and length', () => {
    const value =
      ' 00000000 00000840 000001CA 00000000003F31F6 00000000 00000000 00000000 00000000';
    expect(readItunesTrim(value)).toEqual({
      skipFrames: 0x840,
      totalFrames: 0x3f31f6,
      tailFrames: 0x1ca,
    });
  });

  it.each(['', '0 0', 'never of that form', '00000000 00000840 000001CA 0000000000000000'])(
    'is nothing when it is "%s"',
    (value) => {
      expect(readItunesTrim(value)).toBeNull();
    },
  );
});

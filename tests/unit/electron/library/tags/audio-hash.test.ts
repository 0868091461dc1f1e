import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assert, asyncProperty, constantFrom, integer } from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audioHash } from '../../../../../electron/library/tags/audio-hash.ts';
import { madeKinds, taggedFile } from '../../../../support/made-files/made-file.ts';
import { madeTags } from '../../../../support/made-files/made-tags.ts';
import { flac } from '../../../../support/made-files/xiph.ts';
import { createRandom } from '../../../../support/made-library/random.ts';

const seeds = integer({ min: 0, max: 1_000_000 });

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'refrain-hash-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function hashOf(bytes: Buffer): Promise<string | null> {
  const path = join(folder, 'file');
  writeFileSync(path, bytes);
  return audioHash(path);
}

/** Some are longer than the pieces that are hashed of it. */
function sound(seed: number): Buffer {
  const random = createRandom(seed);
  const bytes = Buffer.alloc(random.whole(2000, 150_000), random.whole(0, 250));
  for (let at = 0; at < bytes.length; at += 97) bytes[at] = random.whole(0, 250);
  return bytes;
}

describe('the hash of the sound', () => {
  it('is the same whatever tags are around it and wherever they stand', async () => {
    await assert(
      asyncProperty(
        constantFrom(...madeKinds),
        seeds,
        seeds,
        seeds,
        async (kind, heard, one, other) => {
          const hashes = await Promise.all(
            [one, other].map((seed) => {
              const random = createRandom(seed);
              return hashOf(taggedFile(random, kind, madeTags(random), sound(heard)));
            }),
          );
          expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
          expect(hashes[1]).toBe(hashes[0]);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('differs where the sound does, in its bytes or its length', async () => {
    await assert(
      asyncProperty(constantFrom(...madeKinds), seeds, seeds, async (kind, heard, tagged) => {
        const of = (bytes: Buffer): Promise<string | null> => {
          const random = createRandom(tagged);
          return hashOf(taggedFile(random, kind, madeTags(random), bytes));
        };
        const bytes = sound(heard);
        const other = Buffer.from(bytes.map((byte) => byte ^ 1));
        expect(await of(other)).not.toBe(await of(bytes));
        if (kind === 'mp3') return;
        const longer = Buffer.concat([Buffer.of(9), bytes, Buffer.alloc(400)]);
        expect(await of(longer)).not.toBe(await of(bytes));
      }),
      { numRuns: 100 },
    );
  });

  it('goes by the bytes of FLAC where its encoder wrote no hash of its own', async () => {
    const random = createRandom(1);
    const [first, second] = [madeTags(random), madeTags(random)];
    const bytes = sound(3);
    expect(await hashOf(flac(first, bytes, false))).toBe(await hashOf(flac(second, bytes, false)));
    expect(await hashOf(flac(first, bytes, false))).not.toBe(
      await hashOf(flac(first, sound(4), false)),
    );
  });

  it('is none of a file that is gone, empty or no music', async () => {
    expect(await audioHash(join(folder, 'gone.mp3'))).toBeNull();
    expect(await hashOf(Buffer.alloc(0))).toBeNull();
    expect(await hashOf(Buffer.from('OggSnonsense and more of it'))).toBeNull();
  });
});

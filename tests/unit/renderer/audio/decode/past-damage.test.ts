import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Piece } from '../../../../../renderer/audio/decode/file-part.ts';
import { pastDamage } from '../../../../../renderer/audio/decode/past-damage.ts';
import { TruncatedFileError } from '../../../../../renderer/audio/decode/shortfall.ts';

const rate = 1000;
const pieceFrames = 64;
const totalFrames = 20 * rate;

/** Frame n is n + 1 loud. Decoding stops where it comes to a damaged frame, and can't start there. */
function damagedFile(damage: { readonly from: number; readonly until: number }, error: Error) {
  return async function* (startSeconds: number): AsyncGenerator<Piece, void, void> {
    let frame = Math.round(startSeconds * rate);
    while (frame < totalFrames) {
      await Promise.resolve();
      if (frame >= damage.from && frame < damage.until) throw error;
      const goesInto = frame < damage.from && frame + pieceFrames > damage.from;
      const end = Math.min(totalFrames, goesInto ? damage.from : frame + pieceFrames);
      const first = frame;
      yield {
        rate,
        planes: [Float32Array.from({ length: end - first }, (_, at) => first + at + 1)],
      };
      frame = end;
    }
  };
}

async function framesOf(pieces: AsyncIterable<Piece>): Promise<number[]> {
  const frames: number[] = [];
  for await (const { planes } of pieces) frames.push(...(planes[0] ?? []));
  return frames;
}

describe('pastDamage', () => {
  it('leaves every frame outside of the damage and its surroundings in its place', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: totalFrames - 5 * rate }),
        fc.integer({ min: 1, max: 2 * rate }),
        async (from, length) => {
          const damage = { from, until: from + length };
          const frames = await framesOf(pastDamage(damagedFile(damage, new Error('bad')), 0));
          expect(frames).toHaveLength(totalFrames);
          const silent = (value: number) => value === 0;
          expect(frames.findIndex((value, frame) => !silent(value) && value !== frame + 1)).toBe(
            -1,
          );
          expect(frames.findIndex(silent)).toBeGreaterThanOrEqual(from);
          expect(frames.findLastIndex(silent)).toBeLessThan(damage.until + 3 * rate);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('fails where nothing can be had at all, and where nothing follows a cut', async () => {
    const whole = { from: 0, until: totalFrames };
    await expect(framesOf(pastDamage(damagedFile(whole, new Error('bad')), 0))).rejects.toThrow(
      'bad',
    );
    const cut = { from: 500, until: totalFrames };
    const error = new TruncatedFileError('cut off');
    await expect(framesOf(pastDamage(damagedFile(cut, error), 0))).rejects.toThrow('cut off');
  });
});

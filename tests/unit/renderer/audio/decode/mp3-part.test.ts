import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countMp3Samples } from '../../../../../renderer/audio/decode/mp3-part.ts';
import { bytesFile } from '../../../../support/file-bytes.ts';
import { signalRate } from '../../../../support/join-signal.ts';

const joins = new URL('../../../../fixtures/joins/', import.meta.url);

describe('the samples between two places of an MP3 file', () => {
  it('are counted where its places are estimated, so that parts add up to the whole', async () => {
    const file = bytesFile(await readFile(new URL('a.mp3', joins)));
    const place = fc.double({ min: 0.7, max: 4.8, noNaN: true });
    await fc.assert(
      fc.asyncProperty(fc.tuple(place, place, place), async (places) => {
        const [start, middle, end] = places.sort((a, b) => a - b);
        const all = await countMp3Samples(file, start, end);
        const before = await countMp3Samples(file, start, middle);
        const behind = await countMp3Samples(file, middle, end);
        expect((before ?? NaN) + (behind ?? NaN)).toBe(all);
        // The seek table is true to a quarter of a second in so short a file.
        const expected = (end - start) * signalRate;
        expect(Math.abs((all ?? NaN) - expected)).toBeLessThan(signalRate / 2);
        const first = await countMp3Samples(file, 0, start);
        expect(await countMp3Samples(file, 0, end)).toBe((first ?? NaN) + (all ?? NaN));
      }),
    );
  });

  it('need no counting where the places are exact', async () => {
    for (const name of ['a.cbr.mp3', 'a.flac', 'a.ogg']) {
      const file = bytesFile(await readFile(new URL(name, joins)));
      expect(await countMp3Samples(file, 1, 3)).toBeNull();
    }
  });
});

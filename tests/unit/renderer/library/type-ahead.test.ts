import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findFrom, findSorted, shelved } from '../../../../renderer/library/tracks/type-ahead.ts';

const text = fc.string({
  minLength: 1,
  maxLength: 6,
  unit: fc.constantFrom('a', 'á', 'b', 'B', 'c', 'Ç', 'd', 'é', '1', ' '),
});

function readerOf(texts: readonly string[]) {
  return (from: number, to: number) => Promise.resolve(texts.slice(from, to));
}

describe('typing to go to a row', () => {
  it('finds the next row that begins with the letters, round the end of the list', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { minLength: 1 }),
        text,
        fc.nat(),
        async (texts, typed, at) => {
          const start = at % texts.length;
          const begins = (row: number) => shelved(texts[row] ?? '').startsWith(shelved(typed));
          const round = texts.map((_, step) => (start + step) % texts.length);
          const found = await findFrom(typed, start, texts.length, readerOf(texts));
          expect(found).toBe(round.find(begins) ?? null);
        },
      ),
    );
  });

  it('finds the first such row of a sorted list, whichever way it is sorted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text), text, fc.boolean(), async (unsorted, typed, descending) => {
        const texts = [...unsorted].sort((a, b) => (shelved(a) < shelved(b) ? -1 : 1));
        if (descending) texts.reverse();
        const first = texts.findIndex((row) => shelved(row).startsWith(shelved(typed)));
        const found = await findSorted(typed, texts.length, descending, readerOf(texts));
        expect(found).toBe(first < 0 ? null : first);
      }),
    );
  });

  it('reads a handful of rows of a sorted million', async () => {
    let reads = 0;
    const found = await findSorted('00777', 1_000_000, false, (from) => {
      reads += 1;
      return Promise.resolve([String(from).padStart(6, '0')]);
    });
    expect(found).toBe(7770);
    expect(reads).toBeLessThan(25);
  });

  it('takes names as lists order them, less article, punctuation and accents', () => {
    expect(['The Émigré', '“(Hello)”', 'A-ha', 'Theme'].map(shelved)).toEqual([
      'emigre',
      'hello)”',
      'a-ha',
      'theme',
    ]);
  });
});

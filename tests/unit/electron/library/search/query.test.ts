import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asWords, parseQuery, type Query } from '../../../../../electron/library/search/query.ts';

function termsOf(text: string): readonly string[] {
  return parseQuery(text).terms.map(
    ({ field, words, whole, not }) =>
      `${not ? '-' : ''}${field === null ? '' : `${field}:`}${words}${whole ? '' : '*'}`,
  );
}

function limitsOf(text: string): Query['limits'] {
  return parseQuery(text).limits;
}

describe('what is typed into the search field', () => {
  it('is words to be found, each perhaps cut off, unless quoted or left out', () => {
    expect(termsOf('Night  ferry')).toEqual(['night*', 'ferry*']);
    expect(termsOf('"Night ferry"')).toEqual(['night ferry']);
    expect(termsOf('“Night ferry”')).toEqual(['night ferry']);
    expect(termsOf('"Night fer')).toEqual(['night fer*']);
    expect(termsOf('ferry -live')).toEqual(['ferry*', '-live']);
    expect(termsOf('ferry -"live at"')).toEqual(['ferry*', '-live at']);
    expect(termsOf('heart-shaped')).toEqual(['heart*', 'shaped*']);
    expect(termsOf('Beatles - Help!')).toEqual(['beatles*', 'help*']);
    expect(termsOf('椎名林檎')).toEqual(['椎  名  林  檎*']);
  });

  it('names fields', () => {
    expect(termsOf('artist:björk')).toEqual(['artist:bjork*']);
    expect(termsOf('ARTIST:"daft punk" homework')).toEqual(['artist:daft punk', 'homework*']);
    expect(termsOf('-genre:jazz album:blue')).toEqual(['-genre:jazz', 'album:blue*']);
    expect(parseQuery('artist:abba sos').name).toBe('sos');
  });

  it('names years, ages, counts and stars', () => {
    const at = (on: string, from: number, to: number) => [{ on, from, to, not: false }];
    expect(limitsOf('year:1994')).toEqual(at('year', 1994, 1994));
    expect(limitsOf('year:1990..1999')).toEqual(at('year', 1990, 1999));
    expect(limitsOf('year:1990-1999')).toEqual(at('year', 1990, 1999));
    expect(limitsOf('year:1990s')).toEqual(at('year', 1990, 1999));
    expect(limitsOf('year:199')).toEqual(at('year', 1990, 1999));
    expect(limitsOf('year:>=1990')).toEqual(at('year', 1990, Infinity));
    expect(limitsOf('year:<2000')).toEqual(at('year', -Infinity, 1999));
    expect(limitsOf('year:1990..')).toEqual(at('year', 1990, Infinity));
    expect(limitsOf('year:..1990s')).toEqual(at('year', -Infinity, 1999));
    expect(limitsOf('added:<2w')).toEqual(at('age', -Infinity, 14));
    expect(limitsOf('added:>1y')).toEqual(at('age', 365, Infinity));
    expect(limitsOf('added:30d')).toEqual(at('age', -Infinity, 30));
    expect(limitsOf('plays:>10')).toEqual(at('plays', 11, Infinity));
    expect(limitsOf('rating:4..5')).toEqual(at('rating', 4, 5));
    expect(limitsOf('-year:1994')).toEqual([{ on: 'year', from: 1994, to: 1994, not: true }]);
  });

  it('names flags and formats', () => {
    expect(limitsOf('is:liked -is:lossless')).toEqual([
      { on: 'liked', not: false },
      { on: 'lossless', not: true },
    ]);
    expect(limitsOf('format:fl')).toEqual([{ on: 'format', formats: ['flac'], not: false }]);
    expect(limitsOf('format:wav')).toEqual([
      { on: 'format', formats: ['wav', 'wavpack'], not: false },
    ]);
  });

  it('does not limit before a limit is typed to its end', () => {
    for (const text of ['is:', 'is:li', 'year:', 'year:>', 'year:..', 'artist:', 'genre:""', '-']) {
      expect(parseQuery(text), text).toEqual({ terms: [], limits: [], name: '' });
    }
  });

  it('is plain words where it means nothing else', () => {
    expect(termsOf('12:51')).toEqual(['12*', '51*']);
    expect(termsOf('mood:calm')).toEqual(['mood*', 'calm*']);
    expect(termsOf('year:soon')).toEqual(['year*', 'soon*']);
    expect(termsOf('is:this love')).toEqual(['is*', 'this*', 'love*']);
    expect(asWords('title:"Year:" -one').terms.map(({ words }) => words)).toEqual([
      'title',
      'year',
      'one',
    ]);
  });

  it('may be anything at all', () => {
    const pieces = fc.constantFrom(
      ...'- -- " “ : :: .. < > >= artist: year: is: added: 1990 199 30d .. liked a ド \0 \u0301'.split(
        ' ',
      ),
      ' ',
    );
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.array(pieces, { maxLength: 30 }).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const { terms, limits } = parseQuery(text);
        expect(terms.length).toBeLessThanOrEqual(12);
        expect(limits.length).toBeLessThanOrEqual(12);
        expect(
          [...terms, ...asWords(text).terms].every(({ words }) => /^[^"]+$/u.test(words)),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

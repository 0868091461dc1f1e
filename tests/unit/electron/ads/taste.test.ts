import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { coarseGenre } from '../../../../electron/ads/coarse-genre.ts';
import { type Taste, type Tasted, byTaste, fittingGenre } from '../../../../electron/ads/taste.ts';
import { adGenres } from '../../../../service/api/ads.ts';

const name = fc.constantFrom('a', 'b', 'c', 'd');
const genre = fc.constantFrom(...adGenres);
const offers = fc.array(
  fc.record({
    creative: name,
    advertiser: name,
    categories: fc.array(name, { maxLength: 2 }),
    genres: fc.array(genre, { maxLength: 2 }),
  }),
  { maxLength: 8 },
);
const taste: fc.Arbitrary<Taste> = fc.record({
  genres: fc.array(genre, { maxLength: 10 }),
  disliked: fc.array(fc.record({ advertiser: name, categories: fc.array(name) }), { maxLength: 3 }),
  blocked: fc.uniqueArray(name).map((names) => new Set(names)),
});
const nothing: Taste = { genres: [], disliked: [], blocked: new Set() };

function anOffer(creative: string, change: Partial<Tasted> = {}): Tasted {
  return { creative, advertiser: creative, categories: [creative], genres: [], ...change };
}

describe('the choice by taste', () => {
  it('leaves out for good what is never to come again, and nothing else', () => {
    fc.assert(
      fc.property(offers, taste, (given, liked) => {
        const kept = given.filter(({ creative }) => !liked.blocked.has(creative));
        expect(new Set(byTaste(given, liked))).toEqual(new Set(kept));
      }),
    );
  });

  it('is the same for the same, and leaves alone what a taste says nothing of', () => {
    fc.assert(
      fc.property(offers, taste, (given, liked) => {
        expect(byTaste(given, liked)).toEqual(byTaste(given, liked));
        expect(byTaste(given, nothing)).toEqual(given);
      }),
    );
  });

  it('puts the genre heard most before one heard now and then, and that before none', () => {
    const liked = { ...nothing, genres: ['jazz', 'rock', 'rock'] as const };
    const given = [
      anOffer('all'),
      anOffer('jazz', { genres: ['jazz'] }),
      anOffer('rock', { genres: ['rock'] }),
    ];
    expect(byTaste(given, liked).map(({ creative }) => creative)).toEqual(['rock', 'jazz', 'all']);
    expect(fittingGenre({ genres: ['jazz', 'rock'] }, liked)).toBe('rock');
    expect(fittingGenre({ genres: ['folk'] }, liked)).toBe(null);
    expect(fittingGenre({ genres: [] }, liked)).toBe(null);
  });

  it('puts behind all others what is of an advertiser or a category turned down', () => {
    const disliked = [{ advertiser: 'shoes', categories: ['sport'] }];
    const liked: Taste = { ...nothing, genres: ['rock'], disliked };
    const given = [
      anOffer('same', { advertiser: 'shoes', categories: ['sport'], genres: ['rock'] }),
      anOffer('alike', { categories: ['sport'], genres: ['rock'] }),
      anOffer('other'),
    ];
    expect(byTaste(given, liked).at(-1)?.creative).toBe('same');
    const unliked = given.map((offer) => ({ ...offer, genres: [] }));
    expect(byTaste(unliked, liked).map(({ creative }) => creative)).toEqual([
      'other',
      'alike',
      'same',
    ]);
  });
});

describe('the family of a genre', () => {
  it.each([
    ['Symphonic Black Metal', 'metal'],
    ['Folk Rock', 'folk'],
    ['Classic Rock', 'rock'],
    ['Classical', 'classical'],
    ['Deep House', 'electronic'],
    ['Synth-pop', 'electronic'],
    ['Hip-Hop/Rap', 'hip-hop'],
    ['R&B', 'soul'],
    ['Bossa Nova', 'jazz'],
    ['K-Pop', 'pop'],
    ['Original Motion Picture Soundtrack', 'soundtrack'],
    ['Gregorian Zeuhl of my cousin', null],
    ['', null],
  ])('of “%s” is %s', (tag, family) => {
    expect(coarseGenre(tag)).toBe(family);
  });

  it('is one of the list, or none, whatever a tag says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (tag) => {
        expect([null, ...adGenres]).toContain(coarseGenre(tag));
      }),
    );
  });
});

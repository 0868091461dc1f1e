import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ad } from '../../../../electron/ads/ad.ts';
import { choosePod } from '../../../../electron/ads/choose-pod.ts';

const names = fc.constantFrom('a', 'b', 'c', 'd');
const ads = fc
  .record({
    advertiser: names,
    creative: names,
    house: fc.boolean(),
    seconds: fc.integer({ min: 1, max: 90 }),
  })
  .map((some): Ad => ({
    ...some,
    // As in the bundle, all house ads are of one advertiser.
    advertiser: some.house ? 'Refrain' : some.advertiser,
    campaign: some.creative,
    title: some.creative,
    categories: [],
    genres: [],
    mediaId: some.creative,
    format: 'mp3',
    loudnessLufs: null,
    truePeakDbtp: null,
    companion: null,
    clickThrough: null,
    skipAfterSeconds: null,
    lastsSeconds: null,
    tracking: null,
  }));
const groups = fc.array(fc.array(ads, { maxLength: 6 }), { maxLength: 3 });
const limits = fc.record({
  mostSpots: fc.integer({ min: 0, max: 3 }),
  mostSeconds: fc.integer({ min: 0, max: 90 }),
});
const recent = fc.record({
  advertisers: fc.uniqueArray(names).map((list) => new Set([...list, 'Refrain'])),
  creatives: fc.uniqueArray(names).map((list) => new Set(list)),
});

function wasHeard(ad: Ad, heard: { advertisers: Set<string>; creatives: Set<string> }): boolean {
  return ad.house ? heard.creatives.has(ad.creative) : heard.advertisers.has(ad.advertiser);
}

describe('the pod of a break', () => {
  it('never exceeds the spots and seconds allowed, nor has an advertiser twice', () => {
    fc.assert(
      fc.property(groups, limits, recent, (candidates, allowed, heard) => {
        const pod = choosePod(candidates, allowed, heard);
        expect(pod.length).toBeLessThanOrEqual(allowed.mostSpots);
        const seconds = pod.reduce((sum, ad) => sum + ad.seconds, 0);
        expect(seconds).toBeLessThanOrEqual(allowed.mostSeconds);
        expect(new Set(pod.map(({ advertiser }) => advertiser)).size).toBe(pod.length);
      }),
    );
  });

  it('is empty only when no ad fits but those of advertisers that were heard', () => {
    fc.assert(
      fc.property(groups, limits, recent, (candidates, allowed, heard) => {
        const fits = candidates
          .flat()
          .filter((ad) => ad.house || !wasHeard(ad, heard))
          .some(({ seconds }) => allowed.mostSpots > 0 && seconds <= allowed.mostSeconds);
        expect(choosePod(candidates, allowed, heard).length > 0).toBe(fits);
      }),
    );
  });

  it('repeats of what the last breaks held only Refrain’s own, and only when nothing else fits', () => {
    fc.assert(
      fc.property(groups, limits, recent, (candidates, allowed, heard) => {
        const pod = choosePod(candidates, allowed, heard);
        if (!pod.some((ad) => wasHeard(ad, heard))) return;
        expect(pod.every(({ house }) => house)).toBe(true);
        const unheard = candidates.flat().filter((ad) => !wasHeard(ad, heard));
        expect(unheard.filter(({ seconds }) => seconds <= allowed.mostSeconds)).toEqual([]);
      }),
    );
  });

  it('takes an earlier group before a later one', () => {
    fc.assert(
      fc.property(fc.array(ads, { minLength: 1 }), groups, (first, others) => {
        const nothing = { advertisers: new Set<string>(), creatives: new Set<string>() };
        const pod = choosePod([first, ...others], { mostSpots: 2, mostSeconds: 1000 }, nothing);
        expect(pod[0]).toBe(first[0]);
        expect(first).toEqual(expect.arrayContaining([...pod]));
      }),
    );
  });
});

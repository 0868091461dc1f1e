import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHouseAds } from '../../../../electron/ads/house-ads.ts';
import { createMediaStore } from '../../../../electron/ads/media-store.ts';
import { makeHouseFolder } from '../../../support/house-folder.ts';
import { toneWav } from '../../../support/tone.ts';

describe('the house ads', () => {
  it('are read with their files, which are found by id alone', async () => {
    const store = createMediaStore();
    const { ads, banners, skipped } = await readHouseAds(await makeHouseFolder(['gift']), store);
    expect(skipped).toEqual([]);
    expect(banners).toHaveLength(1);
    const [ad] = ads;
    expect(ad).toMatchObject({ advertiser: 'Refrain', house: true, format: 'wav', seconds: 10 });
    const sound = store.find(ad?.mediaId ?? '');
    expect(await readFile(sound?.path ?? '')).toEqual(toneWav(10));
    expect(store.find(ad?.companion?.imageId ?? '')).toMatchObject({ format: 'png' });
    expect(store.find('../house-ads.json')).toBe(null);
  });

  it('do without one whose file is missing, and say which', async () => {
    const folder = await makeHouseFolder(['gift', 'premium']);
    await rm(join(folder, 'gift.wav'));
    const { ads, skipped } = await readHouseAds(folder, createMediaStore());
    expect(ads.map(({ creative }) => creative)).toEqual(['house-premium']);
    expect(skipped.map(({ what }) => what)).toEqual(['gift']);
  });

  it('do without one that names a file elsewhere or leads to an unsafe address', async () => {
    const folder = await makeHouseFolder(['gift']);
    const path = join(folder, 'house-ads.json');
    const text = await readFile(path, 'utf8');
    for (const [good, bad] of [
      ['gift.wav', '../gift.wav'],
      ['refrain://open', 'file:///etc'],
      ['refrain://open', 'javascript:'],
    ] as const) {
      await writeFile(path, text.replace(good, bad));
      expect((await readHouseAds(folder, createMediaStore())).ads).toEqual([]);
    }
  });

  it('are none, without a crash, whatever the bundle holds', async () => {
    const folder = await makeHouseFolder([]);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (content) => {
        await writeFile(join(folder, 'house-ads.json'), content);
        expect((await readHouseAds(folder, createMediaStore())).ads).toEqual([]);
      }),
      { numRuns: 50 },
    );
    await rm(join(folder, 'house-ads.json'));
    expect((await readHouseAds(folder, createMediaStore())).skipped).toHaveLength(1);
  });
});

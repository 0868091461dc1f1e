import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readHouseAds } from '../../../../electron/ads/house-ads.ts';
import { createMediaStore } from '../../../../electron/ads/media-store.ts';
import { makeHouseFolder, signatureOf, testHouseKey } from '../../../support/house-folder.ts';
import { houseKey } from '../../../../electron/ads/house-key.ts';
import { toneWav } from '../../../support/tone.ts';

function read(folder: string, store = createMediaStore()) {
  return readHouseAds(folder, testHouseKey, store);
}

const bundle = fileURLToPath(new URL('../../../../assets/house-ads', import.meta.url));

describe('the house ads', () => {
  it('that come with Refrain are signed by the key in its code, with all their files', async () => {
    const { ads, banners, skipped } = await readHouseAds(bundle, houseKey, createMediaStore());
    expect(skipped).toEqual([]);
    expect(ads).toHaveLength(3);
    expect(banners).toHaveLength(3);
  });

  it('are skipped one by one where a file or a word was changed, or another signed', async () => {
    const folder = await makeHouseFolder(['file', 'word', 'stranger', 'good']);
    await writeFile(join(folder, 'file.wav'), toneWav(9));
    const path = join(folder, 'house-ads.json');
    await writeFile(path, (await readFile(path, 'utf8')).replace('About word', 'About money'));
    const entries = JSON.parse(await readFile(path, 'utf8')) as { id: string; signature: string }[];
    const resigned = entries.map((entry) =>
      entry.id === 'stranger' ? { ...entry, signature: signatureOf({ id: 'other' }) } : entry,
    );
    await writeFile(path, JSON.stringify(resigned));
    const { ads, skipped } = await read(folder);
    expect(ads.map(({ creative }) => creative)).toEqual(['house-good']);
    expect(skipped.map(({ what }) => what)).toEqual(['file', 'word', 'stranger']);
    expect((await readHouseAds(folder, houseKey, createMediaStore())).ads).toEqual([]);
  });

  it('are read with their files, which are found by id alone', async () => {
    const store = createMediaStore();
    const { ads, banners, skipped } = await read(await makeHouseFolder(['gift']), store);
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
    const { ads, skipped } = await read(folder);
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
      const [entry] = JSON.parse(text.replace(good, bad)) as [{ signature?: string }];
      delete entry.signature;
      await writeFile(path, JSON.stringify([{ ...entry, signature: signatureOf(entry) }]));
      expect((await read(folder)).ads).toEqual([]);
    }
  });

  it('are none, without a crash, whatever the bundle holds', async () => {
    const folder = await makeHouseFolder([]);
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.json(), fc.string()), async (content) => {
        await writeFile(join(folder, 'house-ads.json'), content);
        expect((await read(folder)).ads).toEqual([]);
      }),
      { numRuns: 50 },
    );
    await rm(join(folder, 'house-ads.json'));
    expect((await read(folder)).skipped).toHaveLength(1);
  });
});

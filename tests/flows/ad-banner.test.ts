import { beforeAll, describe, expect, it } from 'vitest';
import type { BannerView } from '../../shared/ads.ts';
import { openAdServer } from '../support/ads-rig.ts';
import { makeHouseFolder } from '../support/house-folder.ts';
import { openAds } from '../support/open-ads.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const minute = 60_000;
const request = { maxSpots: 2, maxSeconds: 60, genre: 'Rock', musicLoudnessLufs: -18 };

beforeAll(async () => {
  // The libraries load at first use; on a busy machine that takes a good part of the limit.
  await import('@dailymotion/vast-client');
  await import('music-metadata');
});

describe('the banner', () => {
  it('shows the companion of what was heard, from the end of the break until the next turn', async () => {
    const server = await openAdServer();
    const { ads, time, opened } = await openAds({ vast: server.vastUrl('inline-audio.xml') });
    const told: (BannerView | null)[] = [];
    ads.onBannerChanged((view) => told.push(view));
    const [spot] = (await ads.prepare(request)) ?? [];
    if (spot === undefined) throw new Error('There is an ad in the fixture');
    ads.spotHappened(spot, { kind: 'impression' });
    expect(ads.banner()).toMatchObject({ advertiser: 'Refrain' });
    ads.spotHappened(spot, { kind: 'complete' });
    const shown = { advertiser: spot.advertiser, why: { kind: 'turns', house: false } };
    expect(ads.banner()).toMatchObject({ ...shown, imageUrl: spot.companion?.imageUrl });
    expect(told).toMatchObject([shown]);
    ads.open('banner');
    expect(opened).toEqual(['https://shoes.example/offer']);
    time.now += 10 * minute;
    expect(ads.banner()).toMatchObject({ advertiser: 'Refrain' });
  });

  it('never stands in two turns that follow each other', async () => {
    const { ads, time } = await openAds({ houseFolder: await makeHouseFolder(['one', 'two']) });
    let before: string | undefined;
    for (let count = 0; count < 8; count += 1) {
      const id = ads.banner()?.id;
      expect(id).not.toBe(before);
      before = id;
      time.now += 10 * minute;
    }
  });

  it('stands no more often a day than an ad is heard, across starts, and is back the next', async () => {
    const houseFolder = await makeHouseFolder(['one', 'two']);
    const profileFolder = await temporaryFolder();
    const turns = new Map<string, Set<number>>();
    const clock = { now: Date.parse('2026-11-22T12:00:00') };
    const start = () => openAds({ houseFolder, profileFolder, now: () => clock.now });
    for (let starts = 0; starts < 4; starts += 1) {
      const { ads } = await start();
      for (let count = 0; count < 8; count += 1) {
        const id = ads.banner()?.id;
        const turn = Math.floor(clock.now / (10 * minute));
        if (id !== undefined) turns.set(id, (turns.get(id) ?? new Set()).add(turn));
        clock.now += 5 * minute;
      }
      await ads.close();
    }
    expect([...turns.values()].map(({ size }) => size)).toEqual([8, 8]);
    clock.now += 24 * 60 * minute;
    const { ads } = await start();
    expect(ads.banner()).not.toBe(null);
  });

  it('stands in the slot of the free and in no other', async () => {
    let premium = false;
    const { ads } = await openAds({ adFree: () => premium });
    const told: (BannerView | null)[] = [];
    ads.onBannerChanged((view) => told.push(view));
    expect(ads.banner()).toMatchObject({
      advertiser: 'Refrain',
      why: { kind: 'turns', house: true },
      clickHost: 'Refrain',
    });
    premium = true;
    ads.tick();
    expect(ads.banner()).toBe(null);
    expect(told).toEqual([null]);
  });

  it('takes turns, and a dismissed one leaves the slot empty and stays away', async () => {
    const { ads, time } = await openAds();
    const first = ads.banner();
    ads.dismissBanner(first?.id ?? '');
    expect(ads.banner()).toBe(null);
    const seen = new Set<string | undefined>();
    for (let count = 0; count < 10; count += 1) {
      time.now += 10 * minute;
      seen.add(ads.banner()?.id);
    }
    expect(seen.size).toBe(2);
    expect(seen).not.toContain(first?.id);
  });

  it('and a companion lead where they say', async () => {
    const server = await openAdServer();
    const { ads, opened } = await openAds({ vast: server.vastUrl('inline-audio.xml') });
    ads.open('companion');
    expect(opened).toEqual([]);
    ads.open('banner');
    expect(opened.pop()).toMatch(/^refrain:\/\/open\/settings\//);
    const [spot] = (await ads.prepare(request)) ?? [];
    if (spot === undefined) throw new Error('There is an ad in the fixture');
    ads.spotHappened(spot, { kind: 'impression' });
    ads.open('companion');
    expect(opened).toEqual(['https://shoes.example/offer']);
    expect(spot.companion?.clickHost).toBe('shoes.example');
  });
});

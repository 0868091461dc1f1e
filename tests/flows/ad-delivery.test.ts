import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAds } from '../../electron/ads/ads.ts';
import type { BeaconOutbox } from '../../electron/ads/beacon-outbox.ts';
import { createMediaStore } from '../../electron/ads/media-store.ts';
import type { Beacon } from '../../electron/ads/tracking.ts';
import { createTracker } from '../../electron/ads/tracking.ts';
import type { VastRoot } from '../../electron/ads/vast-root.ts';
import { rootAt, rootOfService } from '../../electron/ads/vast-root.ts';
import { createVastSource } from '../../electron/ads/vast-source.ts';
import { aCampaign } from '../support/ad-catalogue.ts';
import { openAdServer, openOutbox } from '../support/ads-rig.ts';
import { makeHouseFolder, testHouseKey } from '../support/house-folder.ts';
import { type ServiceRig, openServiceRig, rigOrigin } from '../support/service-rig.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const place = { locale: 'en-GB', country: 'GB', version: '0.1.0' };
const request = { maxSpots: 2, maxSeconds: 60, genre: '', musicLoudnessLufs: null };
const signal = new AbortController().signal;

describe('an ad of our own service', () => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await openServiceRig();
  }, 60_000);
  afterAll(() => rig.close());

  it('is decided, heard and counted once, though the network went and the profile was copied', async () => {
    await rig.service.ads.load({ campaigns: [aCampaign('tea')] });
    let isOnline = true;
    const service = {
      origin: rigOrigin,
      fetch: (asked: Request): Promise<Response> =>
        isOnline ? rig.service.fetch(asked) : Promise.reject(new TypeError('No network')),
    };
    const now = (): number => rig.clock.now;
    const { outbox } = await openOutbox({ service, now });
    const copy = await openOutbox({ service, now });
    const both = (beacon: Beacon): void => {
      outbox.post(beacon);
      copy.outbox.post(beacon);
    };
    const source = await sourceOf(rootOfService({ service, place, excluded: () => [], now }), both);
    const [ad] = await source.decide(request, signal);
    if (ad?.seconds == null) throw new Error('There is a campaign');
    expect(ad).toMatchObject({ campaign: 'tea' });

    isOnline = false;
    const { tracking, seconds } = ad;
    const parts = { place: 1, count: 1, hasCompanion: true, post: both, now };
    const tracker = createTracker({ tracking, seconds, ...parts });
    tracker.happened({ kind: 'impression' });
    for (const [index, kind] of ['firstQuartile', 'midpoint', 'thirdQuartile'].entries()) {
      rig.clock.now += seconds * 250;
      tracker.happened({ kind, heardSeconds: (seconds * (index + 1)) / 4 });
    }
    rig.clock.now += seconds * 250;
    tracker.happened({ kind: 'complete', heardSeconds: seconds });
    tracker.clicked();
    await outbox.tick();
    expect((await outbox.view()).sent).toBe(0);

    isOnline = true;
    rig.clock.now += 2 * 24 * 3_600_000;
    await outbox.tick();
    await copy.outbox.tick();
    const { sent, waiting, dropped } = await outbox.view();
    expect({ waiting, dropped }).toEqual({ waiting: 0, dropped: 0 });
    expect((await copy.outbox.view()).sent).toBe(sent);
    const { campaigns } = await rig.service.ads.report(7);
    expect(campaigns).toMatchObject([
      { campaign: 'tea', impressions: 1, completes: 1, clicks: 1, errors: 0, refused: 0 },
    ]);
    expect(rig.faults).toEqual([]);
  });
});

describe('an ad that was fetched and not heard', () => {
  it('is told to be unused: at once when its break did not come, else when the app ends', async () => {
    const server = await openAdServer();
    const folder = await temporaryFolder();
    const { outbox } = await openOutbox({ folder });
    const ads = await adsOf(rootAt(server.vastUrl('break.xml')), outbox);
    const [spot] = (await ads.prepare({ ...request, maxSpots: 1 })) ?? [];
    if (spot === undefined) throw new Error('There is an ad in the fixture');
    ads.spotHappened(spot, { kind: 'notUsed' });
    await outbox.tick();
    expect(server.beacons()).toEqual(['loaded/tea', 'notUsed/tea']);
    await ads.close();
    const next = await openOutbox({ folder });
    await next.outbox.tick();
    expect(server.beacons()).toEqual(['loaded/tea', 'notUsed/tea', 'notUsed/second']);
  });
});

async function adsOf(root: VastRoot, outbox: BeaconOutbox) {
  const cacheFolder = await temporaryFolder();
  const ads = await createAds({
    profileFolder: await temporaryFolder(),
    houseFolder: await makeHouseFolder(['premium']),
    houseKey: testHouseKey,
    createSource: ({ store, post }) =>
      createVastSource({ root, cacheFolder, store, reach: 'any', post, now: () => 0 }),
    outbox,
    now: () => Date.parse('2026-11-22T12:00:00Z'),
    adFree: () => false,
    askMeasure: (mediaUrl) => ads.keepMeasured({ mediaUrl, lufs: null, peak: null }),
    wasLouder: () => undefined,
    openLink: () => undefined,
    trouble: () => undefined,
  });
  return ads;
}

async function sourceOf(root: VastRoot, post: (beacon: Beacon) => void) {
  const cacheFolder = await temporaryFolder();
  const store = createMediaStore();
  return createVastSource({ root, cacheFolder, store, reach: 'any', post, now: () => 0 });
}

import { onTestFinished } from 'vitest';
import { type Ads, type AdsParts, createAds } from '../../electron/ads/ads.ts';
import { rootAt } from '../../electron/ads/vast-root.ts';
import { createVastSource } from '../../electron/ads/vast-source.ts';
import { openOutbox } from './ads-rig.ts';
import { makeHouseFolder, testHouseKey } from './house-folder.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Ads as main has them, on a real disk, with house ads of the test's own and a clock that it moves. */
export async function openAds(change: Partial<AdsParts> & { readonly vast?: string } = {}) {
  const time = { now: Date.parse('2026-11-22T12:00:00') };
  const opened: string[] = [];
  const troubles: string[] = [];
  const louder = { times: 0 };
  const profileFolder = change.profileFolder ?? (await temporaryFolder());
  const cacheFolder = await temporaryFolder();
  const { vast, ...parts } = change;
  const { outbox } = await openOutbox({ now: () => time.now });
  const ads: Ads = await createAds({
    profileFolder,
    houseKey: testHouseKey,
    houseFolder: parts.houseFolder ?? (await makeHouseFolder(['premium', 'hub', 'gift'])),
    createSource: ({ store, post }) => {
      if (vast === undefined) return null;
      const now = (): number => time.now;
      return createVastSource({ root: rootAt(vast), cacheFolder, store, reach: 'any', post, now });
    },
    outbox,
    now: () => time.now,
    adFree: () => false,
    askMeasure: (mediaUrl) => ads.keepMeasured({ mediaUrl, lufs: null, peak: null }),
    wasLouder: () => (louder.times += 1),
    openLink: (address) => opened.push(address),
    trouble: (what) => troubles.push(what),
    ...parts,
  });
  onTestFinished(() => ads.close());
  return { ads, time, opened, troubles, louder, profileFolder };
}

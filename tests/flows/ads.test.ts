import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Ads } from '../../electron/ads/ads.ts';
import { prepareLimits } from '../../electron/ads/prepare-break.ts';
import { breakRules } from '../../electron/playback/break-rules.ts';
import { mediaFailures, vastFailures } from '../support/ad-server.ts';
import { openAdServer } from '../support/ads-rig.ts';
import { makeHouseFolder } from '../support/house-folder.ts';
import { openAds } from '../support/open-ads.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const minute = 60_000;
const request = { maxSpots: 2, maxSeconds: 60, genre: 'Rock', musicLoudnessLufs: -18 };

/** Prepares a break and hears it to its end. @returns the titles */
async function hearBreak({ ads, time }: Awaited<ReturnType<typeof openAds>>) {
  const spots = (await ads.prepare(request)) ?? [];
  for (const spot of spots) {
    ads.spotHappened(spot, { kind: 'impression' });
    time.now += spot.seconds * 1000;
    ads.spotHappened(spot, { kind: 'complete' });
  }
  time.now += 15 * minute;
  return spots.map(({ title }) => title);
}

beforeAll(async () => {
  // The libraries load at first use; on a busy machine that takes a good part of the limit.
  await import('@dailymotion/vast-client');
  await import('music-metadata');
});

describe('house ads in breaks', () => {
  it('come one to a break, each before any comes again', async () => {
    const player = await openAds();
    const heard: string[] = [];
    for (let count = 0; count < 6; count += 1) heard.push(...(await hearBreak(player)));
    expect(heard).toHaveLength(6);
    expect(new Set(heard.slice(0, 3)).size).toBe(3);
    expect(heard.slice(3)).toEqual(heard.slice(0, 3));
  });

  it('are served whole by id: sound, picture, and a gain that is no louder than the music', async () => {
    const { ads } = await openAds();
    const [spot] = (await ads.prepare(request)) ?? [];
    expect(spot).toMatchObject({ advertiser: 'Refrain', format: 'wav', seconds: 10, gain: 1 });
    const file = ads.mediaFile(spot?.mediaUrl.replace('/ad/', '') ?? '');
    expect((await readFile(file?.path ?? '')).length).toBe(file?.bytes);
    expect(spot?.companion?.clickHost).toBe('Refrain');
    expect(ads.mediaFile('../../etc/passwd')).toBe(null);
  });

  it('stop at the cap of a day and are back the next', async () => {
    const player = await openAds({ houseFolder: await makeHouseFolder(['only']) });
    let breaks = 0;
    while ((await hearBreak(player)).length > 0) breaks += 1;
    expect(breaks).toBe(8);
    player.time.now += 24 * 60 * minute;
    expect(await hearBreak(player)).toHaveLength(1);
  });

  it('are nothing, which is no failure, when the bundle is gone', async () => {
    const { ads } = await openAds({ houseFolder: await temporaryFolder() });
    expect(await ads.prepare(request)).toBe(null);
    expect(ads.banner()).toBe(null);
  });

  it('can be made to fail by a tester: the sound is gone, the break is still offered', async () => {
    const { ads } = await openAds();
    ads.failAds(true);
    const [spot] = (await ads.prepare(request)) ?? [];
    const id = spot?.mediaUrl.replace('/ad/', '') ?? '';
    expect(ads.mediaFile(id)).toBe(null);
    expect(ads.mediaFile(`${id}-companion`)).not.toBe(null);
    ads.failAds(false);
    expect(ads.mediaFile(id)).not.toBe(null);
  });
});

describe('a VAST server’s ads in breaks', () => {
  it('fill a pod of two advertisers, then others before the same again', async () => {
    const server = await openAdServer();
    const player = await openAds({ vast: server.vastUrl('pod.xml') });
    expect(await hearBreak(player)).toEqual(['Run further', 'Sit down']);
    expect(await hearBreak(player)).toEqual(['Get up']);
    expect((await hearBreak(player))[0]).toMatch(/^About/);
  });

  it('never make a pod longer than its minute', async () => {
    const server = await openAdServer();
    server.setSpotSeconds(35);
    const { ads } = await openAds({ vast: server.vastUrl('pod.xml') });
    expect(await ads.prepare(request)).toHaveLength(1);
    server.setSpotSeconds(61);
    const { ads: others } = await openAds({ vast: server.vastUrl('pod.xml') });
    expect((await others.prepare(request))?.[0]?.advertiser).toBe('Refrain');
  });

  it('come from before when the server fails, each once, and house ads do when there is nothing', async () => {
    const server = await openAdServer();
    const player = await openAds({ vast: server.vastUrl('pod.xml') });
    server.failVast('server-error');
    expect((await hearBreak(player))[0]).toMatch(/^About/);
    server.failVast(null);
    expect(await hearBreak(player)).toEqual(['Run further', 'Sit down']);
    server.failVast('server-error');
    expect(await hearBreak(player)).toEqual(['Get up']);
    expect((await hearBreak(player))[0]).toMatch(/^About/);
  });

  it('that were kept for later are too old after an hour', async () => {
    const server = await openAdServer();
    const player = await openAds({ vast: server.vastUrl('pod.xml') });
    expect(await hearBreak(player)).toEqual(['Run further', 'Sit down']);
    server.failVast('server-error');
    player.time.now += 61 * minute;
    expect((await hearBreak(player))[0]).toMatch(/^About/);
  });

  it('are waited for no longer than the session waits for a break', () => {
    const { decisionMilliseconds, mediaMilliseconds } = prepareLimits;
    expect(decisionMilliseconds + mediaMilliseconds).toBeLessThan(1000 * breakRules.prepareSeconds);
  });

  it('are replaced by a house ad, however the server fails', async () => {
    const server = await openAdServer();
    const vast = server.vastUrl('inline-audio.xml');
    const expectHouseAd = async (trouble: string): Promise<void> => {
      const { ads, troubles } = await openAds({ vast });
      expect((await ads.prepare(request))?.[0]?.advertiser).toBe('Refrain');
      expect(troubles).toEqual([trouble]);
    };
    // A slow head is waited for in the same way as a slow body; one wait is enough.
    for (const failure of vastFailures.filter((each) => each !== 'slow-head')) {
      server.failVast(failure);
      await expectHouseAd('no ad decision');
    }
    server.failVast(null);
    for (const failure of mediaFailures.filter((each) => each !== 'slow-head')) {
      server.failMedia(failure);
      await expectHouseAd('ad media not loaded');
    }
  });
});

describe('a threat', () => {
  it('ad host blocked: Refrain’s own ads, as long as there are any, and never a word of it', async () => {
    const server = await openAdServer();
    const player = await openAds({ vast: server.vastUrl('pod.xml') });
    await server.close();
    const titles: string[] = [];
    for (let breaks = 0; breaks < 4; breaks += 1) titles.push(...(await hearBreak(player)));
    expect(titles).toHaveLength(4);
    expect(titles.every((title) => title.startsWith('About'))).toBe(true);
    expect(player.ads.ledger(0).breaksToday).toBe(4);
    const empty = await openAds({
      vast: server.vastUrl('pod.xml'),
      houseFolder: await temporaryFolder(),
    });
    expect(await empty.ads.prepare(request)).toBeNull();
  });
});

describe('the ledger', () => {
  it('counts an impression once, keeps it over a restart and tells the newest first', async () => {
    const player = await openAds();
    const [spot] = (await player.ads.prepare(request)) ?? [];
    if (spot === undefined) throw new Error('There are house ads');
    for (let count = 0; count < 3; count += 1) {
      player.ads.spotHappened(spot, { kind: 'impression' });
    }
    const [second] = await hearBreak(player);
    await player.ads.close();
    const { ads } = await openAds({ profileFolder: player.profileFolder });
    const ledger = ads.ledger(120);
    expect(ledger).toMatchObject({ breaksToday: 2, secondsUntilDue: 120 });
    expect(ledger.heard.map(({ title }) => title)).toEqual([second, spot.title]);
  });

  it('takes no impression of a spot that was never served', async () => {
    const { ads } = await openAds();
    ads.spotHappened({ id: 'forged' }, { kind: 'impression' });
    expect(ads.ledger(null)).toMatchObject({ breaksToday: 0, heard: [] });
  });

  it('begins anew on a damaged file, which is kept', async () => {
    const profileFolder = await temporaryFolder();
    await writeFile(join(profileFolder, 'ads.json'), '{"heard": 3');
    const { ads } = await openAds({ profileFolder });
    expect(ads.ledger(null).heard).toEqual([]);
    const [kept = ''] = await readdir(profileFolder);
    expect(await readFile(join(profileFolder, kept), 'utf8')).toBe('{"heard": 3');
  });
});

describe('what the listener thinks of ads', () => {
  /** @returns the creative of the newest ad heard */
  function newest(ads: Ads): string {
    return ads.ledger(null).heard[0]?.creative ?? '';
  }

  it('keeps one away for good that is never to come again, until that is taken back', async () => {
    const player = await openAds();
    const [title = ''] = await hearBreak(player);
    const creative = newest(player.ads);
    player.ads.judge(creative, 'never', true);
    await player.ads.close();

    const later = await openAds({ profileFolder: player.profileFolder });
    const heard: string[] = [];
    for (let count = 0; count < 6; count += 1) heard.push(...(await hearBreak(later)));
    expect(heard).toHaveLength(6);
    expect(heard).not.toContain(title);
    later.ads.judge(creative, 'never', false);
    expect(later.ads.ledger(null).judged).toEqual([]);
    expect(await hearBreak(later)).toEqual([title]);
  });

  it('is shown with the ad and apart from it, and is of nothing that was not heard', async () => {
    const player = await openAds();
    await hearBreak(player);
    const creative = newest(player.ads);
    player.ads.judge('never heard', 'never', true);
    player.ads.judge(creative, 'not_my_taste', true);
    player.ads.judge(creative, 'not_my_taste', true);
    const { heard, judged } = player.ads.ledger(null);
    expect(heard[0]?.judgements).toEqual(['not_my_taste']);
    expect(judged).toMatchObject([{ creative, judgement: 'not_my_taste' }]);
  });

  it('keeps the genres that were heard as families, and no more than two days of them', async () => {
    const player = await openAds();
    for (let count = 0; count < 300; count += 1) player.ads.listened('Very Rare Black Metal');
    player.ads.listened('Nothing Known');
    await player.ads.close();
    const kept = await readFile(join(player.profileFolder, 'ads.json'), 'utf8');
    expect(kept).not.toMatch(/rare|nothing/i);
    expect(kept.match(/"metal"/g)).toHaveLength(200);
  });
});

describe('an ad that is measured', () => {
  it('is heard no louder than the music; one whose measure comes too late as if it were as loud as can be', async () => {
    const server = await openAdServer();
    const vast = server.vastUrl('inline-audio.xml');
    const { ads } = await openAds({
      vast,
      askMeasure: (mediaUrl) => ads.keepMeasured({ mediaUrl, lufs: -12, peak: 0.5 }),
    });
    const { ads: others } = await openAds({ vast, askMeasure: () => undefined });
    const [measured] = (await ads.prepare(request)) ?? [];
    const [unmeasured] = (await others.prepare(request)) ?? [];
    expect(20 * Math.log10(measured?.gain ?? 0)).toBeCloseTo(-6, 5);
    expect(20 * Math.log10(unmeasured?.gain ?? 0)).toBeCloseTo(-18, 5);
  });
});

describe('an ad that was louder than the music', () => {
  it('is told of, although its measure came after it was heard', async () => {
    const server = await openAdServer();
    const vast = server.vastUrl('inline-audio.xml');
    const heard = async (player: Awaited<ReturnType<typeof openAds>>): Promise<string> => {
      const [spot] = (await player.ads.prepare(request)) ?? [];
      if (spot === undefined) throw new Error('There is an ad in the fixture');
      player.ads.spotHappened(spot, { kind: 'impression' });
      return spot.mediaUrl;
    };
    const measured = await openAds({ vast });
    await heard(measured);
    expect(measured.louder.times).toBe(0);
    const late = await openAds({ vast, askMeasure: () => undefined });
    const mediaUrl = await heard(late);
    late.ads.keepMeasured({ mediaUrl, lufs: 0, peak: 1 });
    expect(late.louder.times).toBe(0);
    late.ads.keepMeasured({ mediaUrl, lufs: 3, peak: 1 });
    expect(late.louder.times).toBe(1);
  });
});

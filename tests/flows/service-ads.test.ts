import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { readCampaigns, replaceCampaigns } from '../../service/ads/campaigns.ts';
import { aCampaign, aCreative } from '../support/ad-catalogue.ts';
import {
  type Answer,
  type ServiceRig,
  databases,
  openServiceRig,
  rigStart,
} from '../support/service-rig.ts';

const Refused = z.object({ refused: z.string().nullable() });

describe.each(databases)('ads from the service, over %s', (database) => {
  let rig: ServiceRig;
  beforeAll(async () => {
    rig = await openServiceRig({ store: database });
  }, 60_000);
  afterAll(() => rig.close());
  beforeEach(() => {
    rig.clock.now = rigStart;
  });

  function decide(change: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const query = new URLSearchParams({
      break: randomUUID(),
      language: 'en',
      market: 'GB',
      version: '0.1.0',
      ...change,
    });
    return rig.ask('GET', `/v1/ads/vast?${query.toString()}`);
  }

  async function adsOf(change: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
    const xml = await (await decide(change)).response.text();
    return Array.from(xml.matchAll(/<Ad id="([^"]+)"/g), ([, id = '']) => id);
  }

  /** @returns the beacons' addresses of the first ad, by event */
  async function serve(): Promise<ReadonlyMap<string, string>> {
    const xml = await (await decide()).response.text();
    const addresses = Array.from(
      xml.matchAll(/https:[^<]*(\/v1\/beacons\/[\da-f-]{36}\/(\w+)\?sig=[\w.-]+)/g),
      ([, address = '', event = '']) => [event, address] as const,
    );
    return new Map(addresses.reverse());
  }

  async function tell(address: string | undefined, heardSeconds: number, change = {}) {
    const at = new Date(rig.clock.now).toISOString();
    return rig.ask('POST', address ?? '', {
      body: { at, heardSeconds, late: false, ...change },
      headers: { 'idempotency-key': randomUUID() },
    });
  }

  async function refusalOf(answer: Promise<Answer>): Promise<string | null> {
    const { status, body } = await answer;
    expect(status).toBe(200);
    return Refused.parse(body).refused;
  }

  async function reportOf(campaign: string) {
    const { campaigns } = await rig.service.ads.report(1);
    return campaigns.find((one) => one.campaign === campaign);
  }

  it('are none, which is no failure, as long as there is no catalogue', async () => {
    const { status, response } = await decide();
    expect(status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^application\/xml/);
    expect(await response.text()).toMatch(/<VAST version="4\.2"[^>]*\/>/);
  });

  it('are those that may run now, here, in this language and part of the day', async () => {
    await rig.service.ads.load({
      campaigns: [
        aCampaign('everywhere'),
        aCampaign('over', { endsAt: '2026-11-22T12:00:00Z' }),
        aCampaign('to-come', { startsAt: '2026-11-22T12:00:01Z' }),
        aCampaign('german', { languages: ['de'] }),
        aCampaign('swiss', { markets: ['CH'] }),
        aCampaign('nightly', { dayparts: ['night'] }),
      ],
    });
    expect(await adsOf({ daypart: 'day' })).toEqual(['everywhere']);
    expect(new Set(await adsOf({ language: 'de', market: 'CH', daypart: 'night' }))).toEqual(
      new Set(['everywhere', 'german', 'swiss', 'nightly']),
    );
    expect(await adsOf({ daypart: 'day', exclude: 'other,everywhere' })).toEqual([]);
  });

  it('put first what is meant for this music, and leave the choice among six to the device', async () => {
    const others = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => aCampaign(id, { genres: ['pop'] }));
    await rig.service.ads.load({
      campaigns: [...others, aCampaign('all'), aCampaign('rock', { genres: ['rock'] })],
    });
    const ads = await adsOf({ genre: 'rock' });
    expect(ads).toHaveLength(6);
    expect(ads.slice(0, 2)).toEqual(['rock', 'all']);
  });

  it('keep the catalogue before when the new one is not what it should be', async () => {
    await rig.service.ads.load({ campaigns: [aCampaign('good')] });
    const bad = [
      { campaigns: [aCampaign('bad', { creatives: [] })] },
      { campaigns: [aCampaign('twice'), aCampaign('twice', { creatives: [aCreative('other')] })] },
      { campaigns: [aCampaign('back', { endsAt: '2025-01-01T00:00:00Z' })] },
      {
        campaigns: [
          aCampaign('x', { creatives: [aCreative('x', { mediaUrl: 'http://x.example/a.mp3' })] }),
        ],
      },
    ];
    for (const catalogue of bad) {
      await expect(rig.service.ads.load(catalogue)).rejects.toThrow();
    }
    expect(await adsOf()).toEqual(['good']);
  });

  it('stop when the day’s budget was heard, and are back the next day', async () => {
    await rig.service.ads.load({ campaigns: [aCampaign('small', { dailyImpressions: 2 })] });
    for (let heard = 0; heard < 2; heard += 1) {
      expect(await refusalOf(tell((await serve()).get('impression'), 0))).toBe(null);
    }
    rig.clock.now += 6000;
    expect(await adsOf()).toEqual([]);
    rig.clock.now += 24 * 3_600_000;
    expect(await adsOf()).toEqual(['small']);
  });

  it('are refused to a query that names somebody, or is not what it should be', async () => {
    for (const change of [{ genre: 'Some Rare Band' }, { market: 'gb' }, { break: 'me' }]) {
      expect((await decide(change as Record<string, string>)).status).toBe(400);
    }
  });

  describe('beacons', () => {
    beforeEach(async () => {
      await rig.service.ads.load({ campaigns: [aCampaign(`campaign-${randomUUID()}`)] });
    });

    it('are counted once each, however often and however many at a time they are told', async () => {
      const [campaign = ''] = await adsOf();
      const addresses = await serve();
      rig.clock.now += 30_000;
      const told = [
        ['impression', 0],
        ['midpoint', 10],
        ['complete', 20],
      ] as const;
      const answers = await Promise.all(
        [...told, ...told, ...told].map(([event, heard]) =>
          refusalOf(tell(addresses.get(event), heard)),
        ),
      );
      expect(new Set(answers)).toEqual(new Set([null]));
      expect(await reportOf(campaign)).toMatchObject({
        offered: 2,
        impressions: 1,
        completes: 1,
        completion: 1,
        refused: 0,
      });
    });

    it('a threat, forged beacons: those are refused and leave nothing behind', async () => {
      const [campaign = ''] = await adsOf();
      const addresses = await serve();
      const address = addresses.get('impression') ?? '';
      const forged = [
        address.replace(/sig=.*/, 'sig=forged'),
        address.replace(
          /sig=.*\./,
          `sig=${Buffer.from('["other","x",0,9]').toString('base64url')}.`,
        ),
        address.replace(/beacons\/[\da-f-]+/, `beacons/${randomUUID()}`),
        address.replace(/\?.*/, ''),
      ];
      for (const one of forged) expect((await tell(one, 0)).status).toBe(400);
      expect(await reportOf(campaign)).toMatchObject({ impressions: 0, refused: 0 });
      expect(await refusalOf(tell(address, 0))).toBe(null);
    });

    it('that can’t be are kept with the reason, and never counted', async () => {
      const [campaign = ''] = await adsOf();
      const addresses = await serve();
      expect(await refusalOf(tell(addresses.get('complete'), 20))).toBe('longer_than_time');
      rig.clock.now += 60_000;
      // The same again is answered as it was the first time.
      expect(await refusalOf(tell(addresses.get('complete'), 20))).toBe('longer_than_time');
      expect(await refusalOf(tell(addresses.get('midpoint'), 0))).toBe('not_heard');
      expect(await reportOf(campaign)).toMatchObject({ completes: 0, refused: 2 });
    });

    it('may come days late, but not after a week', async () => {
      const addresses = await serve();
      rig.clock.now += 6 * 86_400_000;
      expect(await refusalOf(tell(addresses.get('impression'), 0, { late: true }))).toBe(null);
      rig.clock.now += 2 * 86_400_000;
      expect(await refusalOf(tell(addresses.get('complete'), 20, { late: true }))).toBe('too_old');
    });
  });
});

describe('the campaigns', () => {
  it('are read whole while others take their place', async () => {
    const rig = await openServiceRig({ store: 'postgres' });
    onTestFinished(rig.close);
    const { db } = rig.parts.store;
    await replaceCampaigns(db, { campaigns: [aCampaign('before')] });
    const reading = await db.transaction(async (tx) => {
      // Whoever reads comes as far as the campaigns, and sees the creatives after the change.
      await tx.execute(sql`LOCK TABLE creatives IN ACCESS EXCLUSIVE MODE`);
      const begun = readCampaigns(db);
      await expect
        .poll(() => tx.$count(sql`pg_locks WHERE NOT granted AND relation = 'creatives'::regclass`))
        .toBe(1);
      await replaceCampaigns(tx, { campaigns: [aCampaign('after')] });
      return { begun };
    });
    expect(await reading.begun).toMatchObject([{ id: 'before', creatives: [{ id: 'before-1' }] }]);
    expect(await readCampaigns(db)).toMatchObject([{ id: 'after' }]);
  });
});

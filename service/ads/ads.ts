import { randomUUID } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import type { Beacon, BeaconEvent, DecisionQuery } from '../api/ads.ts';
import type { ServiceParts } from '../parts.ts';
import { Refusal } from '../refusal.ts';
import { createBeaconAddresses } from './beacon-address.ts';
import { readCampaigns, replaceCampaigns } from './campaigns.ts';
import { Catalogue } from './catalogue.ts';
import { type Running, chooseOffers } from './choose-offers.ts';
import { type AdReport, count, dayOf, impressionsOf, reportSince, storeCounted } from './counts.ts';
import { type BeaconRefusal, judgeBeacon } from './judge-beacon.ts';
import { beacons } from './tables.ts';
import { vastOf } from './vast.ts';

/** Which ads may be heard, and which were. Nothing here knows whose device asks. */
export interface Ads {
  /** @returns a VAST document, without an ad where none fits */
  readonly decide: (query: DecisionQuery) => Promise<string>;
  /**
   * Counts what a device tells, once, however often it is told.
   * @returns why it was not counted; null: it was
   * @throws {Refusal} invalid, for an address that this service did not sign
   */
  readonly receive: (told: ToldBeacon) => Promise<BeaconRefusal | null>;
  /** @throws {Refusal} invalid, which says where the catalogue is wrong; the one before stays */
  readonly load: (catalogue: unknown) => Promise<void>;
  readonly report: (days: number) => Promise<AdReport>;
}

export interface ToldBeacon {
  readonly serving: string;
  readonly event: BeaconEvent;
  readonly signature: string;
  readonly beacon: Beacon;
}

/** So long a decision may go by an older catalogue, and by budgets that are used up meanwhile. */
const keptMilliseconds = 5000;
const dayMilliseconds = 86_400_000;

interface Kept {
  readonly at: number;
  readonly running: Promise<readonly Running[]>;
}

export function createAds(
  parts: Pick<ServiceParts, 'store' | 'now' | 'sealingKey' | 'origin'>,
): Ads {
  const { now } = parts;
  const { db } = parts.store;
  const addresses = createBeaconAddresses(parts.sealingKey, parts.origin);
  let kept: Kept | null = null;

  function running(): Promise<readonly Running[]> {
    const age = kept === null ? Infinity : Math.abs(now() - kept.at);
    if (kept !== null && age < keptMilliseconds) return kept.running;
    const read = readRunning();
    const mine = { at: now(), running: read };
    kept = mine;
    // What failed is not kept.
    read.catch(() => {
      if (kept === mine) kept = null;
    });
    return read;
  }

  async function readRunning(): Promise<readonly Running[]> {
    const [campaigns, impressions] = await Promise.all([
      readCampaigns(db),
      impressionsOf(db, dayOf(now())),
    ]);
    return campaigns.map((campaign) => ({
      campaign,
      impressionsToday: impressions.get(campaign.id) ?? 0,
    }));
  }

  return {
    async decide(query) {
      const chosen = chooseOffers(await running(), query, now());
      const counted = [
        { campaignId: '', event: 'asked' },
        ...(chosen.length > 0 ? [{ campaignId: '', event: 'filled' }] : []),
        ...chosen.map(({ campaign }) => ({ campaignId: campaign.id, event: 'offered' })),
      ];
      await count(db, dayOf(now()), counted);
      const offers = chosen.map(({ campaign, creative }) => ({
        campaign,
        creative,
        serving: {
          id: randomUUID(),
          campaignId: campaign.id,
          creativeId: creative.id,
          issuedAt: Math.floor(now() / 1000),
          seconds: creative.seconds,
        },
      }));
      return vastOf(offers, addresses);
    },
    async receive({ serving: id, event, signature, beacon }) {
      const serving = addresses.check(id, signature);
      if (serving === null) throw new Refusal('invalid', 'The address is not one of this service');
      const { campaignId, creativeId } = serving;
      const earlier = await db
        .select({ event: beacons.event, heardSeconds: beacons.heardSeconds })
        .from(beacons)
        .where(and(eq(beacons.serving, id), isNull(beacons.refused)));
      if (earlier.some((one) => one.event === event)) return null;
      const refused = judgeBeacon(serving, event, beacon, earlier, now());
      const row = {
        serving: id,
        event,
        campaignId,
        creativeId,
        at: new Date(beacon.at),
        receivedAt: new Date(now()),
        heardSeconds: beacon.heardSeconds,
        late: beacon.late,
        errorCode: beacon.code ?? null,
        refused,
      };
      const isNew = await storeCounted(db, row, dayOf(serving.issuedAt * 1000));
      return isNew ? refused : storedRefusal(id, event);
    },
    async load(catalogue) {
      const checked = Catalogue.safeParse(catalogue);
      if (!checked.success) throw new Refusal('invalid', z.prettifyError(checked.error));
      await replaceCampaigns(db, checked.data);
      kept = null;
    },
    report: (days) => reportSince(db, dayOf(now() - (days - 1) * dayMilliseconds)),
  };

  /** What the same beacon was answered when it came first. */
  async function storedRefusal(id: string, event: BeaconEvent): Promise<BeaconRefusal | null> {
    const [stored] = await db
      .select({ refused: beacons.refused })
      .from(beacons)
      .where(and(eq(beacons.serving, id), eq(beacons.event, event)));
    return (stored?.refused ?? null) as BeaconRefusal | null;
  }
}

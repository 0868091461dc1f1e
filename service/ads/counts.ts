import { and, eq, gte, sql } from 'drizzle-orm';
import type { Store } from '../store.ts';
import { adCounts, beacons } from './tables.ts';

/** What is counted; `asked` and `filled` are of the decisions, and of no campaign: ''. */
export interface Counted {
  readonly campaignId: string;
  readonly event: string;
}

const shards = 16;

const addOne = {
  target: [adCounts.day, adCounts.campaignId, adCounts.event, adCounts.shard],
  set: { count: sql`${adCounts.count} + 1` },
};

export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10);
}

/** Adds one to each. Everybody adds to a row chosen at random, so that few wait for each other. */
export async function count(
  db: Store['db'],
  day: string,
  counted: readonly Counted[],
): Promise<void> {
  const shard = anyShard();
  // All in the same order: two that each wait for the other's row would never end.
  const rows = counted
    .map((one) => ({ ...one, day, shard, count: 1 }))
    .toSorted((a, b) => (`${a.campaignId}\n${a.event}` < `${b.campaignId}\n${b.event}` ? -1 : 1));
  await db.insert(adCounts).values(rows).onConflictDoUpdate(addOne);
}

/**
 * Stores a beacon and counts it, in one statement: both or neither, and one way to the database.
 * @returns false where the same beacon was stored before; then nothing is counted
 */
export async function storeCounted(
  db: Store['db'],
  row: typeof beacons.$inferSelect,
  day: string,
): Promise<boolean> {
  const event = row.refused === null ? row.event : 'refused';
  const stored = db
    .$with('stored')
    .as(
      db.insert(beacons).values(row).onConflictDoNothing().returning({ serving: beacons.serving }),
    );
  const counted = await db
    .with(stored)
    .insert(adCounts)
    .select(
      sql`SELECT ${day}::date, ${row.campaignId}, ${event}, ${anyShard()}::smallint, 1 FROM stored`,
    )
    .onConflictDoUpdate(addOne)
    .returning({ shard: adCounts.shard });
  return counted.length > 0;
}

function anyShard(): number {
  return Math.floor(Math.random() * shards);
}

/** @returns impressions of each campaign that had any that day */
export async function impressionsOf(
  db: Store['db'],
  day: string,
): Promise<ReadonlyMap<string, number>> {
  const rows = await db
    .select({ campaignId: adCounts.campaignId, total: sum })
    .from(adCounts)
    .where(and(eq(adCounts.day, day), eq(adCounts.event, 'impression')))
    .groupBy(adCounts.campaignId);
  return new Map(rows.map(({ campaignId, total }) => [campaignId, total]));
}

const sum = sql<number>`sum(${adCounts.count})::integer`;

/** How full the breaks are, and how far each campaign's ads are heard. Shares are null without any. */
export interface AdReport {
  readonly from: string;
  readonly asked: number;
  readonly fill: number | null;
  readonly campaigns: readonly CampaignReport[];
}

export interface CampaignReport {
  readonly campaign: string;
  readonly offered: number;
  readonly impressions: number;
  readonly completes: number;
  readonly completion: number | null;
  readonly skips: number;
  readonly clicks: number;
  readonly errors: number;
  readonly refused: number;
}

/** @param from the first day: YYYY-MM-DD */
export async function reportSince(db: Store['db'], from: string): Promise<AdReport> {
  const rows = await db
    .select({ campaignId: adCounts.campaignId, event: adCounts.event, total: sum })
    .from(adCounts)
    .where(gte(adCounts.day, from))
    .groupBy(adCounts.campaignId, adCounts.event);
  const of = (campaign: string, event: string): number =>
    rows.find((row) => row.campaignId === campaign && row.event === event)?.total ?? 0;
  const campaigns = [...new Set(rows.map(({ campaignId }) => campaignId))].filter(Boolean).sort();
  const asked = of('', 'asked');
  return {
    from,
    asked,
    fill: shareOf(of('', 'filled'), asked),
    campaigns: campaigns.map((campaign) => ({
      campaign,
      offered: of(campaign, 'offered'),
      impressions: of(campaign, 'impression'),
      completes: of(campaign, 'complete'),
      completion: shareOf(of(campaign, 'complete'), of(campaign, 'impression')),
      skips: of(campaign, 'skip'),
      clicks: of(campaign, 'clickThrough'),
      errors: of(campaign, 'error'),
      refused: of(campaign, 'refused'),
    })),
  };
}

function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

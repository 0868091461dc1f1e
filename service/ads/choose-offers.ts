import { createHash } from 'node:crypto';
import type { DecisionQuery } from '../api/ads.ts';
import type { Campaign, Creative } from './catalogue.ts';

/** So many that the device can choose among them by taste, and some may fail. */
const mostOffers = 6;

/** A campaign with what it was heard today. */
export interface Running {
  readonly campaign: Campaign;
  readonly impressionsToday: number;
}

export interface Chosen {
  readonly campaign: Campaign;
  readonly creative: Creative;
}

/**
 * The candidates for one break. Dates, day-part, language, market and budget decide who may; genre
 * and mood only who comes first, since what the listener likes is known to the device alone. Within
 * that those whose budget is the least used come first. The same question has the same answer.
 */
export function chooseOffers(
  running: readonly Running[],
  query: DecisionQuery,
  nowMs: number,
): readonly Chosen[] {
  const excluded = new Set(query.exclude?.split(',') ?? []);
  return running
    .filter(({ campaign }) => !excluded.has(campaign.id) && mayRun(campaign, query, nowMs))
    .filter(({ campaign, impressionsToday }) => impressionsToday < campaign.dailyImpressions)
    .map(({ campaign, impressionsToday }) => ({
      campaign,
      fit: fitOf(campaign, query),
      used: impressionsToday / campaign.dailyImpressions,
      lot: lotOf(query.break, campaign.id),
    }))
    .toSorted((a, b) => b.fit - a.fit || a.used - b.used || a.lot - b.lot)
    .slice(0, mostOffers)
    .flatMap(({ campaign, lot }) => {
      const creative = campaign.creatives[lot % campaign.creatives.length];
      return creative === undefined ? [] : [{ campaign, creative }];
    });
}

function mayRun(campaign: Campaign, query: DecisionQuery, nowMs: number): boolean {
  return (
    Date.parse(campaign.startsAt) <= nowMs &&
    nowMs < Date.parse(campaign.endsAt) &&
    isFor(campaign.languages, query.language) &&
    isFor(campaign.markets, query.market) &&
    (query.daypart === undefined || isFor(campaign.dayparts, query.daypart))
  );
}

function isFor<Value>(wanted: readonly Value[], given: Value): boolean {
  return wanted.length === 0 || wanted.includes(given);
}

/** Meant for this very kind of music before meant for all, and that before meant for another. */
function fitOf({ genres, moods }: Campaign, { genre, mood }: DecisionQuery): number {
  return oneFit(genres, genre) + oneFit(moods, mood);
}

function oneFit<Value>(wanted: readonly Value[], given: Value | undefined): number {
  if (wanted.length === 0) return 0;
  return given !== undefined && wanted.includes(given) ? 1 : -1;
}

function lotOf(breakId: string, campaignId: string): number {
  return createHash('sha256').update(`${breakId}\n${campaignId}`).digest().readUInt32BE();
}

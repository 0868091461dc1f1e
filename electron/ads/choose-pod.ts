import type { Ad } from './ad.ts';

export interface PodLimits {
  readonly mostSpots: number;
  readonly mostSeconds: number;
}

/** What matters for choosing, of an ad that is fetched or only offered. */
export type PodCandidate = Pick<Ad, 'creative' | 'advertiser' | 'house' | 'seconds'>;

/** What the last breaks held. */
export interface RecentAds {
  readonly advertisers: ReadonlySet<string>;
  readonly creatives: ReadonlySet<string>;
}

/**
 * Picks the spots of one break from groups in order of preference; the first group that has any
 * gives them all. No advertiser comes twice within a break, nor again after the last breaks. Refrain's
 * own ads may, when there is nothing else: they are few, and all of one advertiser.
 */
export function choosePod<Candidate extends PodCandidate>(
  groups: readonly (readonly Candidate[])[],
  limits: PodLimits,
  recent: RecentAds,
): readonly Candidate[] {
  const unheard = groups.map((group) => group.filter((ad) => !wasHeard(ad, recent)));
  const house = groups.map((group) => group.filter((ad) => ad.house));
  for (const group of [...unheard, ...house]) {
    const pod = fill(group, limits);
    if (pod.length > 0) return pod;
  }
  return [];
}

/** House ads are all of one advertiser, so there it is the creative that counts. */
function wasHeard(ad: PodCandidate, recent: RecentAds): boolean {
  return ad.house ? recent.creatives.has(ad.creative) : recent.advertisers.has(ad.advertiser);
}

function fill<Candidate extends PodCandidate>(
  group: readonly Candidate[],
  { mostSpots, mostSeconds }: PodLimits,
): readonly Candidate[] {
  const pod: Candidate[] = [];
  let secondsLeft = mostSeconds;
  for (const ad of group) {
    const fits = pod.length < mostSpots && ad.seconds <= secondsLeft;
    if (!fits || pod.some(({ advertiser }) => advertiser === ad.advertiser)) continue;
    pod.push(ad);
    secondsLeft -= ad.seconds;
  }
  return pod;
}

import { randomUUID } from 'node:crypto';
import { adUrl } from '../../shared/urls.ts';
import type { Ad, BreakRequest, Spot } from './ad.ts';
import { clickHost } from './ad.ts';
import { choosePod } from './choose-pod.ts';
import type { Ledger } from './ledger.ts';
import type { Loudness } from './loudness.ts';
import { spotGain } from './loudness.ts';
import type { Tasted } from './taste.ts';
import { byTaste } from './taste.ts';
import type { AdTracking } from './tracking.ts';

export interface Offered extends Tasted {
  readonly campaign: string;
  /** As its server says; null: it does not. */
  readonly seconds: number | null;
  readonly lastsSeconds: number | null;
  readonly tracking: AdTracking | null;
}

/** Where ads come from, beside those in the bundle. `Offer` is its own: an ad not fetched yet. */
export interface AdSource<Offer extends Offered> {
  readonly decide: (request: BreakRequest, signal: AbortSignal) => Promise<readonly Offer[]>;
  /** @throws when the media can't be had or is not what it should be */
  readonly fetch: (offer: Offer, signal: AbortSignal) => Promise<Ad>;
}

export interface PrepareParts<Offer extends Offered> {
  readonly source: AdSource<Offer> | null;
  readonly house: readonly Ad[];
  readonly ledger: Pick<Ledger, 'recent' | 'capped' | 'lastHeard' | 'taste'>;
  /** How loud a sound of the media store is; it may take long, or fail. */
  readonly measure: (mediaId: string) => Promise<Loudness>;
  /** An ad that was decided will never be played. */
  readonly unused: (tracking: AdTracking) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly limits: PrepareLimits;
  /** An ad was not to be had; the next best is taken. */
  readonly trouble: (what: string, cause: unknown) => void;
}

export interface Prepare {
  /**
   * The source's ads, else ones fetched before and not played, else house ads, else null. Whatever
   * the source does, the answer comes within the limits. An ad is given out once.
   */
  readonly prepare: (request: BreakRequest) => Promise<readonly PreparedSpot[] | null>;
  /** Gives up the ads that are kept for later. */
  readonly close: () => void;
}

export interface PrepareLimits {
  readonly decisionMilliseconds: number;
  readonly mediaMilliseconds: number;
}

/** Together under the 5 s that the session waits, so that a house ad can still step in. */
export const prepareLimits: PrepareLimits = { decisionMilliseconds: 2000, mediaMilliseconds: 2700 };

export interface PreparedSpot {
  readonly spot: Spot;
  readonly ad: Ad;
}

/** A break is never more than this, whatever is asked. */
const mostSpots = 2;
const mostSeconds = 60;
/** So many are looked at, and so many fetched: some may fail, and the rest is for a later break. */
const mostCandidates = 6;
const mostFetched = 4;
const usualSeconds = 30;
/** A break is decided about half a minute before it is played. */
const shortestLifeSeconds = 60;
const mostKept = 6;
const keptSeconds = 3600;
const unmeasured: Loudness = { lufs: null, dbtp: null };

/** Makes what prepares breaks. */
export function createPrepare<Offer extends Offered>({
  source,
  house,
  ledger,
  measure,
  unused,
  now,
  limits,
  trouble,
}: PrepareParts<Offer>): Prepare {
  let kept: readonly { readonly ad: Ad; readonly at: number }[] = [];

  async function decided(request: BreakRequest): Promise<readonly Offer[]> {
    if (source === null) return [];
    const decide = (signal: AbortSignal) => source.decide(request, signal);
    return within(limits.decisionMilliseconds, decide).catch((cause: unknown) => {
      trouble('no ad decision', cause);
      return [];
    });
  }

  async function fetched(request: BreakRequest): Promise<readonly Ad[]> {
    const offers = await decided(request);
    const open = offers.filter(
      (offer) =>
        !ledger.capped(offer) && (offer.lastsSeconds ?? shortestLifeSeconds) >= shortestLifeSeconds,
    );
    const candidates = byTaste(open, ledger.taste()).slice(0, mostCandidates);
    const wanted = likelyFirst(candidates, request).slice(0, mostFetched);
    giveUp(offers.filter((offer) => !wanted.includes(offer)));
    const deadline = AbortSignal.timeout(limits.mediaMilliseconds);
    const results = await Promise.all(wanted.map((offer) => fetchOne(offer, deadline)));
    return results.filter((ad) => ad !== null);
  }

  /** Those first that make up the break if all is as it is stated. */
  function likelyFirst(offers: readonly Offer[], request: BreakRequest): readonly Offer[] {
    const candidates = offers.map((offer) => ({
      ...{ offer, creative: offer.creative, advertiser: offer.advertiser, house: false },
      seconds: offer.seconds ?? usualSeconds,
    }));
    const pod = choosePod([candidates], limitsOf(request), ledger.recent());
    return [...new Set([...pod.map(({ offer }) => offer), ...offers])];
  }

  async function fetchOne(offer: Offer, deadline: AbortSignal): Promise<Ad | null> {
    if (source === null) return null;
    try {
      return await measured(await before(deadline, source.fetch(offer, deadline)), deadline);
    } catch (cause) {
      trouble('ad media not loaded', cause);
      return null;
    }
  }

  /** Not measured in time it counts as loud as ads get. */
  async function measured(ad: Ad, deadline: AbortSignal): Promise<Ad> {
    if (ad.loudnessLufs !== null) return ad;
    const { lufs, dbtp } = await before(deadline, measure(ad.mediaId)).catch(() => unmeasured);
    return { ...ad, loudnessLufs: lufs, truePeakDbtp: dbtp };
  }

  function giveUp(ads: readonly Pick<Offered, 'tracking'>[]): void {
    for (const { tracking } of ads) {
      if (tracking !== null) unused(tracking);
    }
  }

  /** What was fetched before and not played: it may be still, unless it is too old. */
  function recall(): readonly Ad[] {
    keepOnly(kept.filter(({ ad, at }) => now() < at + keptMilliseconds(ad)));
    return kept.map(({ ad }) => ad);
  }

  function keepOnly(those: typeof kept): void {
    giveUp(kept.filter((each) => !those.includes(each)).map(({ ad }) => ad));
    kept = those;
  }

  /** What a break did not need is for the next one; of one creative the newest. */
  function keepRest(fresh: readonly Ad[], pod: readonly Ad[]): void {
    const played = (ad: Ad): boolean => pod.includes(ad);
    // Given out: its own beacons tell what became of it.
    kept = kept.filter(({ ad }) => !played(ad));
    const rest = fresh.filter((ad) => !played(ad));
    const names = new Set(rest.map(({ creative }) => creative));
    const added = rest.map((ad) => ({ ad, at: now() }));
    kept = [...added, ...kept];
    keepOnly(
      kept
        .filter((each) => added.includes(each) || !names.has(each.ad.creative))
        .slice(0, mostKept),
    );
  }

  return {
    async prepare(request) {
      const fresh = await fetched(request);
      const groups = [fresh, recall(), leastHeardFirst(house, ledger)].map((group) =>
        byTaste(
          group.filter((ad) => !ledger.capped(ad)),
          ledger.taste(),
        ),
      );
      const pod = choosePod(groups, limitsOf(request), ledger.recent());
      keepRest(fresh, pod);
      if (pod.length === 0) return null;
      return pod.map((ad) => ({ ad, spot: serve(ad, request.musicLoudnessLufs) }));
    },
    close: () => keepOnly([]),
  };
}

function limitsOf(request: BreakRequest) {
  return {
    mostSpots: Math.min(mostSpots, request.maxSpots),
    mostSeconds: Math.min(mostSeconds, request.maxSeconds),
  };
}

function leastHeardFirst(ads: readonly Ad[], ledger: Pick<Ledger, 'lastHeard'>): readonly Ad[] {
  return ads.toSorted((a, b) => ledger.lastHeard(a.creative) - ledger.lastHeard(b.creative));
}

function keptMilliseconds({ lastsSeconds }: Ad): number {
  return Math.min(keptSeconds, lastsSeconds ?? Infinity) * 1000;
}

function serve(ad: Ad, musicLufs: number | null): Spot {
  const { companion } = ad;
  return {
    id: randomUUID(),
    advertiser: ad.advertiser,
    title: ad.title,
    mediaUrl: adUrl(ad.mediaId),
    format: ad.format,
    seconds: ad.seconds,
    gain: spotGain({ lufs: ad.loudnessLufs, dbtp: ad.truePeakDbtp }, musicLufs),
    companion:
      companion === null
        ? null
        : {
            imageUrl: adUrl(companion.imageId),
            alt: companion.alt,
            clickHost: clickHost(ad.clickThrough),
          },
    skipAfterSeconds: ad.skipAfterSeconds,
  };
}

function within<Result>(
  milliseconds: number,
  task: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const signal = AbortSignal.timeout(milliseconds);
  return before(signal, task(signal));
}

/** The task's result, or a rejection at the deadline, even if the task takes no notice of it. */
function before<Result>(deadline: AbortSignal, task: Promise<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(new Error('The ad came too late'));
    if (deadline.aborted) stop();
    deadline.addEventListener('abort', stop, { once: true });
    task.then(resolve, reject);
  });
}

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

export interface Offered extends Tasted {
  readonly campaign: string;
}

/** Where ads come from, beside those in the bundle. `Offer` is its own: an ad not fetched yet. */
export interface AdSource<Offer extends Offered> {
  readonly decide: (signal: AbortSignal) => Promise<readonly Offer[]>;
  /** @throws when the media can't be had or is not what it should be */
  readonly fetch: (offer: Offer, signal: AbortSignal) => Promise<Ad>;
}

export interface PrepareParts<Offer extends Offered> {
  readonly source: AdSource<Offer> | null;
  readonly house: readonly Ad[];
  readonly ledger: Pick<Ledger, 'recent' | 'capped' | 'lastHeard' | 'taste'>;
  /** How loud a sound of the media store is; it may take long, or fail. */
  readonly measure: (mediaId: string) => Promise<Loudness>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly limits: PrepareLimits;
  /** An ad was not to be had; the next best is taken. */
  readonly trouble: (what: string, cause: unknown) => void;
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
/** Some may fail or not fit, so a few more than are needed. */
const mostOffers = 4;
const mostKept = 10;
const keptSeconds = 3600;
const unmeasured: Loudness = { lufs: null, dbtp: null };

/**
 * Makes the function that prepares breaks: the source's ads, else ones fetched before, else house
 * ads, else null. Whatever the source does, the answer comes within the limits.
 */
export function createPrepare<Offer extends Offered>({
  source,
  house,
  ledger,
  measure,
  now,
  limits,
  trouble,
}: PrepareParts<Offer>): (request: BreakRequest) => Promise<readonly PreparedSpot[] | null> {
  let kept: readonly { readonly ad: Ad; readonly at: number }[] = [];

  async function fetched(): Promise<readonly Ad[]> {
    if (source === null) return [];
    const offers = await within(limits.decisionMilliseconds, source.decide).catch(
      (cause: unknown) => {
        trouble('no ad decision', cause);
        return [];
      },
    );
    const open = offers.filter((offer) => !ledger.capped(offer));
    const wanted = byTaste(open, ledger.taste()).slice(0, mostOffers);
    const deadline = AbortSignal.timeout(limits.mediaMilliseconds);
    const results = await Promise.all(
      wanted.map((offer) =>
        before(deadline, source.fetch(offer, deadline)).then(
          (ad) => measured(ad, deadline),
          (cause: unknown) => {
            trouble('ad media not loaded', cause);
            return null;
          },
        ),
      ),
    );
    return results.filter((ad) => ad !== null);
  }

  /** Not measured in time it counts as loud as ads get. */
  async function measured(ad: Ad, deadline: AbortSignal): Promise<Ad> {
    if (ad.loudnessLufs !== null) return ad;
    const { lufs, dbtp } = await before(deadline, measure(ad.mediaId)).catch(() => unmeasured);
    return { ...ad, loudnessLufs: lufs, truePeakDbtp: dbtp };
  }

  function recall(): readonly Ad[] {
    kept = kept.filter(({ ad, at }) => now() < at + keptMilliseconds(ad));
    return kept.map(({ ad }) => ad);
  }

  function keep(ads: readonly Ad[]): void {
    const names = new Set(ads.map(({ creative }) => creative));
    const others = kept.filter(({ ad }) => !names.has(ad.creative));
    kept = [...ads.map((ad) => ({ ad, at: now() })), ...others].slice(0, mostKept);
  }

  return async (request) => {
    const fresh = await fetched();
    const groups = [fresh, recall(), leastHeardFirst(house, ledger)];
    keep(fresh);
    const pod = choosePod(
      groups.map((group) =>
        byTaste(
          group.filter((ad) => !ledger.capped(ad)),
          ledger.taste(),
        ),
      ),
      {
        mostSpots: Math.min(mostSpots, request.maxSpots),
        mostSeconds: Math.min(mostSeconds, request.maxSeconds),
      },
      ledger.recent(),
    );
    if (pod.length === 0) return null;
    return pod.map((ad) => ({ ad, spot: serve(ad, request.musicLoudnessLufs) }));
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

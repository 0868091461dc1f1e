import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { AdJudgement, AdLedger, BannerView, MeasuredAd } from '../../shared/ads.ts';
import type { Ad, BreakRequest, Spot } from './ad.ts';
import { clickAddress } from './ad.ts';
import { createBannerSlot } from './banner.ts';
import { coarseGenre } from './coarse-genre.ts';
import { readHouseAds } from './house-ads.ts';
import { openLedger } from './ledger.ts';
import { createMeasuring } from './measuring.ts';
import type { MediaFile, MediaStore } from './media-store.ts';
import { createMediaStore } from './media-store.ts';
import type { AdSource } from './prepare-break.ts';
import { createPrepare, prepareLimits } from './prepare-break.ts';
import type { VastAd } from './vast-ad.ts';

/** All about advertisements but when they are due: that is the session's. */
export interface Ads {
  /** @returns the spots of a break, null for none; within 5 s, and never a rejection */
  readonly prepare: (request: BreakRequest) => Promise<readonly Spot[] | null>;
  /** To be told each event of each spot. */
  readonly spotHappened: (spot: { readonly id: string }, event: { readonly kind: string }) => void;
  readonly banner: () => BannerView | null;
  readonly dismissBanner: (id: string) => void;
  /** Opens what the banner, or the spot heard last, leads to. */
  readonly open: (from: 'banner' | 'companion') => void;
  readonly judge: (creative: string, judgement: AdJudgement, on: boolean) => void;
  /** A track was listened to. @param genre as its tags have it; only its family is kept */
  readonly listened: (genre: string) => void;
  /** The window's answer to `askMeasure`. */
  readonly keepMeasured: (measured: MeasuredAd) => void;
  /** @param secondsUntilDue as the session knows it */
  readonly ledger: (secondsUntilDue: number | null) => AdLedger;
  /** @returns null for an id that was not given out */
  readonly mediaFile: (id: string) => MediaFile | null;
  /** For testers: from now on no spot's sound can be loaded. Pictures still can. */
  readonly failAds: (fail: boolean) => void;
  /** To be called every minute or so, and when the tier or the clock changed. */
  readonly tick: () => void;
  /** @returns a function that ends the listening */
  readonly onBannerChanged: (listener: (view: BannerView | null) => void) => () => void;
  /** To be awaited before quitting. */
  readonly close: () => Promise<void>;
}

export interface AdsParts {
  /** Holds `ads.json`. */
  readonly profileFolder: string;
  readonly houseFolder: string;
  /** Null: house ads only. */
  readonly createSource: ((store: MediaStore) => AdSource<VastAd>) | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly adFree: () => boolean;
  /** Has the window measure the sound at this address on the app's own origin. */
  readonly askMeasure: (mediaUrl: string) => void;
  /** Follows an https or refrain address. */
  readonly openLink: (address: string) => void;
  readonly trouble: (what: string, cause: unknown) => void;
}

/** Spots that may still report; a break has two. */
const mostServed = 20;

export async function createAds(parts: AdsParts): Promise<Ads> {
  const { profileFolder, now, trouble } = parts;
  const store = createMediaStore();
  const house = await readHouseAds(parts.houseFolder, store);
  for (const { what, reason } of house.skipped) trouble(`house ad skipped: ${what}`, reason);
  const ledger = await openLedger({ path: join(profileFolder, 'ads.json'), now, trouble });
  const measuring = createMeasuring(parts.askMeasure);
  const slot = createBannerSlot({ ...parts, banners: house.banners, ledger });
  const prepare = createPrepare({
    source: parts.createSource?.(store) ?? null,
    house: house.ads,
    ledger,
    measure: measuring.measure,
    now,
    limits: prepareLimits,
    trouble,
  });
  const served = new Map<string, { readonly pod: string; readonly ad: Ad }>();
  const listeners = new Set<(view: BannerView | null) => void>();
  let lastHeard: Ad | null = null;
  let failing = false;
  let told = slot.view();

  function tick(): void {
    const view = slot.view();
    if (isDeepStrictEqual(view, told)) return;
    told = view;
    for (const listener of listeners) listener(view);
  }

  return {
    async prepare(request) {
      const spots = await prepare(request);
      if (spots === null) return null;
      const pod = randomUUID();
      for (const { spot, ad } of spots) served.set(spot.id, { pod, ad });
      for (const id of [...served.keys()].slice(0, -mostServed)) served.delete(id);
      return spots.map(({ spot }) => spot);
    },
    spotHappened({ id }, { kind }) {
      const found = served.get(id);
      if (kind !== 'impression' || found === undefined) return;
      lastHeard = found.ad;
      ledger.record(found.pod, id, found.ad);
      slot.follow(found.ad);
      tick();
    },
    banner: slot.view,
    dismissBanner(id) {
      slot.dismiss(id);
      tick();
    },
    open(from) {
      const ad = from === 'banner' ? slot.shown() : lastHeard;
      const address = clickAddress(ad?.clickThrough);
      if (address !== null) parts.openLink(address);
    },
    judge(creative, judgement, on) {
      ledger.judge(creative, judgement, on);
      tick();
    },
    listened(genre) {
      const family = coarseGenre(genre);
      if (family !== null) ledger.listened(family);
    },
    keepMeasured({ mediaUrl, lufs, peak }) {
      measuring.keep(mediaUrl, { lufs, dbtp: peak === null ? null : 20 * Math.log10(peak) });
    },
    ledger: ledger.view,
    mediaFile(id) {
      const file = store.find(id);
      return failing && file !== null && isSound(file) ? null : file;
    },
    failAds(fail) {
      failing = fail;
    },
    tick,
    onBannerChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: ledger.settled,
  };
}

function isSound({ format }: MediaFile): boolean {
  return format !== 'png' && format !== 'jpg' && format !== 'webp';
}

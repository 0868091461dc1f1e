import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type {
  AdJudgement,
  AdLedger,
  BannerView,
  MeasuredAd,
  OutboxView,
} from '../../shared/ads.ts';
import { adUrl } from '../../shared/urls.ts';
import type { Ad, BreakRequest, Spot } from './ad.ts';
import { clickAddress } from './ad.ts';
import { createBannerSlot } from './banner.ts';
import { coarseGenre } from './coarse-genre.ts';
import { readHouseAds } from './house-ads.ts';
import { openLedger } from './ledger.ts';
import { isLouder } from './loudness.ts';
import { createMeasuring } from './measuring.ts';
import type { BeaconOutbox } from './beacon-outbox.ts';
import type { MediaFile, MediaStore } from './media-store.ts';
import { createMediaStore } from './media-store.ts';
import type { AdSource } from './prepare-break.ts';
import { createPrepare, prepareLimits } from './prepare-break.ts';
import type { Beacon, SpotHappening, Tracker } from './tracking.ts';
import { beaconOf, createTracker } from './tracking.ts';
import type { VastAd } from './vast-ad.ts';

/** All about advertisements but when they are due: that is the session's. */
export interface Ads {
  /** @returns the spots of a break, null for none; within 5 s, and never a rejection */
  readonly prepare: (request: BreakRequest) => Promise<readonly Spot[] | null>;
  /** To be told each event of each spot. */
  readonly spotHappened: (spot: { readonly id: string }, event: SpotHappening) => void;
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
  /** What ad servers were told and what they are still to be told. */
  readonly outboxView: () => Promise<OutboxView>;
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

/** What a source of ads is given. */
export interface SourceGround {
  readonly store: MediaStore;
  readonly post: (beacon: Beacon) => void;
  /** Campaigns that were heard as often as they may be. */
  readonly excluded: () => readonly string[];
}

export interface AdsParts {
  /** Holds `ads.json`. */
  readonly profileFolder: string;
  readonly houseFolder: string;
  /** Of who signed what lies there. */
  readonly houseKey: string;
  /** @returns null: house ads only */
  readonly createSource: (ground: SourceGround) => AdSource<VastAd> | null;
  readonly outbox: BeaconOutbox;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly adFree: () => boolean;
  /** Has the window measure the sound at this address on the app's own origin. */
  readonly askMeasure: (mediaUrl: string) => void;
  /** An ad was heard louder than the music, which must never be. */
  readonly wasLouder: () => void;
  /** Follows an https or refrain address. */
  readonly openLink: (address: string) => void;
  readonly trouble: (what: string, cause: unknown) => void;
}

interface Served {
  readonly pod: string;
  readonly ad: Ad;
  readonly gain: number;
  readonly musicLufs: number | null;
  readonly tracker: Tracker | null;
  /** Of its pod. */
  readonly isLast: boolean;
}

const spotEnds: ReadonlySet<string> = new Set(['complete', 'skip', 'closeLinear', 'error']);

/** Spots that may still report; a break has two. */
const mostServed = 20;

export async function createAds(parts: AdsParts): Promise<Ads> {
  const { profileFolder, now, outbox, trouble } = parts;
  const store = createMediaStore();
  const house = await readHouseAds(parts.houseFolder, parts.houseKey, store);
  for (const { what, reason } of house.skipped) trouble(`house ad skipped: ${what}`, reason);
  const ledger = await openLedger({ path: join(profileFolder, 'ads.json'), now, trouble });
  const measuring = createMeasuring(parts.askMeasure);
  const slot = createBannerSlot({ ...parts, banners: house.banners, ledger });
  const { post } = outbox;
  const breaks = createPrepare({
    source: parts.createSource({ store, post, excluded: ledger.cappedCampaigns }),
    house: house.ads,
    ledger,
    measure: measuring.measure,
    unused({ serving, addresses }) {
      const templates = addresses.notUsed ?? [];
      post(beaconOf({ serving, event: 'notUsed', templates, at: now() }));
    },
    now,
    limits: prepareLimits,
    trouble,
  });
  const served = new Map<string, Served>();
  const listeners = new Set<(view: BannerView | null) => void>();
  let lastHeard: Served | null = null;
  let failing = false;
  let told = slot.view();

  function track(ad: Ad, place: number, count: number): Tracker | null {
    const { tracking, seconds } = ad;
    if (tracking === null) return null;
    const hasCompanion = ad.companion !== null;
    return createTracker({ tracking, seconds, place, count, hasCompanion, post, now });
  }

  function judgeLoudness(heard: Served | null, lufs: number | null): void {
    if (heard !== null && isLouder(lufs, heard.gain, heard.musicLufs)) parts.wasLouder();
  }

  function tick(): void {
    void outbox.tick();
    const view = slot.view();
    if (isDeepStrictEqual(view, told)) return;
    told = view;
    for (const listener of listeners) listener(view);
  }

  return {
    async prepare(request) {
      const spots = await breaks.prepare(request);
      if (spots === null) return null;
      const pod = randomUUID();
      for (const [index, { spot, ad }] of spots.entries()) {
        const tracker = track(ad, index + 1, spots.length);
        served.set(spot.id, {
          pod,
          ad,
          gain: spot.gain,
          musicLufs: request.musicLoudnessLufs,
          tracker,
          isLast: index + 1 === spots.length,
        });
        tracker?.happened({ kind: 'loaded' });
      }
      for (const id of [...served.keys()].slice(0, -mostServed)) served.delete(id);
      return spots.map(({ spot }) => ({
        ...spot,
        tellAtSeconds: served.get(spot.id)?.tracker?.tellAtSeconds ?? [],
      }));
    },
    spotHappened({ id }, event) {
      const found = served.get(id);
      if (found === undefined) return;
      found.tracker?.happened(event);
      if (event.kind === 'impression') {
        lastHeard = found;
        ledger.record(found.pod, id, found.ad);
        judgeLoudness(found, found.ad.loudnessLufs);
      }
      // Not before: nothing beside the break itself moves while it lasts.
      if (found.isLast && spotEnds.has(event.kind) && lastHeard?.pod === found.pod) {
        slot.follow(lastHeard.ad);
        tick();
      }
    },
    banner: slot.view,
    dismissBanner(id) {
      slot.dismiss(id);
      tick();
    },
    open(from) {
      const ad = from === 'banner' ? slot.shown() : lastHeard?.ad;
      const address = clickAddress(ad?.clickThrough);
      if (address === null) return;
      parts.openLink(address);
      // The slot may still show the companion of what was heard.
      if (ad?.creative === lastHeard?.ad.creative) lastHeard?.tracker?.clicked();
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
      // It may come after the ad was heard.
      const late = lastHeard?.ad;
      if (late?.loudnessLufs === null && adUrl(late.mediaId) === mediaUrl) {
        judgeLoudness(lastHeard, lufs);
      }
    },
    ledger: ledger.view,
    outboxView: outbox.view,
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
    async close() {
      breaks.close();
      await Promise.all([ledger.settled(), outbox.close()]);
    },
  };
}

function isSound({ format }: MediaFile): boolean {
  return format !== 'png' && format !== 'jpg' && format !== 'webp';
}

import { createHash, randomUUID } from 'node:crypto';
import { Label, beaconEvents, categoryAuthority, genreAuthority } from '../../service/api/ads.ts';
import type { AdFormat } from './ad.ts';
import { clickAddress } from './ad.ts';
import type { AdTracking, TrackedEvent } from './tracking.ts';
import type { VastChain } from './vast-chain.ts';
import { VastFault, vastCodes } from './vast-fault.ts';
import type { Category, Linear, VastLayer } from './vast-layer.ts';

/** An ad that a server offers, its media still there. */
export interface VastAd {
  readonly creative: string;
  readonly campaign: string;
  readonly advertiser: string;
  readonly title: string;
  readonly categories: readonly string[];
  readonly genres: readonly string[];
  readonly media: string;
  /** As the server says; null: it does not. */
  readonly seconds: number | null;
  readonly companion: { readonly address: string; readonly alt: string } | null;
  readonly clickThrough: string | null;
  readonly skipAfterSeconds: number | null;
  /** How long after it was decided it may still be played; null: no limit. */
  readonly lastsSeconds: number | null;
  readonly tracking: AdTracking;
}

const mediaTypes: Readonly<Record<string, AdFormat>> = {
  'audio/mpeg': 'mp3',
  'audio/mp3': 'mp3',
  'audio/ogg': 'ogg',
  'audio/opus': 'opus',
  'audio/mp4': 'm4a',
  'audio/x-m4a': 'm4a',
  'audio/wav': 'wav',
  'audio/x-wav': 'wav',
  'audio/wave': 'wav',
};
const pictureTypes = ['image/png', 'image/jpeg', 'image/webp'];
const longestAdvertiser = 45;
const longestTitle = 100;
/** Of a layer's own places in an ad: a response must not become a flood of beacons. */
const mostPlaces = 20;

/**
 * The audio ad of a chain as the player plays it, with the beacons of all its layers.
 * @throws VastFault for what it can't play: video, streams, programs, a category a wrapper blocks
 */
export function readVastAd(chain: VastChain): VastAd {
  const { ad } = chain;
  const linear = linearOf(chain);
  const media = bestMedia(linear);
  const companion = companionOf(chain);
  const advertiser = line(ad.advertiser, longestAdvertiser);
  const title = line(ad.title, longestTitle);
  const [universalId = ''] = linear.universalIds;
  return {
    creative: `vast-${digest(universalId || linear.id || media)}`,
    campaign: campaignOf(ad.id || `${advertiser}\n${title}`),
    advertiser: advertiser || 'Advertisement',
    title,
    categories: labels(ad, categoryAuthority),
    genres: labels(ad, genreAuthority),
    media: absolute(media, ad),
    seconds: linear.seconds,
    companion: companion?.picture ?? null,
    clickThrough: clickAddress(linear.clickThrough) ?? companion?.click ?? null,
    skipAfterSeconds: linear.skipAfterSeconds,
    lastsSeconds: ad.expiresSeconds,
    tracking: trackingOf(chain, linear, companion),
  };
}

/** To tell a chain's servers of what went wrong before there was an ad. */
export function errorsOf({ layers }: VastChain): readonly string[] {
  return unique(layers.flatMap(({ errors }) => errors));
}

function linearOf({ layers, ad }: VastChain): Linear {
  // Before VAST 4.1 there was no type; there the media's type decides.
  if (!['', 'audio', 'hybrid'].includes(ad.adType)) {
    throw new VastFault(vastCodes.unexpectedType, `An ad of the type ${ad.adType}`);
  }
  const blocked = layers.flatMap(({ blockedCategories }) => blockedCategories);
  if (ad.categories.some((category) => blocked.some((each) => covers(each, category)))) {
    throw new VastFault(vastCodes.blockedCategory, 'The ad is of a category that is blocked');
  }
  if (ad.linear === null) {
    throw ad.hasNonLinear
      ? new VastFault(vastCodes.unexpectedLinearity, 'The ad is not to be played in line')
      : new VastFault(vastCodes.notVast, 'The ad has nothing to be played');
  }
  return ad.linear;
}

/** Several may be written in one, with commas between. */
function covers(blocked: Category, { authority, value }: Category): boolean {
  const sameList = blocked.authority === '' || blocked.authority === authority;
  return sameList && value !== '' && blocked.value.split(/\s*,\s*/).includes(value);
}

/** The finest that isn't needlessly large. */
function bestMedia({ media }: Linear): string {
  const mostKilobits = 256;
  const playable = media.filter(
    ({ isStreamed, isProgram, address, type }) =>
      !isStreamed && !isProgram && address !== '' && mediaTypes[type] !== undefined,
  );
  const rank = (kilobits: number): number => (kilobits > mostKilobits ? -kilobits : kilobits);
  const [best] = playable.toSorted((a, b) => rank(b.kilobits) - rank(a.kilobits));
  if (best !== undefined) return best.address;
  throw new VastFault(vastCodes.noPlayableMedia, 'No media that the player plays');
}

interface ChosenCompanion {
  readonly picture: { readonly address: string; readonly alt: string };
  readonly click: string | null;
  readonly views: readonly string[];
  readonly clicks: readonly string[];
}

/** The first still picture, the ad's own before its wrappers'. */
function companionOf({ layers }: VastChain): ChosenCompanion | null {
  for (const layer of layers.toReversed()) {
    for (const { pictures, alt, clickThrough, clickTracking, views } of layer.companions) {
      const picture = pictures.find(({ type }) => pictureTypes.includes(type));
      if (picture === undefined) continue;
      // A wrapper's companion without a picture is there to follow the clicks of any.
      const followers = layers
        .filter((other) => other !== layer)
        .flatMap(({ companions }) => companions)
        .filter((other) => other.pictures.length === 0 && !other.hasOther);
      return {
        picture: { address: absolute(picture.address, layer), alt: line(alt, longestTitle) },
        click: clickAddress(clickThrough),
        views: [...views, ...followers.flatMap((follower) => follower.views)],
        clicks: [...clickTracking, ...followers.flatMap((follower) => follower.clickTracking)],
      };
    }
  }
  return null;
}

function trackingOf(
  { layers, ad }: VastChain,
  linear: Linear,
  companion: ChosenCompanion | null,
): AdTracking {
  const linears = layers.flatMap((layer) => (layer.linear === null ? [] : [layer.linear]));
  const errors = unique(layers.flatMap((layer) => layer.errors));
  const others = layers.some(({ companions }) => companions.some(({ hasOther }) => hasOther));
  const clicks = unique(linears.flatMap(({ clickTracking }) => clickTracking));
  const ofLinear = (['loaded', ...beaconEvents] as const).map(
    (event) => [event, unique(linears.flatMap(({ events }) => events[event] ?? []))] as const,
  );
  const addresses: Partial<Record<TrackedEvent, readonly string[]>> = {
    ...Object.fromEntries(ofLinear),
    impression: unique(layers.flatMap(({ impressions }) => impressions)),
    viewUndetermined: unique(layers.flatMap(({ viewUndetermined }) => viewUndetermined)),
    verificationNotExecuted: unique(layers.flatMap(({ notVerified }) => notVerified)),
    clickThrough: clicks,
    companionView: unique(companion?.views ?? []),
    // One that follows both is told of a click once.
    companionClick: unique(companion?.clicks ?? []).filter((each) => !clicks.includes(each)),
    companionError: errors,
    error: errors,
  };
  return {
    serving: servingOf(layers),
    addresses,
    progress: linears.flatMap((each) => progressOf(each).slice(0, mostPlaces)),
    companionFault: companion === null && others ? vastCodes.noUsableCompanion : null,
    macros: {
      ADTYPE: 'audio',
      ASSETURI: bestMedia(linear),
      UNIVERSALADID: linear.universalIds.join(','),
      ADCATEGORIES: ad.categories.map(({ value }) => value).join(','),
    },
  };
}

function progressOf({ events }: Linear): AdTracking['progress'] {
  return Object.entries(events).flatMap(([event, addresses]) => {
    const [, offset, percent] = /^progress-(\d+(?:\.\d+)?)(%?)$/.exec(event) ?? [];
    if (offset === undefined) return [];
    const unit = percent === '%' ? ('percent' as const) : ('seconds' as const);
    return [{ offset: Number(offset), unit, addresses: unique(addresses) }];
  });
}

/** The ad's own name for this serving, else a wrapper's, else one of ours: older versions had none. */
function servingOf(layers: readonly VastLayer[]): string {
  const named = layers.findLast(({ serving }) => serving !== '' && serving.length <= 200);
  return named?.serving ?? randomUUID();
}

/** @throws VastFault */
function absolute(address: string, { base }: VastLayer): string {
  if (URL.canParse(address, base)) return new URL(address, base).href;
  throw new VastFault(vastCodes.mediaNotFound, 'What the ad names is no address');
}

/** As its server calls it where that can be told it again, to have the campaign left out. */
function campaignOf(id: string): string {
  return Label.safeParse(id).success ? id : `vast-${digest(id)}`;
}

function labels({ categories }: VastLayer, of: string): readonly string[] {
  return categories.flatMap(({ authority, value }) =>
    authority === of && Label.safeParse(value).success ? [value] : [],
  );
}

/** One line of plain text. */
function line(text: string, longest: number): string {
  const plain = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  return Array.from(plain).slice(0, longest).join('');
}

function unique(addresses: readonly string[]): readonly string[] {
  return [...new Set(addresses)];
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

import { z } from 'zod';
import { VastFault, vastCodes } from './vast-fault.ts';

/** One `Ad` of a response: the ad itself, or a wrapper that says where the next response is. */
export interface VastLayer {
  /** Null: the ad itself. */
  readonly wrapper: VastWrapper | null;
  /** The response's own address, which others in it may be relative to. */
  readonly base: string;
  readonly id: string;
  /** Its place in a pod; null: it stands alone. */
  readonly sequence: number | null;
  readonly adType: string;
  readonly serving: string;
  readonly advertiser: string;
  readonly title: string;
  readonly expiresSeconds: number | null;
  readonly categories: readonly Category[];
  readonly blockedCategories: readonly Category[];
  readonly impressions: readonly string[];
  readonly errors: readonly string[];
  readonly viewUndetermined: readonly string[];
  /** Where those who want to measure by a program of their own are told that it did not run. */
  readonly notVerified: readonly string[];
  /** Null: it has none, as many wrappers. */
  readonly linear: Linear | null;
  readonly companions: readonly Companion[];
  readonly hasNonLinear: boolean;
}

export interface VastWrapper {
  readonly address: string;
  readonly followsWrappers: boolean;
  readonly allowsPod: boolean;
}

export interface Category {
  readonly authority: string;
  readonly value: string;
}

export interface Linear {
  readonly id: string;
  /** Registry and value, with a space between. */
  readonly universalIds: readonly string[];
  /** As stated; null: not. */
  readonly seconds: number | null;
  readonly skipAfterSeconds: number | null;
  readonly clickThrough: string;
  readonly clickTracking: readonly string[];
  /** Addresses by event; `progress-5` and `progress-25%` say how far in. */
  readonly events: Readonly<Record<string, readonly string[]>>;
  readonly media: readonly {
    readonly address: string;
    readonly isStreamed: boolean;
    readonly isProgram: boolean;
    readonly type: string;
    readonly kilobits: number;
  }[];
}

export interface Companion {
  readonly alt: string;
  readonly clickThrough: string;
  readonly clickTracking: readonly string[];
  readonly views: readonly string[];
  readonly pictures: readonly { readonly address: string; readonly type: string }[];
  /** It has a page or a program in a picture's place. */
  readonly hasOther: boolean;
}

export interface VastPage {
  /** The response's own, for when it holds no ad. */
  readonly errors: readonly string[];
  readonly ads: readonly VastLayer[];
}

/** vast-client's parser, as far as it is used: it reads one document and asks nobody. */
export interface VastParser {
  readonly rootErrorURLTemplates: readonly unknown[];
  readonly parseVastXml: (
    xml: Document,
    options: { readonly isRootVAST: true },
  ) => readonly unknown[];
}

const mostAddresses = 20;
const longestAddress = 4096;

const Text = z
  .string()
  .nullish()
  .transform((text) => (text ?? '').slice(0, longestAddress));
const Address = z.union([
  z.string(),
  z.object({ url: z.string().nullish() }).transform(({ url }) => url ?? ''),
]);
/** Without what is empty or beyond measure. */
const Addresses = z
  .array(Address)
  .catch([])
  .transform((all) =>
    all.filter((each) => each !== '' && each.length <= longestAddress).slice(0, mostAddresses),
  );
const Events = z.record(z.string(), Addresses).catch({});
const Seconds = z
  .number()
  .nullish()
  .transform((seconds) => (seconds != null && seconds >= 0 ? seconds : null));
const Categories = z.array(z.object({ authority: Text, value: Text })).max(1000);
const LinearCreative = z.object({
  type: z.literal('linear'),
  id: Text,
  universalAdIds: z.array(z.object({ idRegistry: Text, value: Text })).max(100),
  duration: Seconds,
  skipDelay: Seconds,
  videoClickThroughURLTemplate: z.object({ url: Text }).nullish(),
  videoClickTrackingURLTemplates: Addresses,
  trackingEvents: Events,
  mediaFiles: z
    .array(
      z.object({
        fileURL: Text,
        deliveryType: Text,
        mimeType: Text,
        apiFramework: Text,
        bitrate: z.number().catch(0),
      }),
    )
    .max(100),
});
const CompanionCreative = z.object({
  type: z.literal('companion'),
  variations: z
    .array(
      z.object({
        altText: Text,
        companionClickThroughURLTemplate: Text,
        companionClickTrackingURLTemplates: Addresses,
        trackingEvents: Events,
        staticResources: z.array(z.object({ url: Text, creativeType: Text })).max(20),
        htmlResources: z.array(z.unknown()),
        iframeResources: z.array(z.unknown()),
      }),
    )
    .max(50),
});
const OtherCreative = z.object({ type: z.literal('nonlinear') });
/** As vast-client gives it, which has no types for it; an ad server wrote the values. */
const ParsedAd = z.object({
  nextWrapperURL: Text,
  followAdditionalWrappers: z.boolean().catch(true),
  allowMultipleAds: z.boolean().catch(false),
  id: Text,
  sequence: z.coerce.number().int().positive().nullable().catch(null),
  adType: Text,
  adServingId: Text,
  advertiser: z.object({ value: Text }).nullish(),
  system: z.object({ value: Text }).nullish(),
  title: Text,
  expires: Seconds.catch(null),
  categories: Categories,
  blockedAdCategories: Categories,
  impressionURLTemplates: Addresses,
  errorURLTemplates: Addresses,
  viewableImpression: z.array(z.object({ viewUndetermined: Addresses })).max(20),
  adVerifications: z.array(z.object({ trackingEvents: Events })).max(20),
  creatives: z
    .array(z.discriminatedUnion('type', [LinearCreative, CompanionCreative, OtherCreative]))
    .max(50),
});

const mostAds = 50;

/**
 * Reads one response, wrappers and all, without following any.
 * @param base where it came from
 * @throws VastFault for a version that is not known
 */
export function readVastPage(xml: Document, base: string, parser: VastParser): VastPage {
  if (!/^[234](\.|$)/.test(xml.documentElement.getAttribute('version') ?? '')) {
    throw new VastFault(vastCodes.unknownVersion, 'The response is of an unknown version of VAST');
  }
  const ads = parser.parseVastXml(xml, { isRootVAST: true }).slice(0, mostAds);
  return {
    errors: Addresses.parse(parser.rootErrorURLTemplates),
    ads: ads.flatMap((ad) => {
      const checked = ParsedAd.safeParse(ad);
      return checked.success ? [layerOf(checked.data, base)] : [];
    }),
  };
}

function layerOf(ad: z.infer<typeof ParsedAd>, base: string): VastLayer {
  const linear = ad.creatives.find((creative) => creative.type === 'linear');
  return {
    wrapper:
      ad.nextWrapperURL === ''
        ? null
        : {
            address: ad.nextWrapperURL,
            followsWrappers: ad.followAdditionalWrappers,
            allowsPod: ad.allowMultipleAds,
          },
    base,
    id: ad.id,
    sequence: ad.sequence,
    adType: ad.adType,
    serving: ad.adServingId,
    advertiser: ad.advertiser?.value ?? ad.system?.value ?? '',
    title: ad.title,
    expiresSeconds: ad.expires,
    categories: ad.categories,
    blockedCategories: ad.blockedAdCategories,
    impressions: ad.impressionURLTemplates,
    errors: ad.errorURLTemplates,
    viewUndetermined: ad.viewableImpression.flatMap(({ viewUndetermined }) => viewUndetermined),
    notVerified: ad.adVerifications.flatMap(
      ({ trackingEvents }) => trackingEvents['verificationNotExecuted'] ?? [],
    ),
    linear: linear === undefined ? null : linearOf(linear),
    companions: ad.creatives
      .flatMap((creative) => (creative.type === 'companion' ? creative.variations : []))
      .map((variation) => ({
        alt: variation.altText,
        clickThrough: variation.companionClickThroughURLTemplate,
        clickTracking: variation.companionClickTrackingURLTemplates,
        views: variation.trackingEvents['creativeView'] ?? [],
        pictures: variation.staticResources.map(({ url, creativeType }) => ({
          address: url,
          type: creativeType.toLowerCase(),
        })),
        hasOther: variation.htmlResources.length > 0 || variation.iframeResources.length > 0,
      })),
    hasNonLinear: ad.creatives.some(({ type }) => type === 'nonlinear'),
  };
}

function linearOf(linear: z.infer<typeof LinearCreative>): Linear {
  return {
    id: linear.id,
    universalIds: linear.universalAdIds.map(({ idRegistry, value }) => `${idRegistry} ${value}`),
    seconds: linear.duration,
    skipAfterSeconds: linear.skipDelay,
    clickThrough: linear.videoClickThroughURLTemplate?.url ?? '',
    clickTracking: linear.videoClickTrackingURLTemplates,
    events: linear.trackingEvents,
    media: linear.mediaFiles.map((file) => ({
      address: file.fileURL,
      isStreamed: file.deliveryType === 'streaming',
      isProgram: file.apiFramework !== '',
      type: file.mimeType.toLowerCase(),
      kilobits: file.bitrate,
    })),
  };
}

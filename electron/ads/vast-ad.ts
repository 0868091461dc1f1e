import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Label, categoryAuthority, genreAuthority } from '../../service/api/ads.ts';
import type { AdFormat } from './ad.ts';
import { clickAddress } from './ad.ts';

/** An ad that a server offers, its media still there. */
export interface VastAd {
  readonly creative: string;
  readonly campaign: string;
  readonly advertiser: string;
  readonly title: string;
  readonly categories: readonly string[];
  readonly genres: readonly string[];
  /** As written in the response: it may be relative to it. */
  readonly media: string;
  readonly companion: { readonly address: string; readonly alt: string } | null;
  readonly clickThrough: string | null;
  readonly skipAfterSeconds: number | null;
  /** How long after it was decided it may still be played; null: no limit. */
  readonly lastsSeconds: number | null;
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
/** A break is decided about half a minute before it is played. */
const shortestLifeSeconds = 60;
const longestAdvertiser = 45;
const longestTitle = 100;

const Text = z.string().max(4096).nullish();
const Category = z.object({ authority: Text, value: Text });
const Linear = z.object({
  type: z.literal('linear'),
  id: Text,
  universalAdIds: z.array(z.object({ value: Text })).max(100),
  skipDelay: z.number().nullish(),
  videoClickThroughURLTemplate: z.object({ url: Text }).nullish(),
  mediaFiles: z
    .array(
      z.object({ fileURL: Text, deliveryType: Text, mimeType: Text, bitrate: z.number().catch(0) }),
    )
    .max(100),
});
const Companion = z.object({
  type: z.literal('companion'),
  variations: z
    .array(
      z.object({
        altText: Text,
        companionClickThroughURLTemplate: Text,
        staticResources: z.array(z.object({ url: Text, creativeType: Text })).max(20),
      }),
    )
    .max(50),
});
const Other = z.object({ type: z.literal('nonlinear') });
const ParsedAd = z.object({
  id: Text,
  adType: Text,
  advertiser: z.object({ value: Text }).nullish(),
  system: z.object({ value: Text }).nullish(),
  title: Text,
  expires: z.number().nullish(),
  categories: z.array(Category).max(100),
  blockedAdCategories: z.array(Category).max(1000),
  creatives: z.array(z.discriminatedUnion('type', [Linear, Companion, Other])).max(50),
});
type ParsedAd = z.infer<typeof ParsedAd>;

/** What vast-client gives; it has no types of its own, and an ad server wrote the values. */
const VastResponse = z.object({ ads: z.array(z.unknown()).max(100) });

/**
 * The audio ads of a parsed response that the player can play, in the order of their pod. Others
 * are left out: video, interactive, expired, or of a category that a wrapper blocks.
 */
export function readVastAds(response: unknown): readonly VastAd[] {
  return VastResponse.parse(response).ads.flatMap((ad) => {
    const checked = ParsedAd.safeParse(ad);
    const read = checked.success ? readAd(checked.data) : null;
    return read === null ? [] : [read];
  });
}

function readAd(ad: ParsedAd): VastAd | null {
  const linear = ad.creatives.find((creative) => creative.type === 'linear');
  const media = bestMedia(linear?.mediaFiles ?? []);
  if (linear === undefined || media === null || !isPlayable(ad)) return null;
  const companion = readCompanion(ad);
  const advertiser = line(ad.advertiser?.value ?? ad.system?.value, longestAdvertiser);
  const title = line(ad.title, longestTitle);
  const name = linear.universalAdIds[0]?.value ?? linear.id ?? media;
  return {
    creative: `vast-${digest(name)}`,
    campaign: campaignOf(ad.id ?? `${advertiser}\n${title}`),
    advertiser: advertiser || 'Advertisement',
    title,
    categories: labels(ad, categoryAuthority),
    genres: labels(ad, genreAuthority),
    media,
    companion: companion?.picture ?? null,
    clickThrough:
      clickAddress(linear.videoClickThroughURLTemplate?.url) ?? companion?.click ?? null,
    skipAfterSeconds: (linear.skipDelay ?? -1) >= 0 ? (linear.skipDelay ?? null) : null,
    lastsSeconds: ad.expires ?? null,
  };
}

/** As its server calls it where that can be told it again, to have the campaign left out. */
function campaignOf(id: string): string {
  return Label.safeParse(id).success ? id : `vast-${digest(id)}`;
}

function labels({ categories }: ParsedAd, of: string): readonly string[] {
  return categories.flatMap(({ authority, value }) =>
    authority === of && Label.safeParse(value).success ? [value ?? ''] : [],
  );
}

function isPlayable({ adType, expires, categories, blockedAdCategories }: ParsedAd): boolean {
  const blocked = new Set(blockedAdCategories.flatMap(({ value }) => value?.split(',') ?? []));
  return (
    // Before VAST 4.1 there was no type; there the media's type decides.
    (adType == null || adType === 'audio' || adType === 'hybrid') &&
    (expires ?? Infinity) >= shortestLifeSeconds &&
    !categories.some(({ value }) => value != null && blocked.has(value))
  );
}

/** The finest that isn't needlessly large. */
function bestMedia(files: z.infer<typeof Linear>['mediaFiles']): string | null {
  const mostKilobits = 256;
  const playable = files.filter(
    ({ deliveryType, mimeType, fileURL }) =>
      deliveryType !== 'streaming' &&
      Boolean(fileURL) &&
      mediaTypes[mimeType?.toLowerCase() ?? ''] !== undefined,
  );
  const rank = (bitrate: number): number => (bitrate > mostKilobits ? -bitrate : bitrate);
  const [best] = playable.toSorted((a, b) => rank(b.bitrate) - rank(a.bitrate));
  return best?.fileURL ?? null;
}

function readCompanion(ad: ParsedAd) {
  for (const creative of ad.creatives) {
    if (creative.type !== 'companion') continue;
    for (const {
      staticResources,
      altText,
      companionClickThroughURLTemplate,
    } of creative.variations) {
      const picture = staticResources.find(({ creativeType }) =>
        pictureTypes.includes(creativeType?.toLowerCase() ?? ''),
      );
      if (!picture?.url) continue;
      return {
        picture: { address: picture.url, alt: line(altText, longestTitle) },
        click: clickAddress(companionClickThroughURLTemplate),
      };
    }
  }
  return null;
}

/** One line of plain text. */
function line(text: string | null | undefined, longest: number): string {
  const plain = (text ?? '').replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  return Array.from(plain).slice(0, longest).join('');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

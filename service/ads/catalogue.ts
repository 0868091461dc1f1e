import { z } from 'zod';
import { Label, adGenres, dayParts, moods } from '../api/ads.ts';

/** The advertiser's name and other words that a listener reads: one line, no control characters. */
const Line = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{C}*$/u);
const Https = z.url({ protocol: /^https$/ }).max(2048);

export const Companion = z.object({
  url: Https,
  type: z.enum(['image/png', 'image/jpeg', 'image/webp']),
  width: z.int().min(1).max(4000),
  height: z.int().min(1).max(4000),
  alt: Line,
});
export type Companion = z.infer<typeof Companion>;

export const Creative = z.object({
  id: Label,
  title: Line,
  mediaUrl: Https,
  mediaType: z.enum(['audio/mpeg', 'audio/ogg', 'audio/mp4', 'audio/wav']),
  seconds: z.number().min(1).max(60),
  bitrateKbps: z.int().min(8).max(2000),
  companion: Companion.nullable(),
  clickThrough: Https.nullable(),
  skipAfterSeconds: z.int().min(0).max(60).nullable(),
});
export type Creative = z.infer<typeof Creative>;

/** Lists that are empty mean: for every one. */
export const Campaign = z
  .object({
    id: Label,
    advertiser: Line,
    category: Label,
    genres: z.array(z.enum(adGenres)).default([]),
    moods: z.array(z.enum(moods)).default([]),
    dayparts: z.array(z.enum(dayParts)).default([]),
    languages: z.array(z.string().regex(/^[a-z]{2,3}$/)).default([]),
    markets: z.array(z.string().regex(/^[A-Z]{2}$/)).default([]),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    dailyImpressions: z.int().min(1).max(2_000_000_000),
    creatives: z.array(Creative).min(1).max(100),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, 'It ends before it starts');
export type Campaign = z.infer<typeof Campaign>;

/** What an operator's file holds. */
export const Catalogue = z
  .object({ campaigns: z.array(Campaign).max(10_000) })
  .superRefine(({ campaigns }, context) => {
    for (const [what, ids] of [
      ['campaign', campaigns.map(({ id }) => id)],
      ['creative', campaigns.flatMap(({ creatives }) => creatives.map(({ id }) => id))],
    ] as const) {
      const twice = ids.find((id, index) => ids.indexOf(id) !== index);
      if (twice !== undefined) context.addIssue(`Two of one id: ${what} ${twice}`);
    }
  });
export type Catalogue = z.infer<typeof Catalogue>;

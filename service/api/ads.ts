import { z } from 'zod';

export const moods = ['calm', 'bright', 'driving', 'dark'] as const;
export const dayParts = ['morning', 'day', 'evening', 'night'] as const;

/** Families of genres, all that a break tells of what is heard. */
export const adGenres = [
  'blues',
  'classical',
  'country',
  'electronic',
  'folk',
  'hip-hop',
  'jazz',
  'latin',
  'metal',
  'pop',
  'reggae',
  'rock',
  'soul',
  'soundtrack',
  'spoken',
] as const;
export type AdGenre = (typeof adGenres)[number];

/** Authorities of an ad's `Category` in our VAST: what it advertises, and for which taste. */
export const categoryAuthority = 'urn:refrain:category';
export const genreAuthority = 'urn:refrain:genre';

/** A label of the catalogue: a campaign's or a genre's. */
export const Label = z.string().regex(/^[\w .&+-]{1,60}$/);

/**
 * What is told of a break to choose ads for it. Nobody is named: no account, no device, no artist.
 * What the listener heard too often or turned down is left out by `exclude`.
 */
export const DecisionQuery = z.object({
  break: z.uuid(),
  genre: z.enum(adGenres).optional(),
  mood: z.enum(moods).optional(),
  daypart: z.enum(dayParts).optional(),
  /** BCP 47, the language alone. */
  language: z.string().regex(/^[a-z]{2,3}$/),
  /** ISO 3166-1, or ZZ: not known. */
  market: z.string().regex(/^[A-Z]{2}$/),
  /** Campaigns, with commas between. */
  exclude: z.string().max(2000).optional(),
  version: z.string().regex(/^\d+\.\d+\.\d+[\w.-]{0,20}$/),
});
export type DecisionQuery = z.infer<typeof DecisionQuery>;

export const beaconEvents = [
  'impression',
  'start',
  'firstQuartile',
  'midpoint',
  'thirdQuartile',
  'complete',
  'pause',
  'resume',
  'mute',
  'unmute',
  'skip',
  'closeLinear',
  'notUsed',
  'creativeView',
  'clickThrough',
  'error',
] as const;
export const BeaconEvent = z.enum(beaconEvents);
export type BeaconEvent = z.infer<typeof BeaconEvent>;

/** The body of a first-party beacon. Its address carries what it is about, signed by the service. */
export const Beacon = z.object({
  /** When it happened, by the device. */
  at: z.iso.datetime(),
  heardSeconds: z.number().min(0).max(600),
  /** It could not be delivered within a quarter of an hour. */
  late: z.boolean(),
  /** VAST error code, with `error` only. */
  code: z.int().min(100).max(999).optional(),
});
export type Beacon = z.infer<typeof Beacon>;

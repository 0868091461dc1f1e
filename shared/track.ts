import { z } from 'zod';

/** Row ids of the database: positive 32-bit, so that lists of them travel as Uint32Array. */
const largestId = 0xffff_ffff;
export const Id = z.int().min(1).max(largestId);
export type Id = number;

const mostTrackIds = 100_000;
/** A plain loop: the schema's own array check keeps the main thread up to 26 ms for so many. */
export const TrackIds = z.custom<Id[]>(areTrackIds, 'Not a list of at most 100,000 ids');

function areTrackIds(value: unknown): boolean {
  if (!Array.isArray(value) || value.length > mostTrackIds) return false;
  // By index: `every` would pass over holes.
  for (let index = 0; index < value.length; index += 1) {
    const id: unknown = value[index];
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 1 || id > largestId) return false;
  }
  return true;
}

/** A row on screen. The file's path stays in the main process. */
export interface Track {
  readonly id: Id;
  readonly title: string;
  /** As shown: several artists joined with ", ". */
  readonly artist: string;
  readonly artistId: Id;
  readonly album: string;
  readonly albumId: Id;
  readonly albumArtist: string;
  readonly genre: string;
  readonly seconds: number;
  readonly track: number | null;
  readonly disc: number | null;
  readonly year: number | null;
  /** Content hash of the cover; `coverUrl` in urls.ts makes an address of it. */
  readonly cover: string | null;
  readonly format: AudioFormat;
  readonly lossless: boolean;
  readonly liked: boolean;
  /** 1 to 5 stars; null: not rated. */
  readonly rating: number | null;
  readonly plays: number;
  /** Its folder is not there now; the row stays, greyed. */
  readonly away: boolean;
}

/** Told by the bytes, not by the file's name. All are listed; which of them sound is the engine's. */
export type AudioFormat =
  | 'mp3'
  | 'flac'
  | 'm4a'
  | 'aac'
  | 'ogg'
  | 'opus'
  | 'wav'
  | 'aiff'
  | 'wma'
  | 'ape'
  | 'wavpack'
  | 'musepack'
  | 'dsf'
  | 'dff';

const trackSorts = [
  'title',
  'artist',
  'album',
  'seconds',
  'added',
  'plays',
  'year',
  'rating',
] as const;

export const TrackSort = z.object({
  by: z.enum(trackSorts),
  descending: z.boolean(),
});
export type TrackSort = z.infer<typeof TrackSort>;

/** Names a list of tracks without carrying it: main and window resolve it to the same ids. */
export const TrackList = z.discriminatedUnion('from', [
  z.object({ from: z.literal('all'), sort: TrackSort.optional() }),
  z.object({ from: z.literal('liked'), sort: TrackSort.optional() }),
  z.object({ from: z.literal('album'), id: Id }),
  z.object({ from: z.literal('artist'), id: Id, sort: TrackSort.optional() }),
  z.object({ from: z.literal('genre'), id: Id, sort: TrackSort.optional() }),
  z.object({ from: z.literal('playlist'), id: Id }),
  /** Every track below one folder of a source; `path` is relative to the source, '' its root. */
  z.object({ from: z.literal('folder'), source: Id, path: z.string().max(4096) }),
  z.object({ from: z.literal('search'), text: z.string().max(200) }),
  z.object({ from: z.literal('tracks'), ids: TrackIds }),
]);
export type TrackList = z.infer<typeof TrackList>;

import type { AdBreakView } from '../../shared/session.ts';
import type { AdTracking } from './tracking.ts';

/** One advertisement whose media lies on this machine, ready to be played. */
export interface Ad {
  /** The same for each serving of the same creative. */
  readonly creative: string;
  readonly campaign: string;
  readonly advertiser: string;
  readonly title: string;
  /** What it advertises. */
  readonly categories: readonly string[];
  /** Families of genres whose listeners it is for; empty: everybody's. */
  readonly genres: readonly string[];
  /** Bundled with Refrain and about Refrain. */
  readonly house: boolean;
  /** Names the sound in the media store. */
  readonly mediaId: string;
  readonly format: AdFormat;
  readonly seconds: number;
  /** Null: not measured. */
  readonly loudnessLufs: number | null;
  readonly truePeakDbtp: number | null;
  /** `imageId` names the picture in the media store. */
  readonly companion: { readonly imageId: string; readonly alt: string } | null;
  /** An https or refrain address. */
  readonly clickThrough: string | null;
  readonly skipAfterSeconds: number | null;
  /** How long after it was fetched it may be played; null: no limit. */
  readonly lastsSeconds: number | null;
  /** Who wants to hear of it; null: nobody, as with house ads. */
  readonly tracking: AdTracking | null;
}

export type AdFormat = AdBreakView['format'];

/** What the session asks for and gets; it fits the session's own port by shape. */
export interface BreakRequest {
  readonly maxSpots: number;
  readonly maxSeconds: number;
  /** Of the track before the break; '': not known. */
  readonly genre: string;
  /** Null: not measured. */
  readonly musicLoudnessLufs: number | null;
}

/** One serving of one ad. */
export type Spot = Omit<AdBreakView, 'spot' | 'index' | 'count' | 'held'> & {
  readonly id: string;
  /** When it is to be told how much was heard, in seconds of that; see `Tracker`. */
  readonly tellAtSeconds?: readonly number[];
};

/** @returns the address when it is one that an ad may lead to, else null */
export function clickAddress(text: string | null | undefined): string | null {
  if (typeof text !== 'string' || text.length > 2048 || !URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === 'https:' || protocol === 'refrain:' ? href : null;
}

/** Where a click leads, as the listener reads it; '' for nowhere. */
export function clickHost(address: string | null): string {
  if (address === null) return '';
  const { protocol, host } = new URL(address);
  return protocol === 'refrain:' ? 'Refrain' : host;
}

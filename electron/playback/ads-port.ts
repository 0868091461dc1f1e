import type { AdBreakView } from '../../shared/session.ts';

/** What the session asks of the ads part. The session decides when, the ads part decides what. */
export interface AdBreaks {
  /**
   * Chooses spots and fetches their media. Must answer within `prepareSeconds` of break-rules.ts
   * (2 s to decide, 3 s for media): a later pod is not played and comes back as `notUsed`.
   * Null, or a rejection: nothing to play, the music goes on.
   */
  prepare(request: BreakRequest): Promise<Pod | null>;
  /** Called once for each event of each spot, in order; must not throw. */
  spotHappened(spot: Spot, event: SpotEvent): void;
}

export interface BreakRequest {
  /** Never more spots than this, nor more seconds in all; what goes beyond is not played. */
  readonly maxSpots: number;
  readonly maxSeconds: number;
  /** Genre of the track before the break, '' when unknown: for coarse targeting only. */
  readonly genre: string;
  /** Loudness at which the music was heard; null: not measured. */
  readonly musicLoudnessLufs: number | null;
}

export type Pod = readonly Spot[];

export type Spot = Omit<AdBreakView, 'spot' | 'index' | 'count' | 'held'> & {
  /** The ads part's own name for this serving of the creative. */
  readonly id: string;
  /** Of heard time; when each is reached the ads part is told of it. */
  readonly tellAtSeconds?: readonly number[];
};

/** `heardSeconds` is the audible time of this spot so far, never more than the time gone by. */
export type SpotEvent =
  /** First audible sample. */
  | { readonly kind: 'impression' }
  | {
      readonly kind: 'firstQuartile' | 'midpoint' | 'thirdQuartile' | 'complete';
      readonly heardSeconds: number;
    }
  | { readonly kind: 'pause' | 'resume' | 'skip'; readonly heardSeconds: number }
  /** A place of the spot's `tellAtSeconds` was heard. */
  | { readonly kind: 'placeReached'; readonly heardSeconds: number }
  /** Stopped because premium was gained. */
  | { readonly kind: 'closeLinear'; readonly heardSeconds: number }
  /** VAST error codes: 206 dropped with the rest of its pod, 402 media too late, 405 would not play. */
  | { readonly kind: 'error'; readonly code: 206 | 402 | 405; readonly reason: string }
  /** Prepared, but its boundary never came. */
  | { readonly kind: 'notUsed' };

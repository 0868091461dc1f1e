import type { Track } from '../../shared/track.ts';

/** When a break may be, and how long. Numbers of the deal with the listener; all in seconds. */
export const breakRules = {
  /** Audible content between two breaks. */
  audibleSeconds: 15 * 60,
  /** A session younger than this has no break. */
  sessionSeconds: 5 * 60,
  /** Of spots in any hour. */
  hourlySeconds: 180,
  podSeconds: 60,
  podSpots: 2,
  /** With less room than this it is not worth asking: hardly a spot is shorter. */
  shortestSeconds: 10,
  /** How long beyond due a break waits for a better rest than one between tracks of an album. */
  patienceSeconds: 10 * 60,
  /** The pod is asked for so long before the boundary. */
  aheadSeconds: 30,
  /** 2 s to decide and 3 s for media; a later pod is not played. */
  prepareSeconds: 5,
  /** A prepared pod that found no boundary is given back after this. */
  keepSeconds: 10 * 60,
  /** After a break in which nothing could be heard the next one is due so much later. */
  retrySeconds: 5 * 60,
  /** A spot has so long to start, and to go on when it stands still. */
  startSeconds: 3,
  stallSeconds: 4,
  /** Beyond a spot's own length, then it is taken for hung. */
  overrunSeconds: 3,
} as const;

export interface BreakPast {
  /** Audible content since the last break. */
  readonly audibleSeconds: number;
  readonly sessionSeconds: number;
  /** Spots heard: when they ended (wall clock, ms) and for how long. */
  readonly spots: readonly HeardSpot[];
}

export interface HeardSpot {
  readonly at: number;
  readonly seconds: number;
}

/** What lies between two tracks: part of an album, of one album by chance, or a natural rest. */
export type Rest = 'album' | 'kin' | 'open';

/**
 * Two neighbours of one album in the album's order are the album as it was made, gapless pairs
 * included: no break ever, however overdue, for an album must not be cut. Tracks of one album that
 * shuffle or the listener put side by side are only a reason to wait a while.
 * @param goesRound the second is reached over the queue's end
 */
export function restBetween(now: Track, next: Track, shuffled: boolean, goesRound: boolean): Rest {
  if (now.album === '' || now.albumId !== next.albumId) return 'open';
  if (shuffled) return 'kin';
  // Without numbers neighbours are taken in the album's favour, but for the step from end to start.
  const inOrder = follows(now, next) ?? !goesRound;
  if (inOrder) return 'album';
  return goesRound ? 'open' : 'kin';
}

/** Whether a break may stand at this rest now. */
export function breakAllowed(past: BreakPast, rest: Rest, nowMs: number): boolean {
  if (!isDue(past, nowMs) || rest === 'album') return false;
  const patient = past.audibleSeconds < breakRules.audibleSeconds + breakRules.patienceSeconds;
  return rest === 'open' || !patient;
}

export function isDue(past: BreakPast, nowMs: number): boolean {
  return (
    past.audibleSeconds >= breakRules.audibleSeconds &&
    past.sessionSeconds >= breakRules.sessionSeconds &&
    roomForSpots(past.spots, nowMs) >= breakRules.shortestSeconds
  );
}

/** Seconds of spots that may still be played now. */
export function roomForSpots(spots: readonly HeardSpot[], nowMs: number): number {
  const used = ofLastHour(spots, nowMs).reduce((sum, spot) => sum + spot.seconds, 0);
  return Math.max(0, Math.min(breakRules.podSeconds, breakRules.hourlySeconds - used));
}

/** A spot dated in the future is of a clock that was put back since: it counts for an hour at most. */
export function ofLastHour(spots: readonly HeardSpot[], nowMs: number): readonly HeardSpot[] {
  return spots.filter((spot) => Math.abs(nowMs - spot.at) < 3_600_000);
}

/** Whether the second comes later on the album; null: they lack numbers. */
function follows(now: Track, next: Track): boolean | null {
  if (now.track === null || next.track === null) return null;
  const discs = (next.disc ?? 1) - (now.disc ?? 1);
  return discs > 0 || (discs === 0 && next.track > now.track);
}

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

/** Ad-free time that an extra ad earns, in seconds of audible music. */
export const quietRules = {
  earnedSeconds: 30 * 60,
  /** The balance is never more than this. */
  mostSeconds: 4 * 3600,
} as const;

/** Both clocks at one moment: the listener may move the wall's, and no other outlives the app. */
export interface Moment {
  readonly nowMs: number;
  readonly monotonicSeconds: number;
}

const hourSeconds = 3600;

export interface BreakPast {
  /** Audible content since the last break. */
  readonly audibleSeconds: number;
  /** Earned ad-free time that is left. */
  readonly quietSeconds: number;
  readonly sessionSeconds: number;
  readonly spots: readonly HeardSpot[];
}

/** A spot that was heard, by when it ended. */
export interface HeardSpot {
  /** Wall clock, ms. */
  readonly at: number;
  /** Monotonic clock; null: in an earlier run of the app. */
  readonly clockSeconds: number | null;
  /** How much of it was heard. */
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
export function breakAllowed(past: BreakPast, rest: Rest, moment: Moment): boolean {
  if (!isDue(past, moment) || rest === 'album') return false;
  const patient = past.audibleSeconds < breakRules.audibleSeconds + breakRules.patienceSeconds;
  return rest === 'open' || !patient;
}

export function isDue(past: BreakPast, moment: Moment): boolean {
  return (
    past.quietSeconds <= 0 &&
    past.audibleSeconds >= breakRules.audibleSeconds &&
    past.sessionSeconds >= breakRules.sessionSeconds &&
    roomForSpots(past.spots, moment) >= breakRules.shortestSeconds
  );
}

/** Seconds of spots that may still be played now. */
export function roomForSpots(spots: readonly HeardSpot[], moment: Moment): number {
  const used = ofLastHour(spots, moment).reduce((sum, spot) => sum + spot.seconds, 0);
  return Math.max(0, Math.min(breakRules.podSeconds, breakRules.hourlySeconds - used));
}

/**
 * By either clock, so that moving the wall's forgets nothing. A spot dated in the future is of one
 * that was put back since: by it the spot counts for an hour at most.
 */
export function ofLastHour(
  spots: readonly HeardSpot[],
  { nowMs, monotonicSeconds }: Moment,
): readonly HeardSpot[] {
  return spots.filter(
    ({ at, clockSeconds }) =>
      Math.abs(nowMs - at) < hourSeconds * 1000 ||
      (clockSeconds !== null && monotonicSeconds - clockSeconds < hourSeconds),
  );
}

/** Whether the second comes later on the album; null: they lack numbers. */
function follows(now: Track, next: Track): boolean | null {
  if (now.track === null || next.track === null) return null;
  const discs = (next.disc ?? 1) - (now.disc ?? 1);
  return discs > 0 || (discs === 0 && next.track > now.track);
}

import type { Beacon, BeaconEvent } from '../api/ads.ts';
import type { Serving } from './beacon-address.ts';

/** Why a beacon is stored and not counted. */
export type BeaconRefusal =
  | 'too_old'
  | 'longer_than_ad'
  | 'longer_than_time'
  | 'not_heard'
  | 'contradiction'
  | 'out_of_order';

/** What was counted of the same serving before. */
export interface Earlier {
  readonly event: string;
  readonly heardSeconds: number;
}

const oldestSeconds = 7 * 86_400;
/** Devices count in steps, and sounds end a little before or after what their length says. */
const slackSeconds = 2;

/** How much of the ad must have been heard, in the order in which it is. */
const progress: Readonly<Partial<Record<BeaconEvent, number>>> = {
  impression: 0,
  start: 0,
  firstQuartile: 0.25,
  midpoint: 0.5,
  thirdQuartile: 0.75,
  complete: 1,
};

/** They come in any order, since each is sent until it arrives; what they state must fit together. */
export function judgeBeacon(
  serving: Serving,
  event: BeaconEvent,
  { heardSeconds }: Pick<Beacon, 'heardSeconds'>,
  earlier: readonly Earlier[],
  nowMs: number,
): BeaconRefusal | null {
  const ageSeconds = nowMs / 1000 - serving.issuedAt;
  if (ageSeconds > oldestSeconds) return 'too_old';
  if (heardSeconds > serving.seconds + slackSeconds) return 'longer_than_ad';
  if (heardSeconds > Math.max(0, ageSeconds) + slackSeconds) return 'longer_than_time';
  const share = progress[event];
  if (share !== undefined && heardSeconds < share * serving.seconds - slackSeconds) {
    return 'not_heard';
  }
  if (earlier.some((other) => excludeEachOther(event, other.event))) return 'contradiction';
  if (earlier.some((other) => isBackwards(event, heardSeconds, other))) return 'out_of_order';
  return null;
}

/** What was not used was not heard, and what was skipped or closed was not heard to its end. */
function excludeEachOther(one: string, other: string): boolean {
  return isExcludedBy(one, other) || isExcludedBy(other, one);
}

function isExcludedBy(one: string, other: string): boolean {
  if (one === 'notUsed') return other !== 'notUsed' && other !== 'error';
  return one === 'complete' && (other === 'skip' || other === 'closeLinear');
}

function isBackwards(event: BeaconEvent, heardSeconds: number, other: Earlier): boolean {
  const [share, otherShare] = [progress[event], progress[other.event as BeaconEvent]];
  if (share === undefined || otherShare === undefined || share === otherShare) return false;
  return share < otherShare ? heardSeconds > other.heardSeconds : heardSeconds < other.heardSeconds;
}

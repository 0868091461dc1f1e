import { z } from 'zod';

/** The time that entitlements are judged by: it never goes back, whatever the system's clock does. */
export const TrustedTime = z.object({
  /** The latest time known to have been reached, in milliseconds since 1970. */
  now: z.number().min(0).max(1e14),
  /** The trusted time at which the wall clock was found to have been put back; null: it is right. */
  suspectSince: z.number().min(0).max(1e14).nullable(),
});
export type TrustedTime = z.infer<typeof TrustedTime>;

/** Corrections by time servers are smaller. */
const toleratedMilliseconds = 10 * 60_000;

/**
 * @param wall the system's time, milliseconds since 1970
 * @param elapsed milliseconds by the monotonic clock since `time` was made
 */
export function advance(time: TrustedTime, wall: number, elapsed: number): TrustedTime {
  const running = time.now + elapsed;
  if (wall < running - toleratedMilliseconds) {
    return { now: running, suspectSince: time.suspectSince ?? time.now };
  }
  return { now: Math.max(wall, time.now), suspectSince: null };
}

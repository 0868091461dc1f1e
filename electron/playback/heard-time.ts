/** Where the sound stood when, so that the next report can be measured against it. */
export interface HeardMark {
  readonly seconds: number;
  readonly monotonicSeconds: number;
  /** How fast it moves from there, 1 as recorded. */
  readonly speed: number;
}

/**
 * Time heard since the mark, as the listener's clock has it at any speed: what the position says, but
 * never more than has gone by. The 5 % let two clocks differ. No mark (after a pause, a seek,
 * silence): nothing.
 */
export function heardSince(
  mark: HeardMark | null,
  seconds: number,
  monotonicSeconds: number,
): number {
  if (mark === null) return 0;
  const elapsed = monotonicSeconds - mark.monotonicSeconds;
  return Math.max(0, Math.min((seconds - mark.seconds) / mark.speed, elapsed * 1.05));
}

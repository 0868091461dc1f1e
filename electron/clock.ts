/** What time it is, for every part that must be testable: nobody else reads the system's clocks. */
export interface Clock {
  /** Wall time in milliseconds since 1970. It may jump, backwards too. */
  readonly now: () => number;
  /** Milliseconds since some fixed moment; never goes back. */
  readonly monotonic: () => number;
}

/** A tester's clock. It starts where it is told and can be moved while the app runs. */
export interface MovableClock extends Clock {
  /**
   * Forward: as if that much time had gone by, so both clocks move. Back: as if the listener had
   * set the system's clock, so only the wall time moves.
   */
  readonly move: (minutes: number) => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
};

/** @param startsAt milliseconds since 1970; null: the present */
export function createMovableClock(startsAt: number | null, system = systemClock): MovableClock {
  let wallOffset = startsAt === null ? 0 : startsAt - system.now();
  let monotonicOffset = 0;
  return {
    now: () => system.now() + wallOffset,
    monotonic: () => system.monotonic() + monotonicOffset,
    move(minutes) {
      const milliseconds = minutes * 60_000;
      wallOffset += milliseconds;
      monotonicOffset += Math.max(0, milliseconds);
    },
  };
}

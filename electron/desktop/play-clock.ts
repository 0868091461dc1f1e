import type { EngineReport, SessionView } from '../../shared/session.ts';

/** Where the sound is at any moment: what the engine reported last, and the time since. */
export interface PlayClock {
  /** @returns whether what plays begins or goes on where nobody would expect it */
  readonly follow: (view: SessionView) => boolean;
  /** @returns the same */
  readonly heard: (report: EngineReport) => boolean;
  /** Of the track, or of the spot that plays in its place. */
  readonly seconds: () => number;
}

/** An engine that is silent for longer stalls, and its position stands still with it. */
const longestSilenceMilliseconds = 1500;

/** What the ways of a report and of its answer may be apart; more is a jump. */
const jumpSeconds = 2;

/** @param monotonic a clock in milliseconds that never goes back */
export function createPlayClock(monotonic: () => number): PlayClock {
  let view: SessionView | null = null;
  let base = 0;
  let since = 0;

  function set(seconds: number): void {
    base = seconds;
    since = monotonic();
  }

  function seconds(): number {
    if (view?.status !== 'playing' || view.adBreak?.held === true) return base;
    const passed = Math.min(monotonic() - since, longestSilenceMilliseconds) / 1000;
    const length = view.adBreak?.seconds ?? view.now?.track.seconds ?? 0;
    const reached = base + passed * (view.adBreak === null ? view.speed : 1);
    return length > 0 ? Math.max(base, Math.min(reached, length)) : reached;
  }

  return {
    follow(newer) {
      const reached = seconds();
      const isSame =
        newer.now?.play === view?.now?.play && newer.adBreak?.spot === view?.adBreak?.spot;
      const isSought = newer.seek !== view?.seek;
      view = newer;
      if (isSame && !isSought) set(reached);
      else set(newer.adBreak === null ? newer.positionSeconds : 0);
      return isSame ? isSought : base > 0;
    },
    heard(report) {
      if (!isAbout(report, view)) return false;
      const expected = seconds();
      set(report.seconds);
      return Math.abs(report.seconds - expected) > jumpSeconds;
    },
    seconds,
  };
}

type PositionReport = Extract<EngineReport, { readonly kind: 'position' | 'spotPosition' }>;

function isAbout(report: EngineReport, view: SessionView | null): report is PositionReport {
  if (report.kind === 'position') return view?.adBreak === null && report.play === view.now?.play;
  return report.kind === 'spotPosition' && report.spot === view?.adBreak?.spot;
}

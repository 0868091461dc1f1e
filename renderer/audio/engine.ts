import type { EngineReport, SessionView } from '../../shared/session.ts';

/** The instrument: it sounds what the session says and reports what was heard. */
export interface Engine {
  /** Call with every view of the session, the first included. */
  readonly follow: (view: SessionView) => void;
  /** Seconds into the track (in a break: the spot) that is heard at this moment. */
  readonly position: () => number;
  readonly close: () => void;
}

export interface EngineOptions {
  readonly report: (report: EngineReport) => void;
}

export function createEngine(options: EngineOptions): Engine {
  void options;
  throw new Error('not built yet');
}

import type { EngineReport } from '../../shared/session.ts';

/** What main is told of the plays: each thing once, and of a play that is over nothing more. */
export interface PlayReports {
  /** A play begins, or begins again, at this place of its track. */
  readonly begin: (seconds: number) => void;
  readonly started: (play: number) => void;
  readonly crossed: (from: number, to: number) => void;
  readonly looped: (play: number) => void;
  readonly ended: (play: number) => void;
  readonly failed: (play: number, reason: string) => void;
  /** Only when it has moved by a step since the last time. */
  readonly position: (play: number, seconds: number) => void;
  /** It was crossed from last: main may not know yet that it is over. */
  readonly isLeft: (play: number) => boolean;
  /** It ended or failed, and nothing has begun since. */
  readonly isOver: (play: number) => boolean;
}

/** Reports of the position are at least this far apart. */
const positionStepSeconds = 0.2;

const mostReasonLetters = 300;

export function createPlayReports(report: (report: EngineReport) => void): PlayReports {
  let leftPlay: number | null = null;
  let overPlay: number | null = null;
  let startedPlay: number | null = null;
  let reportedSeconds = 0;

  return {
    begin: (seconds) => {
      overPlay = null;
      reportedSeconds = seconds;
    },
    started: (play) => {
      if (startedPlay === play) return;
      startedPlay = play;
      report({ kind: 'started', play });
    },
    crossed: (from, to) => {
      leftPlay = from;
      startedPlay = to;
      reportedSeconds = 0;
      report({ kind: 'crossed', play: to });
    },
    looped: (play) => {
      report({ kind: 'looped', play });
    },
    ended: (play) => {
      overPlay = play;
      report({ kind: 'ended', play });
    },
    failed: (play, reason) => {
      overPlay = play;
      report({ kind: 'failed', play, reason: reason.slice(0, mostReasonLetters) });
    },
    position: (play, seconds) => {
      if (overPlay === play || Math.abs(seconds - reportedSeconds) < positionStepSeconds) return;
      reportedSeconds = seconds;
      report({ kind: 'position', play, seconds });
    },
    isLeft: (play) => leftPlay === play,
    isOver: (play) => overPlay === play,
  };
}

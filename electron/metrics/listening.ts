import type { EngineReport, SessionView } from '../../shared/session.ts';
import type { Note } from './recorder.ts';

/** Follows the playback session and notes what is heard, waited for and interrupted. */
export interface Listening {
  readonly follow: (view: SessionView) => void;
  readonly heard: (report: EngineReport) => void;
  /** To be called about once a second. */
  readonly tick: () => void;
  /** Ends the session of listening, as the app is about to end. */
  readonly close: () => void;
}

export interface ListeningParts {
  readonly note: Note;
  /** 30 s of one play were heard. */
  readonly heard30Seconds: () => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Milliseconds on a clock that never goes back. */
  readonly monotonic: () => number;
}

/** Music is noted in pieces of this size, or less where it pauses. */
const pieceSeconds = 120;
/** A session of listening is over after so long a silence. */
const silenceMilliseconds = 30 * 60_000;
const longestWaitMilliseconds = 60_000;
/** The engine reports several times a second; more than this between two is a gap, not music. */
const longestStepMilliseconds = 2000;
/** A tick that comes later than this was itself held up, as by a sleeping machine. */
const lateTickMilliseconds = 3000;

interface Run {
  heardSeconds: number;
  lastHeard: { readonly at: number; readonly monotonic: number };
  /** When its last break ended, by the monotonic clock; null: it had none. */
  breakEnded: number | null;
}

export function createListening({
  note,
  heard30Seconds,
  now,
  monotonic,
}: ListeningParts): Listening {
  let view: SessionView | null = null;
  /** A play that was asked for and does not sound yet. */
  let awaited: { readonly play: number; readonly since: number } | null = null;
  /** The engine went over into this play by itself. */
  let crossedInto = 0;
  let position: { readonly seconds: number; readonly monotonic: number } | null = null;
  let ofPlay = { play: 0, seconds: 0 };
  let unnotedSeconds = 0;
  let run: Run | null = null;
  let hasStalled = false;
  let lastTick = monotonic();

  function musicRuns(): boolean {
    return view?.status === 'playing' && view.adBreak === null && view.now !== null;
  }

  function advance(seconds: number): void {
    const at = monotonic();
    const gone = position === null ? 0 : at - position.monotonic;
    const moved = position !== null && seconds !== position.seconds;
    position = { seconds, monotonic: at };
    hasStalled = false;
    const isAudible = view?.muted === false && view.volume > 0;
    if (moved && isAudible) add(Math.min(gone, longestStepMilliseconds) / 1000);
  }

  function add(seconds: number): void {
    const before = ofPlay.seconds;
    ofPlay = { ...ofPlay, seconds: before + seconds };
    if (before < 30 && ofPlay.seconds >= 30) {
      note('play.heard_30s', {});
      heard30Seconds();
    }
    if (run === null) note('session.began', {});
    const lastHeard = { at: now(), monotonic: monotonic() };
    run = {
      heardSeconds: (run?.heardSeconds ?? 0) + seconds,
      lastHeard,
      breakEnded: run?.breakEnded ?? null,
    };
    unnotedSeconds += seconds;
    if (unnotedSeconds >= pieceSeconds) noteMusic();
  }

  function noteMusic(): void {
    if (unnotedSeconds > 0) note('music.heard', { seconds: tenths(unnotedSeconds) });
    unnotedSeconds = 0;
  }

  function endRun(): void {
    noteMusic();
    if (run === null) return;
    const { heardSeconds, lastHeard, breakEnded } = run;
    run = null;
    const sinceBreak =
      breakEnded === null ? null : Math.max(0, lastHeard.monotonic - breakEnded) / 1000;
    const secondsSinceBreak = sinceBreak === null ? null : tenths(sinceBreak);
    note('session.ended', { heardSeconds: tenths(heardSeconds), secondsSinceBreak }, lastHeard.at);
  }

  function followBreak(newer: SessionView): void {
    const was = view?.adBreak ?? null;
    if (was === null && newer.adBreak !== null) {
      note('break.began', { spots: newer.adBreak.count });
      if (run !== null) run = { ...run, breakEnded: monotonic() };
    }
    if (was !== null && newer.adBreak === null) {
      note('break.ended', {});
      if (run !== null) run = { ...run, breakEnded: monotonic() };
    }
  }

  function followPlay(newer: SessionView): void {
    const play = newer.adBreak === null ? (newer.now?.play ?? 0) : 0;
    const ran = musicRuns();
    const isNew = play !== 0 && play !== ofPlay.play;
    if (isNew && newer.status === 'playing') {
      note('track.started', {});
      ofPlay = { play, seconds: 0 };
    }
    if (newer.status !== 'playing' || play === 0) {
      awaited = null;
      position = null;
      if (ran) noteMusic();
      return;
    }
    if (!isNew && ran) return;
    position = null;
    if (play !== crossedInto) awaited = { play, since: monotonic() };
  }

  return {
    follow(newer) {
      followBreak(newer);
      followPlay(newer);
      view = newer;
    },
    heard(report) {
      if (report.kind === 'crossed') crossedInto = report.play;
      if (report.kind !== 'started' && report.kind !== 'position') return;
      if (!musicRuns() || report.play !== view?.now?.play) return;
      if (awaited?.play === report.play) {
        const waited = Math.round(monotonic() - awaited.since);
        note('sound.began', { milliseconds: Math.min(waited, longestWaitMilliseconds) });
        awaited = null;
      }
      if (report.kind === 'position') advance(report.seconds);
    },
    tick() {
      const at = monotonic();
      const isLate = at - lastTick > lateTickMilliseconds;
      lastTick = at;
      const still = position === null ? 0 : at - position.monotonic;
      if (musicRuns() && still > longestStepMilliseconds && !hasStalled && !isLate) {
        hasStalled = true;
        note('sound.stalled', {});
      }
      if (run !== null && at - run.lastHeard.monotonic > silenceMilliseconds) endRun();
    },
    close: endRun,
  };
}

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}

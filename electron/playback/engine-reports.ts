import { assertNever } from '../../shared/errors.ts';
import type { EngineReport } from '../../shared/session.ts';
import { inBreak } from './breaks.ts';
import { heardSince } from './heard-time.ts';
import { joinOf } from './joins.ts';
import { loopPassed, roundOver, speedOf } from './loops.ts';
import { musicHeard } from './quiet-minutes.ts';
import type { Loaded, SessionState, Turn } from './session-state.ts';
import { isAudible, trackOf } from './session-state.ts';
import { spotEnded, spotFailed, spotMoved, spotStarted } from './spot-reports.ts';
import { boundaryReached, failed } from './transport.ts';

/** A play counts after this, or after half of a shorter track. */
const countedSeconds = 30;
/** So much of a track heard shows that tracks play at all. */
const provenSeconds = 1;

/** What the engine says. A report that names an older play or spot changes nothing. */
export function reported(state: SessionState, report: EngineReport, turn: Turn): SessionState {
  switch (report.kind) {
    case 'started':
      return isNow(state, report.play) ? marked(state, state.positionSeconds, turn) : state;
    case 'position':
      return isNow(state, report.play) ? moved(state, report.seconds, turn) : state;
    case 'crossed':
      return crossed(state, report.play, turn);
    case 'looped':
      return isNow(state, report.play) ? wentRound(state, turn) : state;
    case 'ended':
      return isNow(state, report.play) && !inBreak(state) ? over(state, turn) : state;
    case 'failed':
      return isNow(state, report.play) ? failed(state, state.now, turn) : state;
    case 'outputLost':
      return outputLost(state, report, turn);
    case 'spotStarted':
    case 'spotPosition':
    case 'spotEnded':
    case 'spotFailed':
      return spotReported(state, report, turn);
    default:
      return assertNever(report);
  }
}

/**
 * The engine went over a boundary by itself. Where the plan was changed while it did (a break is
 * due, the tier is lost, the queue edited), its crossing only says that the old track is over, and
 * what follows is decided here: the engine comes after.
 */
function crossed(state: SessionState, play: number, turn: Turn): SessionState {
  if (state.now === null || inBreak(state)) return state;
  if (play <= state.now.play || play > state.lastPlay) return state;
  const planned = play === state.next?.play && joinOf(state, turn).kind !== 'none';
  const after = over(state, turn);
  return planned ? marked(after, 0, turn) : after;
}

/** Headphones that were pulled out: the rest is not for everybody in the room. */
function outputLost(
  state: SessionState,
  { name, pauses }: Extract<EngineReport, { readonly kind: 'outputLost' }>,
  turn: Turn,
): SessionState {
  const paused = pauses && state.status === 'playing';
  turn.emit({ kind: 'notice', notice: { kind: 'output_lost', name, paused } });
  return paused ? { ...state, status: 'paused', mark: null } : state;
}

function over(state: SessionState, turn: Turn): SessionState {
  const seconds = trackOf(state.now)?.seconds ?? state.positionSeconds;
  const heard = moved(state, Math.max(seconds, state.positionSeconds), turn);
  return boundaryReached({ ...heard, failures: 0, passedOver: 0 }, turn);
}

/** However often it goes round, it is one play: what is heard adds up. */
function wentRound(state: SessionState, turn: Turn): SessionState {
  if (state.loop === null) return state;
  const after = roundOver(moved(state, state.loop.points.endSeconds, turn));
  return marked(after, after.positionSeconds, turn);
}

function moved(state: SessionState, seconds: number, turn: Turn): SessionState {
  if (inBreak(state)) return state; // The track waits at its start.
  const sounds = state.status === 'playing' && isAudible(state);
  const heard = sounds ? heardSince(state.mark, seconds, turn.monotonicSeconds) : 0;
  const heardSeconds = state.heardSeconds + heard;
  const length = trackOf(state.now)?.seconds ?? 0;
  const enough = length > 0 ? Math.min(countedSeconds, length / 2) : countedSeconds;
  const counts = !state.counted && heardSeconds >= enough;
  if (counts && state.now !== null) {
    turn.emit({ kind: 'playCounted', trackId: state.now.trackId });
  }
  return marked(
    {
      ...loopPassed(state, seconds),
      positionSeconds: seconds,
      heardSeconds,
      counted: state.counted || counts,
      failures: heardSeconds >= provenSeconds ? 0 : state.failures,
      passedOver: heardSeconds >= provenSeconds ? 0 : state.passedOver,
      breaks: heard > 0 ? musicHeard(state.breaks, heard, turn) : state.breaks,
    },
    seconds,
    turn,
  );
}

/** Time is measured from here on, unless nothing moves. */
function marked(state: SessionState, seconds: number, turn: Turn): SessionState {
  const runs = state.status === 'playing' && !inBreak(state);
  const { monotonicSeconds } = turn;
  const mark = runs ? { seconds, monotonicSeconds, speed: speedOf(state, turn) } : null;
  return { ...state, mark };
}

function isNow(
  state: SessionState,
  play: number,
): state is SessionState & { readonly now: Loaded } {
  return state.now?.play === play;
}

function spotReported(
  state: SessionState,
  report: Extract<EngineReport, { readonly spot: number }>,
  turn: Turn,
): SessionState {
  const { phase } = state.breaks;
  if (phase.kind !== 'playing' || phase.spot.id !== report.spot) return state;
  switch (report.kind) {
    case 'spotStarted':
      return spotStarted(state, phase, turn);
    case 'spotPosition':
      return spotMoved(state, phase, report.seconds, turn);
    case 'spotEnded':
      return spotEnded(state, phase, turn);
    case 'spotFailed':
      return spotFailed(state, phase, report.reason, turn);
    default:
      return assertNever(report);
  }
}

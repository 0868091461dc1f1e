import type { SpotEvent } from './ads-port.ts';
import { breakRules } from './break-rules.ts';
import { isHeld, spotRuns } from './breaks.ts';
import type { HeardMark } from './heard-time.ts';
import { heardSince } from './heard-time.ts';
import { spotLeft } from './pods.ts';
import { quietEarned } from './quiet-minutes.ts';
import type { BreakPlaying, SessionState, SpotPlay, Turn } from './session-state.ts';

/** The tick and the report interval keep what is heard up to so much behind what is played. */
const toleranceSeconds = 1;
/** One advance of the watchdog's clock at most, so that the machine's sleep is not taken for a stall. */
const stepSeconds = 2;
/** A spot that ends with less than this part heard has failed, whatever the window says. */
const completePart = 0.75;
const quartiles = ['firstQuartile', 'midpoint', 'thirdQuartile'] as const;

export function spotStarted(state: SessionState, playing: BreakPlaying, turn: Turn): SessionState {
  const spot = advanced(state, playing.spot, turn);
  const mark = markAt(spot.positionSeconds, turn);
  return withSpot(state, playing, { ...spot, started: true, stillSeconds: 0, mark }, turn);
}

export function spotMoved(
  state: SessionState,
  playing: BreakPlaying,
  seconds: number,
  turn: Turn,
): SessionState {
  const spot = advanced(state, playing.spot, turn);
  const moves = seconds > spot.positionSeconds;
  return withSpot(
    state,
    playing,
    {
      ...spot,
      started: true,
      positionSeconds: Math.max(spot.positionSeconds, seconds),
      heardSeconds: spot.heardSeconds + heardOf(state, spot, seconds, turn),
      mark: markAt(seconds, turn),
      stillSeconds: moves ? 0 : spot.stillSeconds,
    },
    turn,
  );
}

export function spotEnded(state: SessionState, playing: BreakPlaying, turn: Turn): SessionState {
  const { seconds } = spotOf(playing);
  const moved = spotMoved(state, playing, seconds, turn);
  const after = moved.breaks.phase;
  if (after.kind !== 'playing') return moved;
  const { heardSeconds } = after.spot;
  if (heardSeconds < seconds * completePart) {
    return left(moved, after, { kind: 'error', code: 405, reason: 'ended early' }, turn);
  }
  const earned = after.extra ? quietEarned(moved, turn) : moved;
  return left(earned, after, { kind: 'complete', heardSeconds }, turn);
}

export function spotFailed(
  state: SessionState,
  playing: BreakPlaying,
  reason: string,
  turn: Turn,
): SessionState {
  return left(state, playing, { kind: 'error', code: 405, reason }, turn);
}

export function spotSkipped(state: SessionState, playing: BreakPlaying, turn: Turn): SessionState {
  const { skipAfterSeconds } = spotOf(playing);
  const { heardSeconds } = playing.spot;
  if (skipAfterSeconds === null || heardSeconds + toleranceSeconds < skipAfterSeconds) return state;
  return left(state, playing, { kind: 'skip', heardSeconds }, turn);
}

/** The watchdog: a spot that hangs never keeps the music waiting. */
export function spotWatched(state: SessionState, playing: BreakPlaying, turn: Turn): SessionState {
  const spot = advanced(state, playing.spot, turn);
  const after = { ...playing, spot };
  const patience = spot.started ? breakRules.stallSeconds : breakRules.startSeconds;
  if (spot.stillSeconds > patience) {
    const code = spot.started ? 405 : 402;
    const reason = spot.started ? 'stands still' : 'did not start';
    return left(state, after, { kind: 'error', code, reason }, turn);
  }
  if (spot.ranSeconds > spotOf(playing).seconds + breakRules.overrunSeconds) {
    return left(state, after, { kind: 'error', code: 405, reason: 'runs beyond its length' }, turn);
  }
  return { ...state, breaks: { ...state.breaks, phase: after } };
}

/** Tells of what changed for a spot that went on playing through an event: paused, held, let go. */
export function spotTold(before: SessionState, after: SessionState, turn: Turn): SessionState {
  if (isHeld(after) && !isHeld(before)) {
    turn.emit({ kind: 'notice', notice: { kind: 'spot_held' } });
  }
  const was = before.breaks.phase;
  const is = after.breaks.phase;
  if (was.kind !== 'playing' || is.kind !== 'playing' || was.spot.id !== is.spot.id) return after;
  if (spotRuns(before) === spotRuns(after)) return after;
  if (is.spot.impressed) {
    const kind = spotRuns(after) ? 'resume' : 'pause';
    tell(is, { kind, heardSeconds: is.spot.heardSeconds }, turn);
  }
  const spot = { ...advanced(before, is.spot, turn), mark: null };
  return { ...after, breaks: { ...after.breaks, phase: { ...is, spot } } };
}

/** Takes the spot as it is now and tells what it has reached. */
function withSpot(
  state: SessionState,
  playing: BreakPlaying,
  spot: SpotPlay,
  turn: Turn,
): SessionState {
  const { heardSeconds } = spot;
  const { seconds, tellAtSeconds = [] } = spotOf(playing);
  const impressed = spot.impressed || spotRuns(state);
  if (impressed && !spot.impressed) tell(playing, { kind: 'impression' }, turn);
  const before = playing.spot.heardSeconds;
  if (tellAtSeconds.some((place) => place > before && place <= heardSeconds)) {
    tell(playing, { kind: 'placeReached', heardSeconds }, turn);
  }
  const reached = Math.min(3, Math.floor((4 * heardSeconds) / seconds));
  for (const kind of quartiles.slice(spot.quartiles, reached)) {
    tell(playing, { kind, heardSeconds }, turn);
  }
  const told = { ...spot, impressed, quartiles: Math.max(spot.quartiles, reached) };
  return { ...state, breaks: { ...state.breaks, phase: { ...playing, spot: told } } };
}

function left(
  state: SessionState,
  playing: BreakPlaying,
  event: SpotEvent,
  turn: Turn,
): SessionState {
  tell(playing, event, turn);
  return spotLeft(state, playing, turn);
}

/** The watchdog's clocks run only while the spot may sound. */
function advanced(state: SessionState, spot: SpotPlay, turn: Turn): SpotPlay {
  const elapsed = Math.min(stepSeconds, turn.monotonicSeconds - spot.clockSeconds);
  const gone = spotRuns(state) ? Math.max(0, elapsed) : 0;
  return {
    ...spot,
    clockSeconds: turn.monotonicSeconds,
    ranSeconds: spot.ranSeconds + gone,
    stillSeconds: spot.stillSeconds + gone,
  };
}

/** Spots are sounded as they are, whatever the music's speed. */
function markAt(seconds: number, { monotonicSeconds }: Turn): HeardMark {
  return { seconds, monotonicSeconds, speed: 1 };
}

function heardOf(state: SessionState, spot: SpotPlay, seconds: number, turn: Turn): number {
  return spotRuns(state) ? heardSince(spot.mark, seconds, turn.monotonicSeconds) : 0;
}

function spotOf(playing: BreakPlaying) {
  const spot = playing.pod[playing.index];
  if (spot === undefined) throw new Error('A break stands outside its pod');
  return spot;
}

function tell(playing: BreakPlaying, event: SpotEvent, turn: Turn): void {
  turn.emit({ kind: 'spotHappened', spot: spotOf(playing), event });
}

import { RefrainError } from '../../shared/errors.ts';
import type { MarkedLoop } from '../../shared/session.ts';
import type { LoopPoints } from '../../shared/track-sound.ts';
import type { Loaded, SessionEvent, SessionState, Turn, World } from './session-state.ts';
import { trackOf } from './session-state.ts';

/** A shorter part would be heard as a tone. */
const leastSeconds = 0.1;

/**
 * The listener sets a point of what plays: it is saved with the track. A point that passes the other
 * one pushes it to the track's start or end.
 */
export function loopPointSet(
  state: SessionState,
  { play, point, seconds, starts }: Extract<SessionEvent, { readonly kind: 'setLoopPoint' }>,
  turn: Turn,
): SessionState {
  expectAllowed(turn);
  const { now, loop } = state;
  const track = trackOf(now);
  if (now?.play !== play || track === null) return state;
  const points = withPoint(pointsOf(state), point, seconds, track.seconds);
  if (points === null) return state;
  const marked = withSaved(state, points, turn);
  if (loop === null && !starts) return marked;
  const going = loop ?? { points, rounds: 0, roundsLeft: null, practice: null };
  const heardAt = starts && point === 'end' ? points.endSeconds : state.positionSeconds;
  return inside({ ...marked, loop: { ...going, points } }, heardAt);
}

/** Goes round within the saved points, or all of the track where there are none. */
export function loopStarted(
  state: SessionState,
  { rounds, practice }: Extract<SessionEvent, { readonly kind: 'startLoop' }>,
  turn: Turn,
): SessionState {
  expectAllowed(turn);
  const track = trackOf(state.now);
  if (track === null) throw new RefrainError('not_found', 'Nothing is loaded');
  const points = pointsOf(state) ?? { startSeconds: 0, endSeconds: track.seconds };
  const roundsLeft = rounds === null ? null : rounds - 1;
  const loop = { points, rounds: 0, roundsLeft, practice };
  return inside({ ...state, loop, mark: null }, state.positionSeconds);
}

export function loopStopped(state: SessionState): SessionState {
  return state.loop === null ? state : { ...state, loop: null, mark: null };
}

/** The points go, from the library too. */
export function loopCleared(state: SessionState, turn: Turn): SessionState {
  const stopped = loopStopped(state);
  return trackOf(state.now)?.sound.loop == null ? stopped : withSaved(stopped, null, turn);
}

/** Whether it turns back at the part's end. */
export function goesRound({ loop }: SessionState): boolean {
  return loop !== null && loop.roundsLeft !== 0;
}

/** The engine went back to the start: one round less, and the next pace. */
export function roundOver(state: SessionState): SessionState {
  const { loop } = state;
  if (loop === null) return state;
  const roundsLeft = loop.roundsLeft === null ? null : Math.max(0, loop.roundsLeft - 1);
  const positionSeconds = loop.points.startSeconds;
  return { ...state, positionSeconds, loop: { ...loop, rounds: loop.rounds + 1, roundsLeft } };
}

/** The last round is over once its end was passed, and with it the pace of practice. */
export function loopPassed(state: SessionState, seconds: number): SessionState {
  const { loop } = state;
  const passed = loop !== null && !goesRound(state) && seconds >= loop.points.endSeconds;
  return passed ? { ...state, loop: null } : state;
}

/** A lost tier lets the round play to its end, and no other follow. */
export function loopAllowed(state: SessionState, world: World): SessionState {
  const { loop } = state;
  if (loop === null || loop.roundsLeft === 0 || world.allows('repeat_track')) return state;
  return { ...state, loop: { ...loop, roundsLeft: 0 } };
}

/** 1: as recorded. */
export function speedOf({ loop }: SessionState, { sound }: World): number {
  if (loop === null || loop.practice === null) return sound.speed;
  const { fromPercent, stepPercent, toPercent } = loop.practice;
  const most = Math.max(fromPercent, toPercent);
  return Math.min(most, fromPercent + loop.rounds * stepPercent) / 100;
}

export function markedLoopOf(state: SessionState): MarkedLoop | null {
  const points = pointsOf(state);
  if (points === null) return null;
  const { loop } = state;
  const on = loop !== null;
  return { points, on, roundsLeft: loop?.roundsLeft ?? null, practice: loop?.practice ?? null };
}

/** @throws RefrainError not_allowed */
export function expectAllowed({ allows }: World): void {
  const detail = 'repeat_track';
  if (allows(detail)) return;
  throw new RefrainError('not_allowed', 'Repeating a track belongs to premium', { detail });
}

function pointsOf({ loop, now }: SessionState): LoopPoints | null {
  return loop?.points ?? trackOf(now)?.sound.loop ?? null;
}

/** Null: there is no room for a loop. */
function withPoint(
  before: LoopPoints | null,
  point: 'start' | 'end',
  seconds: number,
  length: number,
): LoopPoints | null {
  const at = Math.min(Math.max(0, seconds), length);
  const { startSeconds, endSeconds } = before ?? { startSeconds: 0, endSeconds: length };
  const points =
    point === 'start'
      ? { startSeconds: at, endSeconds: endSeconds - at >= leastSeconds ? endSeconds : length }
      : { startSeconds: at - startSeconds >= leastSeconds ? startSeconds : 0, endSeconds: at };
  return points.endSeconds - points.startSeconds >= leastSeconds ? points : null;
}

/** The row is new at once; what the library says of it comes after. */
function withSaved(state: SessionState, points: LoopPoints | null, turn: Turn): SessionState {
  const row = trackOf(state.now);
  if (state.now === null || row === null) return state;
  turn.emit({ kind: 'loopMarked', trackId: row.id, points });
  const now: Loaded = { ...state.now, row: { ...row, sound: { ...row.sound, loop: points } } };
  return { ...state, now };
}

/** What is heard beyond the part's end goes to its start. */
function inside(state: SessionState, heardSeconds: number): SessionState {
  const { loop } = state;
  if (loop === null || heardSeconds < loop.points.endSeconds) return state;
  const { startSeconds } = loop.points;
  return { ...state, positionSeconds: startSeconds, seek: state.seek + 1, mark: null };
}

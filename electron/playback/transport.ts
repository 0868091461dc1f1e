import type { RepeatMode } from '../../shared/session.ts';
import { breakCanPlay, breakIsDue, inBreak } from './breaks.ts';
import { goesRound, roundOver } from './loops.ts';
import { breakStarted, podFits } from './pods.ts';
import type { Queue } from './queue.ts';
import { back, entryAt, forward, nextRound, sizeOf, trackAt, withRoundDrawn } from './queue.ts';
import type { Loaded, SessionState, Turn, World } from './session-state.ts';
import { trackOf } from './session-state.ts';
import { stoppedIfDue } from './stops.ts';

/** Further in than this, previous goes back to the track's start. */
const restartSeconds = 3;
const failuresToStop = 3;

/**
 * Loads what stands at the queue's place, as a new play; the planned one where it is the same
 * entry, for the engine holds that decoded. A queue at its end stops.
 */
export function begun(
  state: SessionState,
  queue: Queue,
  status: SessionState['status'],
  turn: World,
  startSeconds = 0,
): SessionState {
  const entry = entryAt(queue, queue.place);
  const trackId = trackAt(queue, queue.place);
  if (entry === undefined || trackId === undefined) return stopped(state, queue);
  const planned = state.next?.entry === entry && startSeconds === 0 ? state.next : null;
  const play = planned?.play ?? state.lastPlay + 1;
  const row = trackOf(planned);
  const isOther = entry !== state.now?.entry;
  return {
    ...state,
    ...repeatFor(state, isOther, turn),
    queue,
    status: status === 'idle' ? 'playing' : status,
    // What was away when it was planned may be there again.
    now: {
      play,
      entry,
      trackId,
      row: row?.away === false ? row : 'wanted',
      startSeconds,
      inAlbum: planned?.inAlbum ?? null,
      failed: false,
    },
    next: null,
    lastPlay: Math.max(state.lastPlay, play),
    positionSeconds: startSeconds,
    loop: isOther ? null : state.loop,
    heardSeconds: 0,
    counted: false,
    mark: null,
  };
}

/** Nothing is loaded any more; a break goes on to its end. */
export function stopped(state: SessionState, queue: Queue): SessionState {
  const status = inBreak(state) ? state.status : 'idle';
  return {
    ...state,
    queue,
    status,
    now: null,
    next: null,
    positionSeconds: 0,
    mark: null,
    loop: null,
    timesLeft: null,
  };
}

function ended(queue: Queue): Queue {
  return { ...queue, place: sizeOf(queue) };
}

/** The track is over by itself. */
export function boundaryReached(state: SessionState, turn: Turn): SessionState {
  if (goesRound(state)) return roundBegun(state, turn);
  const stopped = stoppedIfDue({ ...state, loop: null });
  const after = boundaryPassed(stopped, following(state, turn), turn);
  const { timesLeft } = after;
  const isAgain = timesLeft !== null && after.now?.entry === state.now?.entry;
  return isAgain ? { ...after, timesLeft: timesLeft - 1 } : after;
}

/** The track ended within its loop, so that the engine is beyond it: the same play goes on anew. */
function roundBegun(state: SessionState, turn: World): SessionState {
  const { heardSeconds, counted } = state;
  const over = roundOver(state);
  const after = begun(over, over.queue, over.status, turn, over.positionSeconds);
  return { ...after, heardSeconds, counted };
}

/** The listener skips on. */
export function skipped(state: SessionState, turn: Turn): SessionState {
  const target = skipTarget(state, turn);
  if (state.now === null) return target === null ? state : begun(state, target, 'playing', turn);
  const due = breakIsDue(state, turn) || state.breaks.quietWanted;
  const after = boundaryPassed({ ...state, status: 'playing' }, target, turn);
  // Else skipping on before every boundary would be a way around breaks.
  if (!due || inBreak(after)) return after;
  return { ...after, breaks: { ...after.breaks, hurried: true } };
}

export function wentBack(state: SessionState, turn: World): SessionState {
  if (state.now !== null && state.positionSeconds > restartSeconds) return sought(state, 0);
  const target = back(state.queue, goesAround(state, turn));
  if (target !== null) return begun(state, target, 'playing', turn);
  return state.now === null ? state : sought(state, 0);
}

/** The place moves only while playing: what fails in a paused session is tried again on resume. */
export function failed(state: SessionState, now: Loaded, turn: Turn): SessionState {
  if (state.status !== 'playing') return { ...state, now: { ...now, failed: true } };
  const title = trackOf(now)?.title ?? '';
  turn.emit({ kind: 'notice', notice: { kind: 'track_failed', title } });
  const failures = state.failures + 1;
  if (failures >= failuresToStop) {
    turn.emit({ kind: 'notice', notice: { kind: 'playback_stopped_after_failures' } });
    return stopped({ ...state, failures: 0 }, state.queue);
  }
  return goneOn({ ...state, failures }, turn);
}

/**
 * What is away or gone when it should play is passed over, however many: a drive is unplugged. Only
 * the first of them is told of, and where there is nothing else it ends.
 */
export function passedOver(state: SessionState, now: Loaded, turn: Turn): SessionState {
  const title = trackOf(now)?.title ?? '';
  if (state.passedOver === 0)
    turn.emit({ kind: 'notice', notice: { kind: 'track_failed', title } });
  const count = state.passedOver + 1;
  if (count >= sizeOf(state.queue)) {
    turn.emit({ kind: 'notice', notice: { kind: 'playback_stopped_after_failures' } });
    return stopped({ ...state, passedOver: 0 }, state.queue);
  }
  return goneOn({ ...state, passedOver: count }, turn);
}

/** To the following, in the place of what could not be played. */
function goneOn(state: SessionState, turn: World): SessionState {
  const target = skipTarget(state, turn) ?? ended(state.queue);
  const after = stoppedIfDue(state);
  return begun(after, target, after.status, turn);
}

export function resumed(state: SessionState, turn: World): SessionState {
  const { queue, now } = state;
  if (now === null && !inBreak(state)) {
    if (sizeOf(queue) === 0) return state;
    const target = queue.place < sizeOf(queue) ? queue : nextRound(queue, turn.random);
    return begun(state, target, 'playing', turn);
  }
  if (state.status === 'playing') return state;
  const again = now !== null && (now.failed || trackOf(now)?.away !== false);
  if (again) return begun(state, queue, 'playing', turn, state.positionSeconds);
  return { ...state, status: 'playing', mark: null };
}

/** To a position of the current track, within its bounds; one beyond a loop leaves it. */
export function sought(state: SessionState, seconds: number): SessionState {
  if (state.now === null) return state;
  const length = trackOf(state.now)?.seconds ?? 0;
  const positionSeconds = Math.max(0, length > 0 ? Math.min(seconds, length) : seconds);
  const leaves = state.loop !== null && positionSeconds >= state.loop.points.endSeconds;
  const loop = leaves ? null : state.loop;
  return { ...state, loop, positionSeconds, seek: state.seek + 1, mark: null };
}

/** The current entry was taken out; its place holds the following one now. */
export function withoutCurrent(state: SessionState, queue: Queue, turn: World): SessionState {
  const over = queue.place >= sizeOf(queue) && sizeOf(queue) > 0 && goesAround(state, turn);
  return begun(state, over ? nextRound(queue, turn.random) : queue, state.status, turn);
}

/** Names what follows, under a play id of its own that stays while the answer stays. */
export function planned(state: SessionState, turn: World): SessionState {
  const { now } = state;
  if (now === null) return state.next === null ? state : { ...state, next: null };
  const atEnd = state.queue.place + 1 >= sizeOf(state.queue);
  const queue =
    atEnd && goesAround(state, turn) ? withRoundDrawn(state.queue, turn.random) : state.queue;
  const ready = queue === state.queue ? state : { ...state, queue };
  const target = following(ready, turn);
  const entry = target === null ? undefined : entryAt(target, target.place);
  const trackId = target === null ? undefined : trackAt(target, target.place);
  if (entry === undefined || trackId === undefined) return { ...ready, next: null };
  if (state.next?.entry === entry) return ready;
  const play = state.lastPlay + 1;
  const { row, inAlbum } = entry === now.entry ? now : unknown;
  const next = { play, entry, trackId, row, startSeconds: 0, inAlbum, failed: false };
  return { ...ready, next, lastPlay: play };
}

const unknown = { row: 'wanted', inAlbum: null } as const;

export function canSkip(state: SessionState, world: World): boolean {
  if (inBreak(state) || sizeOf(state.queue) === 0) return false;
  return state.queue.place + 1 < sizeOf(state.queue) || goesAround(state, world);
}

function boundaryPassed(state: SessionState, target: Queue | null, turn: Turn): SessionState {
  if (target === null) {
    const repeat = repeatAllowed(state, turn);
    return stopped({ ...state, repeat }, ended(state.queue));
  }
  const entry = entryAt(target, target.place);
  const rests = entry === state.next?.entry && breakAhead(state, turn);
  const after = begun(state, target, state.status, turn);
  return rests ? breakStarted(after, turn) : after;
}

/** A prepared break will play between `now` and `next`. */
export function breakAhead(state: SessionState, world: World): boolean {
  return podFits(state, world) && breakCanPlay(state, world);
}

/** What plays after `now` if nothing is done; null: nothing. */
function following(state: SessionState, turn: World): Queue | null {
  return repeatAllowed(state, turn) === 'track' ? state.queue : skipTarget(state, turn);
}

/** What the listener gets by skipping on, which leaves even a repeated track. */
function skipTarget(state: SessionState, turn: World): Queue | null {
  return forward(state.queue, goesAround(state, turn), turn.random);
}

/** One entry going around is repeating a track under another name, and needs what that needs. */
function goesAround(state: SessionState, turn: World): boolean {
  const mode = state.repeat === 'track' ? state.repeatBefore : state.repeat;
  return mode === 'all' && (sizeOf(state.queue) > 1 || turn.allows('repeat_track'));
}

/** Repeat as it takes effect at the next boundary. */
function repeatAllowed(state: SessionState, turn: World): RepeatMode {
  const over = state.timesLeft === 0 || !turn.allows('repeat_track');
  return state.repeat === 'track' && over ? state.repeatBefore : state.repeat;
}

/** Repeat as it is with what is loaded now: a count belongs to the entry that it was made for. */
function repeatFor(
  state: SessionState,
  isOther: boolean,
  turn: World,
): Pick<SessionState, 'repeat' | 'timesLeft'> {
  const counted = state.timesLeft !== null && isOther;
  const repeat = counted ? state.repeatBefore : repeatAllowed(state, turn);
  return { repeat, timesLeft: repeat === 'track' ? state.timesLeft : null };
}

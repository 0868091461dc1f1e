import { RefrainError, assertNever } from '../../shared/errors.ts';
import { isInAlbum } from './album-runs.ts';
import {
  breakAged,
  breakConsidered,
  breakPrepared,
  breakRefused,
  inBreak,
  quietDropped,
} from './breaks.ts';
import { reported } from './engine-reports.ts';
import {
  expectAllowed,
  loopAllowed,
  loopCleared,
  loopPointSet,
  loopStarted,
  loopStopped,
} from './loops.ts';
import type { Queue } from './queue.ts';
import { placeOf, queueOf, shuffled, sizeOf, unshuffled } from './queue.ts';
import { inserted, jumped, moved, onlyCurrent, removed } from './queue-edits.ts';
import { musicHeard, quietAsked } from './quiet-minutes.ts';
import type {
  Effect,
  Loaded,
  QueueBefore,
  SessionEvent,
  SessionState,
  Turn,
  World,
} from './session-state.ts';
import { isAudible, isShuffled, queueIndex, trackOf } from './session-state.ts';
import { paused, sleepAged, sleepSet, stopKept } from './stops.ts';
import { spotSkipped, spotTold, spotWatched } from './spot-reports.ts';
import {
  begun,
  passedOver,
  planned,
  resumed,
  skipped,
  sought,
  stopped,
  wentBack,
  withoutCurrent,
} from './transport.ts';

/**
 * The session's one rule: what was, and what happened, give what is and what is to be done. Pure;
 * clock, randomness and tier come with `world`.
 * @throws RefrainError not_allowed (the tier lacks a feature, `detail` names it), not_found (no
 * such entry, or nothing to play); nothing has changed then.
 */
export function step(
  state: SessionState,
  event: SessionEvent,
  world: World,
): { readonly state: SessionState; readonly effects: readonly Effect[] } {
  const effects: Effect[] = [];
  const turn: Turn = { ...world, emit: (effect) => effects.push(effect) };
  const after = loopAllowed(stopKept(applied(state, event, turn)), turn);
  const settled = breakConsidered(planned(spotTold(state, after, turn), turn), turn);
  const changed = isOtherQueue(state, settled);
  const queueRevision = changed ? settled.queueRevision + 1 : settled.queueRevision;
  return { state: changed ? { ...settled, queueRevision } : settled, effects };
}

function applied(state: SessionState, event: SessionEvent, turn: Turn): SessionState {
  switch (event.kind) {
    case 'play':
      return played(state, event, turn);
    case 'enqueue':
      return enqueued(state, event, turn);
    case 'jump':
      return begun(
        state,
        jumped(state.queue, found(state, event.entry), turn.random),
        'playing',
        turn,
      );
    case 'removeEntries':
      return fitted(state, removed(state.queue, event.entries), turn);
    case 'moveEntries': {
      if (event.before !== null) found(state, event.before);
      return { ...state, queue: moved(state.queue, event.entries, event.before) };
    }
    case 'clear':
      return cleared(state);
    case 'restoreQueue':
      return restored(state, event.before, turn);
    case 'resume':
      return resumed(state, turn);
    case 'pause':
      return paused(state);
    case 'next':
      return inBreak(state) ? state : skipped(state, turn);
    case 'previous':
      return inBreak(state) ? state : wentBack(state, turn);
    case 'seek':
      return inBreak(state) ? state : sought(state, event.seconds);
    case 'skipSpot': {
      const { phase } = state.breaks;
      return phase.kind === 'playing' ? spotSkipped(state, phase, turn) : state;
    }
    case 'earnQuiet':
      return quietAsked(state, turn);
    case 'dropQuiet':
      return quietDropped(state, turn);
    case 'setVolume':
      return withSound(state, { volume: event.volume });
    case 'setMuted':
      return withSound(state, { muted: event.muted });
    case 'setShuffle': {
      const { queue } = state;
      return { ...state, queue: event.shuffle ? shuffled(queue, turn.random) : unshuffled(queue) };
    }
    case 'setRepeat':
      return repeating(state, event.repeat, turn);
    case 'repeatTimes':
      return repeatedTimes(state, event.times, turn);
    case 'setLoopPoint':
      return inBreak(state) ? state : loopPointSet(state, event, turn);
    case 'startLoop':
      return inBreak(state) ? state : loopStarted(state, event, turn);
    case 'stopLoop':
      return loopStopped(state);
    case 'clearLoop':
      return loopCleared(state, turn);
    case 'setSleep':
      return sleepSet(state, event.sleep, turn);
    case 'setStopAfter':
      if (event.entry !== null) found(state, event.entry);
      return { ...state, stopAfter: event.entry };
    case 'reported':
      return reported(state, event.report, turn);
    case 'tracksFound':
      return lookedUp(state, event, turn);
    case 'breakReady':
      return breakPrepared(state, event.request, event.pod, turn);
    case 'breakEmpty':
      return breakRefused(state, event.request, turn);
    case 'ticked': {
      const aged = sleepAged(state, turn);
      const { phase } = aged.breaks;
      return phase.kind === 'playing' ? spotWatched(aged, phase, turn) : breakAged(aged, turn);
    }
    case 'timePassed':
      return withHeard(state, event.seconds, turn);
    case 'tierChanged':
    case 'soundChanged':
      return state; // What every event ends with looks at the tier anew, the view at the settings.
    default:
      return assertNever(event);
  }
}

function played(
  state: SessionState,
  event: Extract<SessionEvent, { readonly kind: 'play' }>,
  turn: Turn,
): SessionState {
  const { trackIds, start } = event;
  if (trackIds.length === 0) throw new RefrainError('not_found', 'There is nothing to play');
  const shuffle = event.shuffle ?? isShuffled(state);
  const queue = queueOf(trackIds, start, shuffle, state.nextEntry, turn.random);
  const nextEntry = state.nextEntry + trackIds.length;
  return { ...begun(state, queue, 'playing', turn), nextEntry, failures: 0, passedOver: 0 };
}

/** Where nothing is loaded and nothing to come, the first of what is added waits to be played. */
function enqueued(
  state: SessionState,
  { trackIds, where }: Extract<SessionEvent, { readonly kind: 'enqueue' }>,
  turn: Turn,
): SessionState {
  const { queue } = state;
  const after = {
    ...state,
    queue: inserted(queue, trackIds, where, state.nextEntry),
    nextEntry: state.nextEntry + trackIds.length,
  };
  const hasEnded = state.now === null && queue.place >= sizeOf(queue);
  return hasEnded && !inBreak(state) ? begun(after, after.queue, 'paused', turn) : after;
}

/** What is loaded stays, and plays on if it plays; the rest goes, history included. */
function cleared(state: SessionState): SessionState {
  const { queue, now } = state;
  if (now === null) return stopped(state, onlyCurrent({ ...queue, place: sizeOf(queue) }));
  return sizeOf(queue) === 1 ? state : { ...state, queue: onlyCurrent(queue) };
}

/** Back to an earlier queue; what plays goes on if it stands in there too. */
function restored(state: SessionState, before: QueueBefore, turn: Turn): SessionState {
  const { queue } = before;
  const place = state.now === null ? -1 : placeOf(queue, state.now.entry);
  if (place >= 0) return { ...state, queue: { ...queue, place } };
  if (before.now === null) return stopped(state, queue);
  return begun(state, queue, before.status, turn, before.positionSeconds);
}

/** Takes a queue that lacks some entries; where the current one is gone, the following plays. */
function fitted(state: SessionState, queue: Queue, turn: Turn): SessionState {
  if (state.now === null || placeOf(queue, state.now.entry) >= 0) return { ...state, queue };
  return withoutCurrent(state, queue, turn);
}

function repeating(state: SessionState, repeat: SessionState['repeat'], turn: Turn): SessionState {
  if (repeat !== 'track') return { ...state, repeat, repeatBefore: repeat, timesLeft: null };
  expectAllowed(turn);
  return { ...state, repeat, timesLeft: null };
}

/** What is loaded plays so often altogether, then what follows. */
function repeatedTimes(state: SessionState, times: number, turn: Turn): SessionState {
  expectAllowed(turn);
  if (state.now === null) throw new RefrainError('not_found', 'Nothing is loaded');
  return { ...state, repeat: 'track', timesLeft: times - 1 };
}

/** Time is measured anew when sound comes or goes. */
function withSound(
  state: SessionState,
  sound: Partial<Pick<SessionState, 'volume' | 'muted'>>,
): SessionState {
  const after = { ...state, ...sound };
  return isAudible(after) === isAudible(state) ? after : { ...after, mark: null };
}

/** Rows came from the library. What is away or gone when it should play is skipped. */
function lookedUp(
  state: SessionState,
  { asked, tracks }: Extract<SessionEvent, { readonly kind: 'tracksFound' }>,
  turn: Turn,
): SessionState {
  const rows = new Map(tracks.map((track) => [track.id, track]));
  const withRow = (loaded: Loaded | null): Loaded | null => {
    if (loaded === null || !asked.includes(loaded.trackId)) return loaded;
    const row = rows.get(loaded.trackId);
    if (row === undefined) return loaded.row === 'wanted' ? { ...loaded, row: 'gone' } : loaded;
    // Once: what sounds keeps its gain, whatever becomes of the queue around it.
    const inAlbum =
      loaded.inAlbum ?? isInAlbum(state.queue, loaded.entry, row, (id) => rows.get(id));
    return { ...loaded, row, inAlbum };
  };
  const now = withRow(state.now);
  const after = { ...state, now, next: withRow(state.next) };
  const arrived = state.now?.row === 'wanted' && now !== null && now.row !== 'wanted';
  if (!arrived || state.status !== 'playing' || trackOf(now)?.away === false) return after;
  return passedOver(after, now, turn);
}

/** As if so much music had been heard, for builds whose clock can be moved. */
function withHeard(state: SessionState, seconds: number, turn: Turn): SessionState {
  const breaks = musicHeard(state.breaks, seconds, turn);
  return { ...state, breaks: { ...breaks, openedSeconds: breaks.openedSeconds - seconds } };
}

function found(state: SessionState, entry: number): number {
  const place = placeOf(state.queue, entry);
  if (place < 0) throw new RefrainError('not_found', `The queue has no entry ${entry}`);
  return place;
}

/** Whether the window's picture of the queue is old. Rounds drawn ahead are not in it yet. */
function isOtherQueue(one: SessionState, other: SessionState): boolean {
  return (
    one.queue.entryIds !== other.queue.entryIds ||
    one.queue.order !== other.queue.order ||
    queueIndex(one) !== queueIndex(other)
  );
}

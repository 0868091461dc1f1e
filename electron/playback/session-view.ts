import { isDeepStrictEqual } from 'node:util';
import type { AdBreakView, Play, QueueView, SessionView } from '../../shared/session.ts';
import { inBreak, isHeld } from './breaks.ts';
import { joinOf } from './joins.ts';
import { goesRound, markedLoopOf, speedOf } from './loops.ts';
import { inPlayOrder } from './queue.ts';
import { canEarnQuiet } from './quiet-minutes.ts';
import type { Loaded, SessionState, World } from './session-state.ts';
import { isShuffled, queueIndex, trackOf } from './session-state.ts';
import { sinkingFor, sleepShown } from './stops.ts';
import { canSkip } from './transport.ts';

export function viewOf(state: SessionState, world: World): SessionView {
  return {
    status: state.status,
    now: playOf(state.now),
    next: playOf(state.next),
    join: joinOf(state, world),
    loop: goesRound(state) ? (state.loop?.points ?? null) : null,
    speed: speedOf(state, world),
    fadeSeconds: sinkingFor(state, world),
    marked: markedLoopOf(state),
    sleep: sleepShown(state, world),
    stopAfter: state.stopAfter,
    timesLeft: state.timesLeft,
    positionSeconds: state.positionSeconds,
    seek: state.seek,
    adBreak: adBreakOf(state),
    quietSeconds: Math.ceil(state.breaks.quietSeconds / 60) * 60,
    quietWanted: state.breaks.quietWanted,
    canEarnQuiet: canEarnQuiet(state, world),
    volume: state.volume,
    muted: state.muted,
    shuffle: isShuffled(state),
    repeat: state.repeat,
    canPlay: state.queue.entryIds.length > 0 || inBreak(state),
    canPrevious: state.queue.entryIds.length > 0 && !inBreak(state),
    canNext: canSkip(state, world),
    queueRevision: state.queueRevision,
  };
}

export function queueViewOf(state: SessionState): QueueView {
  const { queue, queueRevision } = state;
  return {
    revision: queueRevision,
    entryIds: inPlayOrder(queue, queue.entryIds),
    trackIds: inPlayOrder(queue, queue.trackIds),
    index: queueIndex(state),
  };
}

/** Equal in everything that the window can't tell by itself while it plays. */
export function isSameView(one: SessionView, other: SessionView): boolean {
  return isDeepStrictEqual(atRest(one), atRest(other));
}

/** The position runs by itself, and so does a sound that sinks. */
function atRest(view: SessionView): SessionView {
  return { ...view, positionSeconds: 0, fadeSeconds: view.fadeSeconds === null ? null : 0 };
}

/** What the library has no row for can't be shown or played; it is skipped when its turn comes. */
function playOf(loaded: Loaded | null): Play | null {
  const track = trackOf(loaded);
  if (loaded === null || track === null) return null;
  const { play, entry, startSeconds, inAlbum } = loaded;
  return { play, entry, track, startSeconds, inAlbum: inAlbum === true };
}

function adBreakOf(state: SessionState): AdBreakView | null {
  const { phase } = state.breaks;
  const spot = phase.kind === 'playing' ? phase.pod[phase.index] : undefined;
  if (phase.kind !== 'playing' || spot === undefined) return null;
  return {
    spot: phase.spot.id,
    index: phase.index + 1,
    count: phase.pod.length,
    advertiser: spot.advertiser,
    title: spot.title,
    mediaUrl: spot.mediaUrl,
    format: spot.format,
    seconds: spot.seconds,
    gain: spot.gain,
    companion: spot.companion,
    skipAfterSeconds: spot.skipAfterSeconds,
    held: isHeld(state),
  };
}

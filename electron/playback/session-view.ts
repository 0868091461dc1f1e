import type { AdBreakView, Play, QueueView, SessionView } from '../../shared/session.ts';
import { inBreak, isHeld } from './breaks.ts';
import { inPlayOrder } from './queue.ts';
import type { Loaded, SessionState, World } from './session-state.ts';
import { isShuffled, queueIndex, trackOf } from './session-state.ts';
import { canSkip, joinsNext } from './transport.ts';

export function viewOf(state: SessionState, world: World): SessionView {
  return {
    status: state.status,
    now: playOf(state.now),
    next: playOf(state.next),
    joinsNext: joinsNext(state, world),
    positionSeconds: state.positionSeconds,
    seek: state.seek,
    adBreak: adBreakOf(state),
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

/** Equal in everything but the position, which the window knows better while it plays. */
export function isSameView(one: SessionView, other: SessionView): boolean {
  return (
    one.status === other.status &&
    isSamePlay(one.now, other.now) &&
    isSamePlay(one.next, other.next) &&
    one.joinsNext === other.joinsNext &&
    one.seek === other.seek &&
    one.adBreak?.spot === other.adBreak?.spot &&
    one.adBreak?.held === other.adBreak?.held &&
    one.volume === other.volume &&
    one.muted === other.muted &&
    one.shuffle === other.shuffle &&
    one.repeat === other.repeat &&
    one.canPlay === other.canPlay &&
    one.canPrevious === other.canPrevious &&
    one.canNext === other.canNext &&
    one.queueRevision === other.queueRevision
  );
}

function isSamePlay(one: Play | null, other: Play | null): boolean {
  return one?.play === other?.play && one?.track === other?.track;
}

/** What the library has no row for can't be shown or played; it is skipped when its turn comes. */
function playOf(loaded: Loaded | null): Play | null {
  const track = trackOf(loaded);
  if (loaded === null || track === null) return null;
  const { play, entry, startSeconds } = loaded;
  return { play, entry, track, startSeconds };
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

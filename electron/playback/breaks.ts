import { heardLufs } from '../../shared/track-gain.ts';
import type { Pod } from './ads-port.ts';
import type { BreakPast, Rest } from './break-rules.ts';
import { breakAllowed, breakRules, isDue, restBetween, roomForSpots } from './break-rules.ts';
import { speedOf } from './loops.ts';
import { breakStartedAtRest, breakWithdrawn, podFits, tellAll, withPhase } from './pods.ts';
import { sizeOf } from './queue.ts';
import { isAtRest, quietMissed } from './quiet-minutes.ts';
import type { Loaded, SessionState, Turn, World } from './session-state.ts';
import { isAudible, isShuffled, trackOf } from './session-state.ts';

export function inBreak(state: SessionState): boolean {
  return state.breaks.phase.kind === 'playing';
}

/** Muted or at volume 0 a spot waits until there is sound again. */
export function isHeld(state: SessionState): boolean {
  return inBreak(state) && !isAudible(state);
}

/** The spot may sound now. */
export function spotRuns(state: SessionState): boolean {
  return inBreak(state) && state.status === 'playing' && isAudible(state);
}

export function breakIsDue(state: SessionState, world: World): boolean {
  return !world.allows('ad_free') && isDue(pastOf(state, world), world);
}

/** Audible seconds still to come before a break may fall due; null where there are no breaks. */
export function secondsUntilDue(state: SessionState, world: World): number | null {
  if (world.allows('ad_free')) return null;
  const { audibleSeconds, quietSeconds } = state.breaks;
  return quietSeconds + Math.max(0, breakRules.audibleSeconds - audibleSeconds);
}

/** Whether a break may stand between `now` and `next`. */
export function breakCanPlay(state: SessionState, world: World): boolean {
  const rest = restAhead(state);
  if (rest === null || world.allows('ad_free')) return false;
  return (
    breakAllowed(pastOf(state, world), rest, world) ||
    (extraWanted(state, world) && rest !== 'album')
  );
}

/** What lies between `now` and `next`; null: one of them is not known. */
export function restAhead(state: SessionState): Rest | null {
  const [now, next] = [trackOf(state.now), trackOf(state.next)];
  if (now === null || next === null) return null;
  const goesRound = state.queue.place + 1 >= sizeOf(state.queue);
  return restBetween(now, next, isShuffled(state), goesRound);
}

/** Asks for a pod ahead of a boundary where a break may be, once in each play. */
export function breakConsidered(state: SessionState, turn: Turn): SessionState {
  if (turn.allows('ad_free')) return quietDropped(breakWithdrawn(state, turn), turn);
  if (extraWanted(state, turn) && isAtRest(state)) return extraAtRest(state, turn);
  const { breaks, now, status } = state;
  if (breaks.phase.kind !== 'none' || status !== 'playing' || now === null) return state;
  const due = breakIsDue(state, turn);
  if (breaks.askedIn === now.play || (!due && !extraWanted(state, turn))) return state;
  const remaining = secondsLeft(state, turn);
  if (!breaks.hurried && remaining > breakRules.aheadSeconds) return state;
  return breakCanPlay(state, turn) ? asked(state, !due, turn) : state;
}

/** The listener accepted an extra ad, and there is room for it. */
function extraWanted({ breaks }: SessionState, world: World): boolean {
  const { quietWanted, spots } = breaks;
  return quietWanted && roomForSpots(spots, world) >= breakRules.shortestSeconds;
}

/** Nothing sounds that would have to end first. */
function extraAtRest(state: SessionState, turn: Turn): SessionState {
  const { phase } = state.breaks;
  switch (phase.kind) {
    case 'none':
      return asked(state, true, turn);
    case 'ready':
      // A pod for a break that fell due had its boundary in the music that no longer plays.
      return phase.extra && podFits(state, turn)
        ? breakStartedAtRest(state, turn)
        : asked(breakWithdrawn(state, turn), true, turn);
    case 'asked':
    case 'playing':
      return state;
  }
}

/** @param extra for an ad that earns quiet minutes */
function asked(state: SessionState, extra: boolean, turn: Turn): SessionState {
  const { breaks, now } = state;
  const request = state.lastPlay + 1;
  turn.emit({
    kind: 'breakWanted',
    request,
    wanted: {
      maxSpots: extra ? 1 : breakRules.podSpots,
      maxSeconds: roomForSpots(breaks.spots, turn),
      genre: trackOf(now)?.genre ?? '',
      musicLoudnessLufs: now === null ? null : loudnessOf(now, turn),
    },
  });
  const phase = { kind: 'asked', request, extra, sinceSeconds: turn.monotonicSeconds } as const;
  const askedIn = now?.play ?? breaks.askedIn;
  return { ...state, lastPlay: request, breaks: { ...breaks, askedIn, phase } };
}

/** Of what plays before the break, as it is heard; null: not known. */
function loudnessOf(now: Loaded, { sound }: World): number | null {
  const track = trackOf(now);
  return track === null ? null : heardLufs({ track, inAlbum: now.inAlbum === true }, sound);
}

export function breakPrepared(
  state: SessionState,
  request: number,
  pod: Pod,
  turn: Turn,
): SessionState {
  const { phase } = state.breaks;
  const wanted =
    phase.kind === 'asked' && phase.request === request && !isLate(phase.sinceSeconds, turn)
      ? phase
      : null;
  const most = wanted?.extra === true ? 1 : breakRules.podSpots;
  const used = wanted === null ? [] : fitting(pod, most, roomForSpots(state.breaks.spots, turn));
  tellAll(pod.slice(used.length), { kind: 'notUsed' }, turn);
  if (wanted === null) return state;
  if (used.length === 0) return unanswered(state, wanted.extra, turn);
  const { extra } = wanted;
  return withPhase(state, {
    kind: 'ready',
    pod: used,
    extra,
    sinceSeconds: turn.monotonicSeconds,
  });
}

export function breakRefused(state: SessionState, request: number, turn: Turn): SessionState {
  const { phase } = state.breaks;
  if (phase.kind !== 'asked' || phase.request !== request) return state;
  return unanswered(state, phase.extra, turn);
}

function unanswered(state: SessionState, extra: boolean, turn: Turn): SessionState {
  const after = withPhase(state, { kind: 'none' });
  return extra ? quietMissed(after, turn) : after;
}

/** The listener changed their mind; an ad that plays already is theirs. */
export function quietDropped(state: SessionState, turn: Turn): SessionState {
  const { phase, quietWanted } = state.breaks;
  if (!quietWanted) return state;
  const after =
    phase.kind !== 'none' && phase.kind !== 'playing' && phase.extra
      ? breakWithdrawn(state, turn)
      : state;
  return { ...after, breaks: { ...after.breaks, quietWanted: false } };
}

/** Gives up on pods that come too late or found no boundary for too long. */
export function breakAged(state: SessionState, turn: Turn): SessionState {
  const { phase } = state.breaks;
  if (phase.kind === 'asked' && isLate(phase.sinceSeconds, turn)) {
    return unanswered(state, phase.extra, turn);
  }
  const age = phase.kind === 'ready' ? turn.monotonicSeconds - phase.sinceSeconds : 0;
  if (age <= breakRules.keepSeconds) return state;
  const after = breakWithdrawn(state, turn);
  return { ...after, breaks: { ...after.breaks, askedIn: 0 } };
}

/** As many of the pod's first spots as the rules have room for. */
function fitting(pod: Pod, mostSpots: number, roomSeconds: number): Pod {
  let seconds = 0;
  const end = pod.findIndex((spot) => (seconds += spot.seconds) > roomSeconds);
  return pod.slice(0, Math.min(mostSpots, end < 0 ? pod.length : end));
}

/** Until the end of what plays, at its present speed. */
export function secondsLeft(state: SessionState, world: World): number {
  const seconds = trackOf(state.now)?.seconds ?? 0;
  return (seconds - state.positionSeconds) / speedOf(state, world);
}

function isLate(sinceSeconds: number, turn: Turn): boolean {
  return turn.monotonicSeconds - sinceSeconds > breakRules.prepareSeconds;
}

function pastOf(state: SessionState, world: World): BreakPast {
  const { audibleSeconds, quietSeconds, openedSeconds, spots } = state.breaks;
  return {
    audibleSeconds,
    quietSeconds,
    sessionSeconds: world.monotonicSeconds - openedSeconds,
    spots,
  };
}

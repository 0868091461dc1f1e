import { heardLufs } from '../../shared/track-gain.ts';
import type { Pod, Spot, SpotEvent } from './ads-port.ts';
import type { BreakPast, HeardSpot, Rest } from './break-rules.ts';
import {
  breakAllowed,
  breakRules,
  isDue,
  ofLastHour,
  restBetween,
  roomForSpots,
} from './break-rules.ts';
import { speedOf } from './loops.ts';
import { sizeOf } from './queue.ts';
import type {
  BreakPhase,
  BreakPlaying,
  Loaded,
  SessionState,
  SpotPlay,
  Turn,
  World,
} from './session-state.ts';
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
  return !world.allows('ad_free') && isDue(pastOf(state, world), world.nowMs);
}

/** Audible seconds still to come before a break may fall due; null where there are no breaks. */
export function secondsUntilDue(state: SessionState, world: World): number | null {
  if (world.allows('ad_free')) return null;
  return Math.max(0, breakRules.audibleSeconds - state.breaks.audibleSeconds);
}

/** Whether a break may stand between `now` and `next`. */
export function breakCanPlay(state: SessionState, world: World): boolean {
  const rest = restAhead(state);
  if (rest === null || world.allows('ad_free')) return false;
  return breakAllowed(pastOf(state, world), rest, world.nowMs);
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
  if (turn.allows('ad_free')) return breakWithdrawn(state, turn);
  const { breaks, now, status } = state;
  if (breaks.phase.kind !== 'none' || status !== 'playing' || now === null) return state;
  if (breaks.askedIn === now.play || !breakIsDue(state, turn)) return state;
  const remaining = secondsLeft(state, turn);
  if (!breaks.hurried && remaining > breakRules.aheadSeconds) return state;
  if (!breakCanPlay(state, turn)) return state;
  const request = state.lastPlay + 1;
  turn.emit({
    kind: 'breakWanted',
    request,
    wanted: {
      maxSpots: breakRules.podSpots,
      maxSeconds: roomForSpots(breaks.spots, turn.nowMs),
      genre: trackOf(now)?.genre ?? '',
      musicLoudnessLufs: loudnessOf(now, turn),
    },
  });
  const phase = { kind: 'asked', request, sinceSeconds: turn.monotonicSeconds } as const;
  return { ...state, lastPlay: request, breaks: { ...breaks, askedIn: now.play, phase } };
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
    phase.kind === 'asked' && phase.request === request && !isLate(phase.sinceSeconds, turn);
  const used = wanted ? fitting(pod, roomForSpots(state.breaks.spots, turn.nowMs)) : [];
  tellAll(pod.slice(used.length), { kind: 'notUsed' }, turn);
  if (!wanted) return state;
  if (used.length === 0) return withPhase(state, { kind: 'none' });
  return withPhase(state, { kind: 'ready', pod: used, sinceSeconds: turn.monotonicSeconds });
}

export function breakRefused(state: SessionState, request: number): SessionState {
  const { phase } = state.breaks;
  if (phase.kind !== 'asked' || phase.request !== request) return state;
  return withPhase(state, { kind: 'none' });
}

/** Gives up on pods that come too late or found no boundary for too long. */
export function breakAged(state: SessionState, turn: Turn): SessionState {
  const { phase } = state.breaks;
  if (phase.kind === 'asked' && isLate(phase.sinceSeconds, turn)) {
    return withPhase(state, { kind: 'none' });
  }
  const age = phase.kind === 'ready' ? turn.monotonicSeconds - phase.sinceSeconds : 0;
  if (age <= breakRules.keepSeconds) return state;
  const after = breakWithdrawn(state, turn);
  return { ...after, breaks: { ...after.breaks, askedIn: 0 } };
}

/** The prepared pod begins; the loaded track waits for its end. */
export function breakStarted(state: SessionState, turn: Turn): SessionState {
  const { phase } = state.breaks;
  if (phase.kind !== 'ready') return state;
  return spotBegun(state, { pod: phase.pod, index: 0, heard: false }, turn);
}

/** The spot in play is over, however that came: the next one, or the music. */
export function spotLeft(state: SessionState, playing: BreakPlaying, turn: Turn): SessionState {
  const { pod, index, spot } = playing;
  const heard = playing.heard || spot.impressed;
  const spots: readonly HeardSpot[] =
    spot.heardSeconds > 0
      ? [
          ...ofLastHour(state.breaks.spots, turn.nowMs),
          { at: turn.nowMs, seconds: spot.heardSeconds },
        ]
      : state.breaks.spots;
  const after = { ...state, breaks: { ...state.breaks, spots } };
  if (index + 1 < pod.length) return spotBegun(after, { pod, index: index + 1, heard }, turn);
  return breakOver(after, heard);
}

/** Premium ends a break at once, and a pod that waits is not needed. */
function breakWithdrawn(state: SessionState, turn: Turn): SessionState {
  const { phase } = state.breaks;
  switch (phase.kind) {
    case 'none':
      return state;
    case 'asked':
      return withPhase(state, { kind: 'none' });
    case 'ready':
      tellAll(phase.pod, { kind: 'notUsed' }, turn);
      return withPhase(state, { kind: 'none' });
    case 'playing': {
      const { pod, index, spot } = phase;
      const { heardSeconds } = spot;
      tellAll(pod.slice(index, index + 1), { kind: 'closeLinear', heardSeconds }, turn);
      tellAll(pod.slice(index + 1), { kind: 'error', code: 206, reason: 'premium gained' }, turn);
      return spotLeft(state, { ...phase, pod: pod.slice(0, index + 1) }, turn);
    }
  }
}

function spotBegun(
  state: SessionState,
  at: Pick<BreakPlaying, 'pod' | 'index' | 'heard'>,
  turn: Turn,
): SessionState {
  const id = state.lastPlay + 1;
  const spot: SpotPlay = {
    id,
    started: false,
    positionSeconds: 0,
    heardSeconds: 0,
    mark: null,
    impressed: false,
    quartiles: 0,
    clockSeconds: turn.monotonicSeconds,
    ranSeconds: 0,
    stillSeconds: 0,
  };
  return withPhase({ ...state, lastPlay: id }, { kind: 'playing', ...at, spot });
}

/** A break that could not be heard is not held against the listener, nor tried again at once. */
function breakOver(state: SessionState, heard: boolean): SessionState {
  const { audibleSeconds } = state.breaks;
  const later = breakRules.audibleSeconds - breakRules.retrySeconds;
  return {
    ...state,
    status: state.now === null ? 'idle' : state.status,
    breaks: {
      ...state.breaks,
      audibleSeconds: heard ? 0 : Math.min(audibleSeconds, later),
      hurried: false,
      phase: { kind: 'none' },
    },
  };
}

/** As many of the pod's first spots as the rules have room for. */
function fitting(pod: Pod, roomSeconds: number): Pod {
  let seconds = 0;
  const end = pod.findIndex((spot) => (seconds += spot.seconds) > roomSeconds);
  return pod.slice(0, Math.min(breakRules.podSpots, end < 0 ? pod.length : end));
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
  const { audibleSeconds, openedSeconds, spots } = state.breaks;
  return { audibleSeconds, sessionSeconds: world.monotonicSeconds - openedSeconds, spots };
}

function tellAll(spots: readonly Spot[], event: SpotEvent, turn: Turn): void {
  for (const spot of spots) turn.emit({ kind: 'spotHappened', spot, event });
}

function withPhase(state: SessionState, phase: BreakPhase): SessionState {
  return { ...state, breaks: { ...state.breaks, phase } };
}

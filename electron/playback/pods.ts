import type { Spot, SpotEvent } from './ads-port.ts';
import type { HeardSpot } from './break-rules.ts';
import { breakRules, ofLastHour, roomForSpots } from './break-rules.ts';
import type {
  BreakPhase,
  BreakPlaying,
  SessionState,
  SpotPlay,
  Turn,
  World,
} from './session-state.ts';

/** The prepared pod begins; the loaded track waits for its end. */
export function breakStarted(state: SessionState, turn: Turn): SessionState {
  return podBegun(state, null, turn);
}

/** What is paused stays so: the ad alone plays. */
export function breakStartedAtRest(state: SessionState, turn: Turn): SessionState {
  return podBegun({ ...state, status: 'playing' }, state.now?.play ?? null, turn);
}

function podBegun(state: SessionState, pausedPlay: number | null, turn: Turn): SessionState {
  const { phase, quietWanted } = state.breaks;
  if (phase.kind !== 'ready') return state;
  const { pod, extra } = phase;
  const begins = spotBegun(state, { pod, extra, pausedPlay, index: 0, heard: false }, turn);
  return { ...begins, breaks: { ...begins.breaks, quietWanted: quietWanted && !extra } };
}

/** The pod that waits is still within the cap of an hour: a clock may have been moved. */
export function podFits({ breaks }: SessionState, world: World): boolean {
  if (breaks.phase.kind !== 'ready') return false;
  const seconds = breaks.phase.pod.reduce((sum, spot) => sum + spot.seconds, 0);
  return seconds <= roomForSpots(breaks.spots, world);
}

/** The spot in play is over, however that came: the next one, or the music. */
export function spotLeft(state: SessionState, playing: BreakPlaying, turn: Turn): SessionState {
  const { pod, index, extra, pausedPlay, spot } = playing;
  const heard = playing.heard || spot.impressed;
  const spots: readonly HeardSpot[] =
    spot.heardSeconds > 0
      ? [
          ...ofLastHour(state.breaks.spots, turn),
          { at: turn.nowMs, clockSeconds: turn.monotonicSeconds, seconds: spot.heardSeconds },
        ]
      : state.breaks.spots;
  const after = { ...state, breaks: { ...state.breaks, spots } };
  if (index + 1 < pod.length) {
    return spotBegun(after, { pod, extra, pausedPlay, index: index + 1, heard }, turn);
  }
  return breakOver(after, { extra, pausedPlay, heard });
}

/** Premium ends a break at once, and a pod that waits is not needed. */
export function breakWithdrawn(state: SessionState, turn: Turn): SessionState {
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

export function tellAll(spots: readonly Spot[], event: SpotEvent, turn: Turn): void {
  for (const spot of spots) turn.emit({ kind: 'spotHappened', spot, event });
}

export function withPhase(state: SessionState, phase: BreakPhase): SessionState {
  return { ...state, breaks: { ...state.breaks, phase } };
}

function spotBegun(
  state: SessionState,
  at: Omit<BreakPlaying, 'kind' | 'spot'>,
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
function breakOver(
  state: SessionState,
  { extra, pausedPlay, heard }: Pick<BreakPlaying, 'extra' | 'pausedPlay' | 'heard'>,
): SessionState {
  const { audibleSeconds, quietSeconds } = state.breaks;
  const later = breakRules.audibleSeconds - breakRules.retrySeconds;
  const untried = extra ? audibleSeconds : Math.min(audibleSeconds, later);
  // The minutes that an extra ad earned keep the next break away, and the clock stands in them.
  const isSpaced = extra && quietSeconds >= breakRules.audibleSeconds;
  const status = state.now?.play === pausedPlay ? 'paused' : state.status;
  return {
    ...state,
    status: state.now === null ? 'idle' : status,
    breaks: {
      ...state.breaks,
      audibleSeconds: heard && !isSpaced ? 0 : untried,
      hurried: false,
      phase: { kind: 'none' },
    },
  };
}

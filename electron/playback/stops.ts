import type { Sleep } from '../../shared/session.ts';
import { restAhead, secondsLeft } from './breaks.ts';
import { goesRound } from './loops.ts';
import { placeOf } from './queue.ts';
import type { SessionState, SleepTimer, World } from './session-state.ts';

/** Before the listener's sleep the sound sinks for so long. */
const sinkSeconds = 10;
/** One advance of the timer at most: a machine that slept did not play. */
const stepSeconds = 5;

/** A new timer, in the place of the one before; null: none. */
export function sleepSet(state: SessionState, sleep: Sleep | null, world: World): SessionState {
  if (sleep?.kind !== 'time') return { ...state, sleep };
  const clockSeconds = world.monotonicSeconds;
  return {
    ...state,
    sleep: { kind: 'time', leftSeconds: sleep.minutes * 60, clockSeconds },
  };
}

/** The timer runs whether or not something plays, and pauses what does. */
export function sleepAged(state: SessionState, world: World): SessionState {
  if (state.sleep?.kind !== 'time') return state;
  const leftSeconds = leftOf(state.sleep, world);
  if (leftSeconds <= 0) return { ...paused(state), sleep: null };
  const clockSeconds = world.monotonicSeconds;
  return { ...state, sleep: { kind: 'time', leftSeconds, clockSeconds } };
}

/** As the listener sees it: begun minutes count whole. */
export function sleepShown({ sleep }: SessionState, world: World): Sleep | null {
  if (sleep?.kind !== 'time') return sleep;
  return { kind: 'time', minutes: Math.max(1, Math.ceil(leftOf(sleep, world) / 60)) };
}

/** How long the sound still sinks; null: it does not yet. */
export function sinkingFor(state: SessionState, world: World): number | null {
  if (state.sleep === null) return null;
  if (state.sleep.kind !== 'time' && (!fallsAsleepAfterNow(state) || goesRound(state))) return null;
  const left = state.sleep.kind === 'time' ? leftOf(state.sleep, world) : secondsLeft(state, world);
  return left <= sinkSeconds ? Math.max(0, left) : null;
}

/** Whether the queue stops at the end of what plays. */
export function stopsAfterNow(state: SessionState): boolean {
  return state.now !== null && (state.stopAfter === state.now.entry || fallsAsleepAfterNow(state));
}

/** Where the queue stops after what played: what follows will wait, paused. */
export function stoppedIfDue(state: SessionState): SessionState {
  if (!stopsAfterNow(state)) return state;
  return {
    ...paused(state),
    sleep: fallsAsleepAfterNow(state) ? null : state.sleep,
    stopAfter: state.stopAfter === state.now?.entry ? null : state.stopAfter,
  };
}

/** The mark goes with its entry: taken out, or left behind by a skip. */
export function stopKept(state: SessionState): SessionState {
  const { queue, stopAfter } = state;
  if (stopAfter === null || placeOf(queue, stopAfter) >= queue.place) return state;
  return { ...state, stopAfter: null };
}

export function paused(state: SessionState): SessionState {
  return state.status === 'playing' ? { ...state, status: 'paused', mark: null } : state;
}

/** An album ends where what follows is of another one, or the same over again. */
function fallsAsleepAfterNow(state: SessionState): boolean {
  const { now, next, sleep } = state;
  if (sleep === null || sleep.kind === 'time') return false;
  return sleep.kind === 'track' || now?.entry === next?.entry || restAhead(state) === 'open';
}

function leftOf(sleep: Extract<SleepTimer, { kind: 'time' }>, world: World): number {
  const elapsed = world.monotonicSeconds - sleep.clockSeconds;
  return sleep.leftSeconds - Math.min(stepSeconds, Math.max(0, elapsed));
}

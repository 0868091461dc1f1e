/**
 * Earned ad-free minutes. The listener accepts one ad now; once it was heard to its end, half an
 * hour of music follows in which no break falls due. The rules, beside the numbers of
 * `quietRules`:
 * - The ad plays at the next rest that is no album's, at once where nothing sounds. It is one spot,
 *   under the cap of an hour and the separation of advertisers. Asked for, it needs no 15 minutes
 *   before it; a break that is due by itself comes first.
 * - A spot skipped, failed or not to be had earns nothing and ends the wish.
 * - The balance runs down by audible music alone, and the 15 minutes until a break stand still
 *   meanwhile. On premium the balance stands. It outlives the app; the wish does not.
 */
import { RefrainError } from '../../shared/errors.ts';
import { breakRules, quietRules, roomForSpots } from './break-rules.ts';
import type { Breaks, SessionState, Turn, World } from './session-state.ts';

export function canEarnQuiet({ breaks }: SessionState, world: World): boolean {
  const { phase, quietWanted, quietSeconds, spots } = breaks;
  return (
    !world.allows('ad_free') &&
    !quietWanted &&
    !(phase.kind === 'playing' && phase.extra) &&
    quietSeconds + quietRules.earnedSeconds <= quietRules.mostSeconds &&
    roomForSpots(spots, world) >= breakRules.shortestSeconds
  );
}

/** @throws RefrainError not_now */
export function quietAsked(state: SessionState, world: World): SessionState {
  if (state.breaks.quietWanted) return state;
  if (!canEarnQuiet(state, world)) {
    throw new RefrainError('not_now', 'No more ad-free minutes may be earned now');
  }
  return { ...state, breaks: { ...state.breaks, quietWanted: true } };
}

/** There was no ad to be had: the wish is not kept for a later, unexpected moment. */
export function quietMissed(state: SessionState, turn: Turn): SessionState {
  if (!state.breaks.quietWanted) return state;
  turn.emit({ kind: 'notice', notice: { kind: 'quiet_missed' } });
  return { ...state, breaks: { ...state.breaks, quietWanted: false } };
}

/** The extra ad was heard. */
export function quietEarned(state: SessionState, turn: Turn): SessionState {
  const { earnedSeconds, mostSeconds } = quietRules;
  const quietSeconds = Math.min(mostSeconds, state.breaks.quietSeconds + earnedSeconds);
  const minutes = Math.ceil(quietSeconds / 60);
  turn.emit({ kind: 'notice', notice: { kind: 'quiet_earned', minutes } });
  return { ...state, breaks: { ...state.breaks, quietSeconds } };
}

/** So much music was audible: it uses up quiet minutes, then it brings the next break nearer. */
export function musicHeard(breaks: Breaks, seconds: number, world: World): Breaks {
  const quiet = world.allows('ad_free') ? 0 : Math.min(breaks.quietSeconds, seconds);
  return {
    ...breaks,
    quietSeconds: breaks.quietSeconds - quiet,
    audibleSeconds: breaks.audibleSeconds + seconds - quiet,
  };
}

/** Nothing sounds, and not because a track or an album was stopped in its middle. */
export function isAtRest({ status, now, positionSeconds, queue }: SessionState): boolean {
  if (now === null) return status === 'idle';
  if (status !== 'paused' || positionSeconds > 0) return false;
  // What an album's track is preceded by is known for the queue's first alone.
  return now.inAlbum === false || (now.inAlbum === true && queue.place === 0);
}

import type { Join } from '../../shared/session.ts';
import { breakCanPlay, inBreak, restAhead, secondsLeft } from './breaks.ts';
import { crossfadeBetween } from './crossfade-rules.ts';
import { goesRound } from './loops.ts';
import type { SessionState, World } from './session-state.ts';
import { trackOf } from './session-state.ts';
import { stopsAfterNow } from './stops.ts';
import { breakAhead } from './transport.ts';

/** How the engine may go over into `next` on its own. */
export function joinOf(state: SessionState, world: World): Join {
  const [now, next] = [trackOf(state.now), trackOf(state.next)];
  const waits = inBreak(state) || breakAhead(state, world) || stopsAfterNow(state);
  if (next === null || next.away || waits || goesRound(state)) return { kind: 'none' };
  const rest = restAhead(state);
  if (now === null || rest === null || mayBreak(state, world)) return { kind: 'gapless' };
  const seconds = crossfadeBetween(now, next, rest, world.sound.crossfadeSeconds);
  return seconds > 0 ? { kind: 'crossfade', seconds } : { kind: 'gapless' };
}

/** A break may yet be decided before the track is over: by then a crossfade would have begun. */
function mayBreak(state: SessionState, world: World): boolean {
  const { breaks } = state;
  const seconds = Math.max(0, secondsLeft(state, world));
  const audibleSeconds = breaks.audibleSeconds + seconds;
  const monotonicSeconds = world.monotonicSeconds + seconds;
  const atEnd = { ...state, breaks: { ...breaks, audibleSeconds } };
  return breaks.phase.kind !== 'none' || breakCanPlay(atEnd, { ...world, monotonicSeconds });
}

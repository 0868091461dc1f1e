import type { BreakStanding } from '../../shared/qa.ts';
import { breakRules, ofLastHour, roomForSpots } from './break-rules.ts';
import { breakCanPlay, inBreak, restAhead } from './breaks.ts';
import type { SessionState, World } from './session-state.ts';

/** What the session thinks of the next break, for testers to read. */
export function breakStandingOf(state: SessionState, world: World): BreakStanding {
  const { audibleSeconds, quietSeconds, openedSeconds, spots, phase } = state.breaks;
  return {
    verdict: verdictOf(state, world),
    audibleSeconds,
    sessionSeconds: world.monotonicSeconds - openedSeconds,
    quietSeconds,
    spotSecondsThisHour: ofLastHour(spots, world).reduce((sum, { seconds }) => sum + seconds, 0),
    pod: phase.kind,
  };
}

function verdictOf(state: SessionState, world: World): BreakStanding['verdict'] {
  const { audibleSeconds, quietSeconds, openedSeconds, spots } = state.breaks;
  if (world.allows('ad_free')) return 'ad_free';
  if (inBreak(state)) return 'playing';
  if (quietSeconds > 0) return 'quiet';
  if (audibleSeconds < breakRules.audibleSeconds) return 'not_enough_music';
  const age = world.monotonicSeconds - openedSeconds;
  if (age < breakRules.sessionSeconds) return 'session_too_young';
  if (roomForSpots(spots, world) < breakRules.shortestSeconds) return 'cap_of_the_hour';
  if (breakCanPlay(state, world)) return 'next_boundary';
  return restAhead(state) === 'album' ? 'waits_for_album' : 'waits_for_rest';
}

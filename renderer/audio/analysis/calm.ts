import type { SessionView } from '../../../shared/session.ts';
import type { RestPerWork } from './analysis-messages.ts';

export interface Moment {
  readonly view: SessionView | null;
  readonly positionSeconds: number;
  /** Since what plays was begun or jumped in. */
  readonly sinceBegunSeconds: number;
  /** The engine lacks sound. */
  readonly isStarved: boolean;
  /** The track to be measured plays or comes next. */
  readonly isUrgent: boolean;
}

/** The engine has its first seconds decoded by then. */
const beginningSeconds = 0.5;
/** In front of the end the next track is made ready. */
const endingSeconds = 4;
/** Tracks shorter than this are measured all the same. */
const shortSeconds = 20;

/**
 * How much of the time the analysis leaves to what plays: all of it while sound is about to begin or
 * to change, and else two thirds. So a large library takes weeks and is never noticed; the track
 * that the listener sees is measured at once. On battery it is the same.
 */
export function restPerWork(moment: Moment): RestPerWork {
  const { view, isUrgent } = moment;
  const plays = view?.status === 'playing';
  if (plays && isDelicate(moment)) return Infinity;
  if (isUrgent) return 0;
  return plays ? 2 : 1;
}

function isDelicate(moment: Moment): boolean {
  const { view, positionSeconds, sinceBegunSeconds, isStarved } = moment;
  if (isStarved || sinceBegunSeconds < beginningSeconds) return true;
  const seconds = view?.now?.track.seconds ?? 0;
  return seconds > shortSeconds && seconds - positionSeconds < endingSeconds;
}

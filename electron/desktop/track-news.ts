import type { Id } from '../../shared/track.ts';
import type { NowShown, ShownItem } from './now-shown.ts';

/**
 * Tells new tracks from all else that changes.
 * @returns of what is shown now the track that the listener has not been told of; null: there is
 *   none, as while it is paused, during a break, or when a track goes round
 */
export function createTrackNews(): (shown: NowShown) => ShownItem | null {
  let known: Id | null = null;
  return ({ status, item }) => {
    if (status !== 'playing' || item === null || item.trackId === null) return null;
    if (item.trackId === known) return null;
    known = item.trackId;
    return item;
  };
}

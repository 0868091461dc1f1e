import type { Id, Track } from '../../shared/track.ts';
import { restBetween } from './break-rules.ts';
import { type Queue, placeOf } from './queue.ts';
import type { SessionState } from './session-state.ts';

/**
 * Tracks that play right before and after `now` or `next`, if these are among the ids. None where
 * the queue is shuffled: what stands side by side there is no album.
 */
export function tracksBesideAny(
  { queue, now, next }: Pick<SessionState, 'queue' | 'now' | 'next'>,
  ids: readonly Id[],
): readonly Id[] {
  return [now, next].flatMap((loaded) =>
    loaded === null || !ids.includes(loaded.trackId)
      ? []
      : sidesOf(queue, loaded.entry).filter((id) => id !== undefined),
  );
}

/**
 * Whether an entry is part of an album that plays in its order, its first and last track included.
 * @param rowOf the rows of `tracksBesideAny`; undefined: there is none
 */
export function isInAlbum(
  queue: Queue,
  entry: number,
  track: Track,
  rowOf: (id: Id) => Track | undefined,
): boolean {
  const [before, after] = sidesOf(queue, entry).map((id) =>
    id === undefined ? undefined : rowOf(id),
  );
  return isRun(before, track) || isRun(track, after);
}

function sidesOf(queue: Queue, entry: number): readonly (Id | undefined)[] {
  const place = queue.order === null ? placeOf(queue, entry) : -1;
  return place < 0 ? [] : [queue.trackIds[place - 1], queue.trackIds[place + 1]];
}

function isRun(first: Track | undefined, second: Track | undefined): boolean {
  if (first === undefined || second === undefined) return false;
  return restBetween(first, second, false, false) === 'album';
}

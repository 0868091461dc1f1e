import type { Track, TrackSort } from '../../../shared/track.ts';

export type Column =
  'number' | 'title' | 'artist' | 'album' | 'year' | 'plays' | 'rating' | 'liked' | 'seconds';

/** `songs`: tracks of many albums. `album`: one album's, numbered, without its name in each row. */
export type ColumnSet = 'songs' | 'album';

/** Columns in reading order; the narrower the screen, the more of them its style sheet hides. */
export const columnSets = {
  songs: ['title', 'artist', 'album', 'year', 'plays', 'rating', 'liked', 'seconds'],
  album: ['number', 'title', 'artist', 'plays', 'rating', 'liked', 'seconds'],
} as const satisfies Record<ColumnSet, readonly Column[]>;

/** The order that a column's header asks for. */
export function sortOf(column: Column): TrackSort['by'] | null {
  switch (column) {
    case 'title':
    case 'artist':
    case 'album':
    case 'year':
    case 'plays':
    case 'rating':
    case 'seconds':
      return column;
    case 'number':
    case 'liked':
      return null;
  }
}

/**
 * What a press on a header makes of the order: up, down, and then the list's own order, if it has
 * one. Counts, years and ratings begin with the highest.
 */
export function nextSort(
  sort: TrackSort | null,
  by: TrackSort['by'],
  hasOwnOrder: boolean,
): TrackSort | null {
  const firstDescending = by === 'plays' || by === 'year' || by === 'rating';
  if (sort?.by !== by) return { by, descending: firstDescending };
  if (sort.descending === firstDescending) return { by, descending: !firstDescending };
  return hasOwnOrder ? null : { by, descending: firstDescending };
}

/** The text that type-ahead compares in a list of this order. */
export function typeAheadText(track: Track, sort: TrackSort | null): string {
  if (sort?.by === 'artist') return track.artist;
  if (sort?.by === 'album') return track.album;
  return track.title;
}

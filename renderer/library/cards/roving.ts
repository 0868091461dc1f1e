import type { KeyboardEvent } from 'react';
import { useState } from 'react';

/**
 * One tab stop for a whole set of cards: arrows, Home and End go from card to card.
 * @param perRow cards beside each other; 1 row alone when it is `count` or more
 * @param focusCard called after the place has changed, to give that card the focus
 */
export function useRoving(
  count: number,
  perRow: number,
  focusCard: (place: number) => void,
): {
  readonly active: number;
  readonly setActive: (place: number) => void;
  readonly pressKey: (event: KeyboardEvent) => void;
} {
  const [place, setActive] = useState(0);
  const active = Math.min(place, Math.max(0, count - 1));
  return {
    active,
    setActive,
    pressKey(event) {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const next = placeReached(event.key, active, count, perRow);
      if (next === null) return;
      event.preventDefault();
      setActive(next);
      focusCard(next);
    },
  };
}

/** @returns null for a key that moves nothing; a step over the edge stays where it is */
export function placeReached(
  key: string,
  from: number,
  count: number,
  perRow: number,
): number | null {
  const to = { ArrowRight: from + 1, ArrowLeft: from - 1, Home: 0, End: count - 1 }[key];
  const column = { ArrowDown: from + perRow, ArrowUp: from - perRow }[key];
  if (to !== undefined) return Math.min(Math.max(to, 0), count - 1);
  if (column === undefined || perRow >= count) return null;
  return column >= 0 && column < count ? column : from;
}

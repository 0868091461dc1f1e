import { useState } from 'react';
import type { Id, TrackList } from '../../../shared/track.ts';
import type { Selection, SelectionStep } from './selection.ts';
import {
  followRows,
  isSelected,
  nothingSelected,
  select,
  selectedCount,
  selectedIds,
} from './selection.ts';

/** What one request may carry, as `TrackIds` in the contract has it. */
export const mostIds = 100_000;

export interface SelectedRows {
  readonly selection: Selection;
  readonly step: (step: SelectionStep) => void;
  /** The selected tracks as a list; the whole list by its name. Null: too many to name. */
  readonly asTracks: (selection: Selection) => TrackList | null;
  /** The same one by one; null when they are too many. */
  readonly asIds: (selection: Selection, ids: Uint32Array) => Id[] | null;
}

/**
 * The selection of one list. It stays on its rows when the list changes around them.
 * @param list the name of all of them together, null when they have none
 * @param keys one for each row, unique in the list
 */
export function useSelectedRows(
  list: TrackList | null,
  ids: Uint32Array,
  keys: Uint32Array,
): SelectedRows {
  const [held, setHeld] = useState({ selection: nothingSelected, keys });
  let { selection } = held;
  if (held.keys !== keys) {
    selection = followRows(selection, held.keys, keys);
    setHeld({ selection, keys });
  }

  function asIds(chosen: Selection, of: Uint32Array): Id[] | null {
    return selectedCount(chosen) > mostIds ? null : selectedIds(chosen, of);
  }
  return {
    selection,
    step: (step) =>
      setHeld((before) => ({
        ...before,
        selection: select(before.selection, step, before.keys.length),
      })),
    asIds,
    asTracks(chosen) {
      if (list !== null && selectedCount(chosen) === ids.length) return list;
      const chosenIds = asIds(chosen, ids);
      return chosenIds && { from: 'tracks', ids: chosenIds };
    },
  };
}

/** In front of which row selected rows land that are dropped above row `at`; null: at the end. */
export function dropTarget(selection: Selection, at: number, count: number): number | null {
  for (let row = at; row < count; row++) if (!isSelected(selection, row)) return row;
  return null;
}

/**
 * The same for a step up or down by the keyboard.
 * @returns `stay` when the selected rows are at that end already
 */
export function stepTarget(
  selection: Selection,
  by: -1 | 1,
  count: number,
): number | null | 'stay' {
  const first = selection.ranges[0];
  const last = selection.ranges.at(-1);
  if (first === undefined || last === undefined) return 'stay';
  const atEnd = first === last && (by < 0 ? first.from === 0 : last.to === count);
  if (atEnd) return 'stay';
  return dropTarget(selection, by < 0 ? Math.max(0, first.from - 1) : last.to + 1, count);
}

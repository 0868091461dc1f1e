/** Rows from `from` up to but not including `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Which rows of a list are selected, and from where the keyboard goes on. Kept as ranges that are
 * sorted and never touch, so that selecting a million rows costs one object.
 */
export interface Selection {
  readonly ranges: readonly Range[];
  /** The row that the keyboard is on, −1 in an empty list or before the first step. */
  readonly active: number;
  /** Where a Shift selection began. */
  readonly anchor: number;
}

export const nothingSelected: Selection = { ranges: [], active: -1, anchor: -1 };

export type SelectionStep =
  /** Selects one row and nothing else. */
  | { readonly kind: 'only'; readonly row: number }
  /** Turns one row on or off. */
  | { readonly kind: 'toggle'; readonly row: number }
  /** Selects from the anchor to this row; `adding` keeps what was selected before. */
  | { readonly kind: 'reach'; readonly row: number; readonly adding: boolean }
  /** Moves the keyboard's place and leaves the selection alone. */
  | { readonly kind: 'focus'; readonly row: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'none' };

/** @param count rows in the list; rows outside of it are brought to its nearest end */
export function select(selection: Selection, step: SelectionStep, count: number): Selection {
  if (count === 0) return nothingSelected;
  switch (step.kind) {
    case 'all':
      return {
        ...selection,
        ranges: [{ from: 0, to: count }],
        active: Math.max(0, selection.active),
      };
    case 'none':
      return { ...selection, ranges: [] };
    case 'only': {
      const row = within(step.row, count);
      return { ranges: [{ from: row, to: row + 1 }], active: row, anchor: row };
    }
    case 'focus':
      return { ...selection, active: within(step.row, count) };
    case 'toggle': {
      const row = within(step.row, count);
      const one = { from: row, to: row + 1 };
      const ranges = isSelected(selection, row)
        ? without(selection.ranges, one)
        : joined([...selection.ranges, one]);
      return { ranges, active: row, anchor: row };
    }
    case 'reach': {
      const row = within(step.row, count);
      const anchor = within(selection.anchor < 0 ? row : selection.anchor, count);
      const reached = { from: Math.min(anchor, row), to: Math.max(anchor, row) + 1 };
      const ranges = step.adding ? joined([...selection.ranges, reached]) : [reached];
      return { ranges, active: row, anchor };
    }
  }
}

export function isSelected({ ranges }: Selection, row: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const range = ranges[middle];
    if (range === undefined || row < range.from) high = middle;
    else if (row >= range.to) low = middle + 1;
    else return true;
  }
  return false;
}

export function selectedCount({ ranges }: Selection): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The selected ones of a list's ids, in its order. */
export function selectedIds({ ranges }: Selection, ids: Uint32Array): number[] {
  return ranges.flatMap(({ from, to }) => [...ids.subarray(from, to)]);
}

/**
 * The same rows after the list has changed under the selection.
 * @param before ids that are unique in the list, as it was
 * @param after the same, as it is
 */
export function followRows(
  selection: Selection,
  before: Uint32Array,
  after: Uint32Array,
): Selection {
  if (after.length === 0) return nothingSelected;
  const kept = new Set(selectedIds(selection, before));
  const active = before[selection.active];
  const anchor = before[selection.anchor];
  const ranges: { from: number; to: number }[] = [];
  if (kept.size > 0) {
    after.forEach((id, row) => {
      if (!kept.has(id)) return;
      const last = ranges.at(-1);
      if (last?.to === row) last.to = row + 1;
      else ranges.push({ from: row, to: row + 1 });
    });
  }
  const placeOf = (id: number | undefined) => (id === undefined ? -1 : after.indexOf(id));
  const place = placeOf(active);
  return {
    ranges,
    // The active row is gone: the keyboard stays where it was on the screen.
    active: place < 0 && selection.active >= 0 ? within(selection.active, after.length) : place,
    anchor: placeOf(anchor),
  };
}

function within(row: number, count: number): number {
  return Math.min(Math.max(row, 0), count - 1);
}

function joined(ranges: readonly Range[]): readonly Range[] {
  const merged: { from: number; to: number }[] = [];
  for (const { from, to } of [...ranges].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to);
    else merged.push({ from, to });
  }
  return merged;
}

function without(ranges: readonly Range[], gone: Range): readonly Range[] {
  return ranges.flatMap(({ from, to }) =>
    [
      { from, to: Math.min(to, gone.from) },
      { from: Math.max(from, gone.to), to },
    ].filter((range) => range.from < range.to),
  );
}

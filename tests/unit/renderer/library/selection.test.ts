import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dropTarget, stepTarget } from '../../../../renderer/library/tracks/selected-rows.ts';
import {
  followRows,
  isSelected,
  nothingSelected,
  select,
  selectedCount,
  selectedIds,
  type Selection,
  type SelectionStep,
} from '../../../../renderer/library/tracks/selection.ts';

const row = fc.integer({ min: -3, max: 45 });
const step: fc.Arbitrary<SelectionStep> = fc.oneof(
  row.map((at) => ({ kind: 'only', row: at }) as const),
  row.map((at) => ({ kind: 'toggle', row: at }) as const),
  row.map((at) => ({ kind: 'focus', row: at }) as const),
  fc.record({ kind: fc.constant('reach' as const), row, adding: fc.boolean() }),
  fc.constant({ kind: 'all' } as const),
  fc.constant({ kind: 'none' } as const),
);
const count = fc.integer({ min: 1, max: 40 });

interface PlainSelection {
  readonly rows: ReadonlySet<number>;
  readonly anchor: number;
}

/** The same rules over a plain set, slow and obvious. */
function selectPlainly(
  { rows, anchor }: PlainSelection,
  taken: SelectionStep,
  length: number,
): PlainSelection {
  const at = 'row' in taken ? Math.min(Math.max(taken.row, 0), length - 1) : -1;
  switch (taken.kind) {
    case 'all':
      return { rows: new Set(Array.from({ length }, (_, place) => place)), anchor };
    case 'none':
      return { rows: new Set<number>(), anchor };
    case 'only':
      return { rows: new Set([at]), anchor: at };
    case 'focus':
      return { rows, anchor };
    case 'toggle':
      return {
        rows: new Set(rows.has(at) ? [...rows].filter((row) => row !== at) : [...rows, at]),
        anchor: at,
      };
    case 'reach': {
      const from = anchor < 0 ? at : anchor;
      const [low, high] = [Math.min(from, at), Math.max(from, at)];
      const reached = Array.from({ length: high - low + 1 }, (_, place) => low + place);
      return { rows: new Set([...(taken.adding ? rows : []), ...reached]), anchor: from };
    }
  }
}

function rowsOf(selection: Selection, length: number): number[] {
  return Array.from({ length }, (_, place) => place).filter((at) => isSelected(selection, at));
}

function after(steps: readonly SelectionStep[], length: number): Selection {
  return steps.reduce((selection, taken) => select(selection, taken, length), nothingSelected);
}

describe('the selection of a list', () => {
  it('selects what a plain set of rows would, whatever is pressed', () => {
    fc.assert(
      fc.property(fc.array(step), count, (steps, length) => {
        const plain = steps.reduce<PlainSelection>(
          (state, taken) => selectPlainly(state, taken, length),
          { rows: new Set(), anchor: -1 },
        );
        const selection = after(steps, length);
        expect(rowsOf(selection, length)).toEqual([...plain.rows].sort((a, b) => a - b));
        expect(selectedCount(selection)).toBe(plain.rows.size);
      }),
    );
  });

  it('keeps its ranges sorted and apart, and the keyboard inside the list', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), count, (steps, length) => {
        const { ranges, active } = after(steps, length);
        ranges.forEach(({ from, to }, place) => {
          expect(from).toBeGreaterThan(ranges[place - 1]?.to ?? -1);
          expect(to).toBeGreaterThan(from);
        });
        expect(ranges.at(-1)?.to ?? 0).toBeLessThanOrEqual(length);
        expect(active).toBeLessThan(length);
      }),
    );
  });

  it('selects a million rows as one range', () => {
    expect(select(nothingSelected, { kind: 'all' }, 1_000_000).ranges).toEqual([
      { from: 0, to: 1_000_000 },
    ]);
  });

  it('stays on the same tracks when the list is sorted anew or loses some', () => {
    const lists = fc
      .uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 1, maxLength: 40 })
      .chain((ids) => fc.tuple(fc.constant(ids), fc.shuffledSubarray(ids)));
    fc.assert(
      fc.property(lists, fc.array(step), ([before, now], steps) => {
        const selection = after(steps, before.length);
        const followed = followRows(selection, Uint32Array.from(before), Uint32Array.from(now));
        const kept = new Set(selectedIds(selection, Uint32Array.from(before)));
        expect(selectedIds(followed, Uint32Array.from(now))).toEqual(
          now.filter((id) => kept.has(id)),
        );
        const active = before[selection.active];
        if (active !== undefined && now.includes(active)) {
          expect(now[followed.active]).toBe(active);
        }
      }),
    );
  });
});

describe('moving selected rows', () => {
  /** What main makes of "these in front of that". */
  function moved(length: number, selection: Selection, target: number | null): readonly number[] {
    const rows = Array.from({ length }, (_, place) => place);
    const rest = rows.filter((at) => !isSelected(selection, at));
    rest.splice(
      target === null ? rest.length : rest.indexOf(target),
      0,
      ...rowsOf(selection, length),
    );
    return rest;
  }

  it('lands dropped rows together where they were dropped', () => {
    fc.assert(
      fc.property(fc.array(step), count, fc.nat(40), (steps, length, drop) => {
        const at = Math.min(drop, length);
        const selection = after(steps, length);
        const target = dropTarget(selection, at, length);
        const order = moved(length, selection, target);
        expect([...order].sort((a, b) => a - b)).toEqual(
          Array.from({ length }, (_, place) => place),
        );
        const above = order.slice(
          0,
          order.findIndex((place) => isSelected(selection, place)),
        );
        if (selectedCount(selection) > 0) expect(above.every((place) => place < at)).toBe(true);
      }),
    );
  });

  it('moves one row by one place with each press, and not over the ends', () => {
    fc.assert(
      fc.property(count, fc.nat(39), fc.constantFrom(-1 as const, 1 as const), (length, at, by) => {
        const selection = select(nothingSelected, { kind: 'only', row: at }, length);
        const target = stepTarget(selection, by, length);
        const place = selection.active;
        const wanted = Math.min(Math.max(place + by, 0), length - 1);
        if (target === 'stay') expect(wanted).toBe(place);
        else expect(moved(length, selection, target).indexOf(place)).toBe(wanted);
      }),
    );
  });
});

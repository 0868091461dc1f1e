import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placeReached } from '../../../../renderer/library/cards/roving.ts';
import { nextSort, sortOf, columnSets } from '../../../../renderer/library/tracks/columns.ts';
import { commandOf, type KeyPress } from '../../../../renderer/library/tracks/grid-keys.ts';
import { nothingSelected, select } from '../../../../renderer/library/tracks/selection.ts';
import type { TrackSort } from '../../../../shared/track.ts';

const plain = { shiftKey: false, altKey: false, ctrlKey: false };

function press(key: string, modifiers: Partial<KeyPress> = {}, active = 5) {
  const selection = select(nothingSelected, { kind: 'only', row: active }, 100);
  return commandOf({ key, ...plain, ...modifiers }, selection, 100, 10);
}

describe('the keys of a track list', () => {
  it('moves with arrows, pages and ends, reaching with Shift and leaving the selection with Ctrl', () => {
    expect(press('ArrowDown')).toEqual({ kind: 'select', step: { kind: 'only', row: 6 } });
    expect(press('PageUp', {}, 50)).toEqual({ kind: 'select', step: { kind: 'only', row: 40 } });
    expect(press('End', { shiftKey: true })).toEqual({
      kind: 'select',
      step: { kind: 'reach', row: 99, adding: false },
    });
    expect(press('Home', { ctrlKey: true })).toEqual({
      kind: 'select',
      step: { kind: 'focus', row: 0 },
    });
  });

  it('selects all, toggles, clears, plays, removes and moves', () => {
    expect(press('a', { ctrlKey: true })).toEqual({ kind: 'select', step: { kind: 'all' } });
    expect(press(' ', { ctrlKey: true })).toEqual({
      kind: 'select',
      step: { kind: 'toggle', row: 5 },
    });
    expect(press('Escape')).toEqual({ kind: 'select', step: { kind: 'none' } });
    expect(press('Enter')).toEqual({ kind: 'play' });
    expect(press('Delete')).toEqual({ kind: 'remove' });
    expect(press('ArrowUp', { altKey: true })).toEqual({ kind: 'move', by: -1 });
  });

  it('takes letters of any script for type-ahead and leaves the window its shortcuts', () => {
    for (const letter of ['s', 'É', 'ж', '7', '音']) {
      expect(press(letter)).toEqual({ kind: 'type', letter });
    }
    for (const key of [' ', '?', 'F1', 'Tab', 'Shift']) expect(press(key)).toBeNull();
    expect(press('z', { ctrlKey: true })).toBeNull();
    expect(press('ArrowLeft', { altKey: true })).toBeNull();
  });
});

describe('the keys of a set of cards', () => {
  const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End');

  it('never leaves the set, whatever its width', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.integer({ min: 1, max: 9 }),
        fc.array(keys),
        (count, perRow, pressed) => {
          const place = pressed.reduce((at, key) => placeReached(key, at, count, perRow) ?? at, 0);
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThan(count);
        },
      ),
    );
  });

  it('leaves up and down to the screen when there is one row', () => {
    expect(placeReached('ArrowDown', 0, 5, 5)).toBeNull();
    expect(placeReached('ArrowDown', 0, 10, 5)).toBe(5);
  });
});

describe('sorting by a header', () => {
  const columns = columnSets.songs.map(sortOf).filter((by) => by !== null);

  it('turns round on the second press and, where there is one, gives the list its own order back', () => {
    for (const by of columns) {
      const first = nextSort(null, by, true);
      const second = nextSort(first, by, true);
      expect(second?.descending).toBe(first?.descending === false);
      expect(nextSort(second, by, true)).toBeNull();
      expect(nextSort(second, by, false)).toEqual(first);
    }
  });

  it('begins anew with another column, counts from the highest', () => {
    const byTitle: TrackSort = { by: 'title', descending: true };
    expect(nextSort(byTitle, 'artist', false)).toEqual({ by: 'artist', descending: false });
    expect(nextSort(byTitle, 'plays', false)).toEqual({ by: 'plays', descending: true });
  });
});

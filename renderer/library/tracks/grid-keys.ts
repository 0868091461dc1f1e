import type { Selection, SelectionStep } from './selection.ts';

/** What a key means in a list. */
export type GridCommand =
  | { readonly kind: 'select'; readonly step: SelectionStep }
  | { readonly kind: 'play' }
  | { readonly kind: 'move'; readonly by: -1 | 1 }
  | { readonly kind: 'remove' }
  | { readonly kind: 'rate'; readonly stars: number }
  | { readonly kind: 'type'; readonly letter: string };

export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  /** Ctrl, and on a Mac Cmd. */
  readonly ctrlKey: boolean;
}

/**
 * @param count rows in the list
 * @param pageRows rows that one screen shows
 * @returns null for a key that is none of the list's
 */
export function commandOf(
  press: KeyPress,
  selection: Selection,
  count: number,
  pageRows: number,
): GridCommand | null {
  const { key, shiftKey, altKey, ctrlKey } = press;
  if (altKey) {
    if (key === 'ArrowUp') return { kind: 'move', by: -1 };
    return key === 'ArrowDown' ? { kind: 'move', by: 1 } : null;
  }
  const row = rowReached(key, selection.active, count, pageRows);
  if (row !== null) return { kind: 'select', step: stepTo(row, shiftKey, ctrlKey) };
  if (ctrlKey) {
    if (/^[0-5]$/.test(key)) return { kind: 'rate', stars: Number(key) };
    if (key === 'a') return { kind: 'select', step: { kind: 'all' } };
    if (key !== ' ') return null;
    return { kind: 'select', step: { kind: 'toggle', row: selection.active } };
  }
  switch (key) {
    case 'Enter':
      return { kind: 'play' };
    case 'Delete':
    case 'Backspace':
      return { kind: 'remove' };
    case 'Escape':
      return selection.ranges.length > 0 ? { kind: 'select', step: { kind: 'none' } } : null;
    default:
      return /^[\p{L}\p{N}]$/u.test(key) ? { kind: 'type', letter: key } : null;
  }
}

function rowReached(key: string, active: number, count: number, pageRows: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active < 0 ? 0 : active - 1;
    case 'PageDown':
      return active + pageRows;
    case 'PageUp':
      return active - pageRows;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}

function stepTo(row: number, shiftKey: boolean, ctrlKey: boolean): SelectionStep {
  if (shiftKey) return { kind: 'reach', row, adding: ctrlKey };
  return ctrlKey ? { kind: 'focus', row } : { kind: 'only', row };
}

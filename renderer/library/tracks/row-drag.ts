import type { DragEvent } from 'react';
import { useRef, useState } from 'react';
import type { TrackList } from '../../../shared/track.ts';
import type { Words } from '../../../shared/words/en.ts';
import { carryTracks } from '../../track-drag.ts';

interface DragHandlers {
  readonly onDragStart: (event: DragEvent) => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDragLeave: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
  readonly onDragEnd: () => void;
}

/**
 * Dragging a list's rows: out of it as tracks, and within it, where it can be edited, to another
 * place.
 * @param options.select selects the row that is taken, unless it is among the selected
 * @param options.drop called with the row above which the rows were dropped
 * @returns `at`: where the rows would land now, null while they are not over the list
 */
export function useRowDrag({
  words,
  select,
  drop,
}: {
  readonly words: Words['tracks'];
  readonly select: (row: number) => { readonly tracks: TrackList | null; readonly count: number };
  readonly drop: ((at: number) => void) | undefined;
}): { readonly at: number | null; readonly handlers: DragHandlers } {
  const [at, setAt] = useState<number | null>(null);
  /** The drag began here: only then is it a move. */
  const isOwn = useRef(false);

  return {
    at,
    handlers: {
      onDragStart(event) {
        const row = placeUnder(event, 'start');
        if (row === null) return;
        const { tracks, count } = select(row);
        if (tracks === null) {
          event.preventDefault();
          return;
        }
        isOwn.current = true;
        carryTracks(event.dataTransfer, tracks);
        showCount(event.dataTransfer, words.dragged(count));
      },
      onDragOver(event) {
        if (!isOwn.current || drop === undefined) return;
        const place = placeUnder(event, 'nearest');
        if (place === null) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'move';
        setAt(place);
      },
      onDragLeave(event) {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setAt(null);
      },
      onDrop(event) {
        if (at === null || !isOwn.current) return;
        event.preventDefault();
        drop?.(at);
        setAt(null);
      },
      onDragEnd() {
        isOwn.current = false;
        setAt(null);
      },
    },
  };
}

/** The row under the pointer, or the gap that is nearest to it. */
function placeUnder(event: DragEvent, what: 'start' | 'nearest'): number | null {
  const element = (event.target as Element).closest<HTMLElement>('[data-row]');
  if (element === null) return null;
  const row = Number(element.dataset['row']);
  const box = element.getBoundingClientRect();
  return what === 'nearest' && event.clientY > box.top + box.height / 2 ? row + 1 : row;
}

/** What hangs at the pointer says how many are dragged, not just the row that was taken. */
function showCount(transfer: DataTransfer, text: string): void {
  const badge = document.createElement('div');
  badge.className = 'track-drag-badge';
  badge.textContent = text;
  document.body.append(badge);
  transfer.setDragImage(badge, -12, -8);
  // The picture is taken when the drag begins, right after this event.
  setTimeout(() => badge.remove());
}

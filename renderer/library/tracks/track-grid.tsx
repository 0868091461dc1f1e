import type { KeyboardEvent, MouseEvent } from 'react';
import { useCallback, useId, useMemo, useRef, useState } from 'react';
import type { Id, Track, TrackList } from '../../../shared/track.ts';
import { useStores, useWords } from '../../stores.ts';
import { useContextMenu } from '../../ui/menu.tsx';
import { useListRows } from '../answers.ts';
import type { ColumnSet } from './columns.ts';
import { columnSets } from './columns.ts';
import { commandOf } from './grid-keys.ts';
import type { Heading } from './grid-window.ts';
import { headingHeight, useGridWindow } from './grid-window.ts';
import type { GridSorting } from './grid-header.tsx';
import { GridHeader } from './grid-header.tsx';
import { useRowDrag } from './row-drag.ts';
import { dropTarget, mostIds, stepTarget, useSelectedRows } from './selected-rows.ts';
import type { Selection } from './selection.ts';
import { isSelected, select, selectedCount } from './selection.ts';
import { useTrackMenu } from './track-menu.ts';
import type { Playing } from './track-row.tsx';
import { TrackRow } from './track-row.tsx';
import { useTypeAhead } from './use-type-ahead.ts';
import './track-grid.css';

const noHeadings: readonly Heading[] = [];

/** Lets a list be edited in place. `keys` name its places, since a track may stand in several. */
export interface GridEdits {
  readonly keys: Uint32Array;
  readonly remove: (keys: Id[]) => Promise<void>;
  /** Puts the places in front of `before`; null: at the end. */
  readonly move: (keys: Id[], before: Id | null) => Promise<void>;
}

/**
 * A list of tracks of any length: shown by page, selected, played, dragged and edited, all of it
 * by keyboard too. The keyboard's place is the grid's `aria-activedescendant`, so it survives its
 * row leaving the page.
 * @param props.list what is played from here; main resolves it to the same `ids`
 * @param props.suggestion what a playlist made from here would be called
 */
export function TrackGrid({
  label,
  list,
  ids: allIds,
  shownAtMost = Infinity,
  columnSet = 'songs',
  sorting,
  headings = noHeadings,
  edits,
  suggestion = '',
}: {
  readonly label: string;
  readonly list: TrackList;
  readonly ids: Uint32Array;
  /** Shows the beginning of a list that is played on from there. */
  readonly shownAtMost?: number;
  readonly columnSet?: ColumnSet;
  readonly sorting?: GridSorting;
  readonly headings?: readonly Heading[];
  readonly edits?: GridEdits;
  readonly suggestion?: string;
}) {
  const words = useWords();
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const gridId = useId();
  const [said, say] = useState('');

  const ids = useMemo(() => allIds.subarray(0, shownAtMost), [allIds, shownAtMost]);
  const keys = edits?.keys ?? ids;
  const whole = ids.length === allIds.length ? list : null;
  const { selection, step, asTracks, asIds } = useSelectedRows(whole, ids, keys);
  const shown = useGridWindow(body, ids.length, headings, selection.active);
  const cache = useStores('library', (library) => library.tracks);
  const firstShown = shown.rows[0]?.row ?? 0;
  const rows = useListRows(cache, ids, firstShown, firstShown + shown.rows.length);

  const play = useStores('session', (session) => session.play);
  const isScanning = useStores('library', (library) => library.scan?.state === 'running');
  const nowId = useStores('session', (session) => session.view.now?.track.id ?? null);
  const isPlaying = useStores('session', (session) => session.view.status === 'playing');
  const setLiked = useStores('library', (library) => library.setLiked);
  const setRating = useStores('library', (library) => library.setRating);
  const { open, menu } = useContextMenu(words.tracks.menu);
  const menuOf = useTrackMenu();
  const like = useCallback((id: Id, liked: boolean) => void setLiked([id], liked), [setLiked]);
  const columns = columnSets[columnSet];

  function showStep(next: Parameters<typeof step>[0]): void {
    step(next);
    shown.reveal(select(selection, next, ids.length).active);
  }
  const typeAhead = useTypeAhead(ids, sorting?.sort ?? null, (row) =>
    showStep({ kind: 'only', row }),
  );

  function playRow(row: number): void {
    if (row < 0 || row >= ids.length) return;
    // While a scan moves rows about, a place in main's list may already be another track's.
    const isExact = isScanning && allIds.length <= mostIds;
    void play(isExact ? { from: 'tracks', ids: [...allIds] } : list, row);
  }

  function removeSelected(): void {
    const gone = asIds(selection, keys);
    if (edits !== undefined && gone !== null && gone.length > 0) void edits.remove(gone);
  }

  function moveSelected(target: number | null | 'stay'): void {
    const moved = asIds(selection, keys);
    if (edits === undefined || target === 'stay' || moved === null || moved.length === 0) return;
    const before = target === null ? null : (keys[target] ?? null);
    void edits.move(moved, before);
    const unmovedAbove = (target ?? keys.length) - countAbove(selection, target ?? keys.length);
    say(words.tracks.moved(unmovedAbove + 1));
  }

  const drag = useRowDrag({
    words: words.tracks,
    select: (row) => {
      const next = isSelected(selection, row)
        ? selection
        : select(selection, { kind: 'only', row }, ids.length);
      if (next !== selection) step({ kind: 'only', row });
      return { tracks: asTracks(next), count: selectedCount(next) };
    },
    drop: edits && ((at) => moveSelected(dropTarget(selection, at, keys.length))),
  });

  function pressKey(event: KeyboardEvent): void {
    if (event.target !== grid.current) return;
    const { key, shiftKey, altKey } = event;
    const press = { key, shiftKey, altKey, ctrlKey: event.ctrlKey || event.metaKey };
    const command = commandOf(press, selection, ids.length, shown.pageRows);
    if (command === null) return;
    switch (command.kind) {
      case 'select':
        showStep(command.step);
        break;
      case 'play':
        playRow(selection.active);
        break;
      case 'move':
        if (edits === undefined) return;
        moveSelected(stepTarget(selection, command.by, keys.length));
        break;
      case 'remove':
        if (edits === undefined) return;
        removeSelected();
        break;
      case 'rate': {
        const rated = asIds(selection, ids);
        if (rated !== null && rated.length > 0) void setRating(rated, command.stars);
        break;
      }
      case 'type':
        typeAhead(command.letter, selection.active, event.timeStamp);
        break;
    }
    event.preventDefault();
  }

  function pressPointer(event: MouseEvent): void {
    const row = rowAt(event);
    if (row === null) return;
    if (event.shiftKey) step({ kind: 'reach', row, adding: event.ctrlKey });
    else if (event.ctrlKey || event.metaKey) step({ kind: 'toggle', row });
    else step({ kind: 'only', row });
  }

  function openMenu(event: MouseEvent): void {
    const row = rowAt(event);
    if (row === null) {
      // Asked by the keyboard: the same on the active row, so that the menu opens there.
      const active = document.getElementById(rowId(gridId, selection.active));
      event.preventDefault();
      active?.dispatchEvent(
        new window.MouseEvent('contextmenu', { bubbles: true, cancelable: true }),
      );
      return;
    }
    let chosen = selection;
    if (!isSelected(selection, row)) {
      chosen = select(selection, { kind: 'only', row }, ids.length);
      step({ kind: 'only', row });
    }
    const track = rows.get(ids[row] ?? 0) ?? null;
    const isOne = selectedCount(chosen) === 1;
    const tracks = asTracks(chosen);
    open(
      event,
      menuOf({
        tracks,
        ids: asIds(chosen, ids),
        track: isOne ? track : null,
        suggestion: suggestion === '' && track !== null ? track.album : suggestion,
        play: () => (isOne ? playRow(row) : tracks && void play(tracks, 0)),
        remove: edits && (() => void edits.remove(asIds(chosen, keys) ?? [])),
      }),
    );
  }

  function playingOf(track: Track | undefined): Playing {
    if (track === undefined || track.id !== nowId) return 'no';
    return isPlaying ? 'playing' : 'paused';
  }

  return (
    <>
      <div
        ref={grid}
        role="grid"
        tabIndex={0}
        className={`track-grid track-grid-${columnSet}`}
        aria-label={label}
        aria-rowcount={ids.length + 1}
        aria-multiselectable
        {...(selection.active >= 0 && { 'aria-activedescendant': rowId(gridId, selection.active) })}
        onKeyDown={pressKey}
        onFocus={(event) => {
          if (event.target === grid.current && selection.active < 0)
            step({ kind: 'focus', row: 0 });
        }}
        onClick={pressPointer}
        onDoubleClick={(event) => playRow(rowAt(event) ?? -1)}
        onContextMenu={openMenu}
        {...drag.handlers}
      >
        <GridHeader columns={columns} sorting={sorting} />
        <div ref={body} role="rowgroup" className="track-body" style={{ height: shown.height }}>
          <div role="presentation" className="track-window" style={{ top: shown.top }}>
            {headings.map(({ row, label: heading }) => (
              <div
                key={`heading ${row}`}
                role="row"
                className="track-heading"
                style={{ top: shown.topOf(row) - headingHeight, height: headingHeight }}
              >
                <div role="rowheader">{heading}</div>
              </div>
            ))}
            {shown.rows.map(({ row, top, aside }) => {
              const track = rows.get(ids[row] ?? 0) ?? undefined;
              return (
                <TrackRow
                  key={row}
                  id={rowId(gridId, row)}
                  row={row}
                  top={top}
                  aside={aside}
                  columns={columns}
                  track={track}
                  selected={isSelected(selection, row)}
                  active={row === selection.active}
                  playing={playingOf(track)}
                  like={like}
                />
              );
            })}
            {drag.at !== null && (
              <div
                className="track-drop"
                role="presentation"
                style={{ top: shown.topOf(drag.at) }}
              />
            )}
          </div>
        </div>
      </div>
      <div className="sr-only" aria-live="polite">
        {said}
      </div>
      {menu}
    </>
  );
}

function rowId(gridId: string, row: number): string {
  return `${gridId}-${row}`;
}

function rowAt({ target }: { readonly target: EventTarget }): number | null {
  const row = (target as Element).closest<HTMLElement>('[data-row]')?.dataset['row'];
  return row === undefined ? null : Number(row);
}

function countAbove(selection: Selection, row: number): number {
  return selection.ranges.reduce(
    (sum, { from, to }) => sum + Math.max(0, Math.min(to, row) - Math.min(from, row)),
    0,
  );
}

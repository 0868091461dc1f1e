import { useVirtualizer } from '@tanstack/react-virtual';
import type { KeyboardEvent } from 'react';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { QueueView } from '../../../shared/session.ts';
import { useStores, useWords } from '../../stores.ts';
import { useContextMenu } from '../../ui/menu.tsx';
import { JoinDialog, type Pair } from './join-dialog.tsx';
import { useQueueDrag } from './queue-drag.ts';
import { useQueueMenu } from './queue-menu.ts';
import { QueueEntryRow } from './queue-row.tsx';
import './queue-list.css';
import { layOutQueue, type QueuePart } from './queue-rows.ts';

const headingHeight = 36;
const rowHeight = 56;

/** Every entry in one scroller, drawn as far as it is in view. */
export function QueueList({ queue }: { readonly queue: QueueView }) {
  const words = useWords();
  const session = useStores(
    'session',
    useShallow(({ jump, removeEntries, moveEntries, enqueue }) => ({
      jump,
      removeEntries,
      moveEntries,
      enqueue,
    })),
  );
  const tracks = useStores('library', (library) => library.tracks);
  const known = useSyncExternalStore(tracks.subscribe, tracks.current);
  const rows = useMemo(() => layOutQueue(queue), [queue]);
  const scroller = useRef<HTMLDivElement>(null);
  // By id, so that the keyboard stays with an entry that is moved.
  const [activeEntry, setActiveEntry] = useState<number | null>(null);
  const focusWanted = useRef(false);
  const drag = useQueueDrag(queue, session);
  const stopAfter = useStores('session', ({ view }) => view.stopAfter);
  const [pair, setPair] = useState<Pair | null>(null);
  const menuOf = useQueueMenu(queue, session, askJoin);
  const contextMenu = useContextMenu(words.queue.menu);

  const virtual = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: (row) => (rows.at(row).kind === 'heading' ? headingHeight : rowHeight),
    overscan: 6,
  });
  const shown = virtual.getVirtualItems().filter(({ index }) => index < rows.count);
  const shownTracks = shown.flatMap(({ index }) => {
    const row = rows.at(index);
    return row.kind === 'entry' ? [queue.trackIds[row.place] ?? 0] : [];
  });
  const wanted = shownTracks.join();

  useEffect(() => {
    if (wanted !== '') tracks.want(wanted.split(',').map(Number));
  }, [tracks, wanted, known]);

  useEffect(() => {
    virtual.measure();
  }, [virtual, rows]);

  // What plays now stands at the top when the panel opens and whenever it changes.
  const nowEntry = queue.entryIds[queue.index];
  const firstRow = rows.first;
  useEffect(() => {
    virtual.scrollToIndex(firstRow, { align: 'start' });
  }, [virtual, nowEntry, firstRow]);

  const activePlace = activeEntry === null ? -1 : queue.entryIds.indexOf(activeEntry);
  const tabPlace = activePlace >= 0 ? activePlace : Math.max(0, queue.index);

  /** Of entries without a row there is nothing to ask yet. */
  function askJoin(place: number): void {
    const first = known.get(queue.trackIds[place] ?? 0);
    const second = known.get(queue.trackIds[place + 1] ?? 0);
    if (first != null && second != null) setPair({ first, second });
  }

  function moveTo(place: number): void {
    const to = Math.max(0, Math.min(queue.entryIds.length - 1, place));
    focusWanted.current = true;
    setActiveEntry(queue.entryIds[to] ?? null);
    virtual.scrollToIndex(rows.rowOfPlace(to), { align: 'auto' });
  }

  function followKey(event: KeyboardEvent): void {
    const entry = queue.entryIds[tabPlace];
    if (entry === undefined) return;
    const action = keyAction(event, tabPlace, queue.entryIds.length);
    if (action === null) return;
    event.preventDefault();
    switch (action.kind) {
      case 'focus':
        moveTo(action.place);
        return;
      case 'jump':
        void session.jump(entry);
        return;
      case 'remove':
        moveTo(tabPlace + 1 < queue.entryIds.length ? tabPlace + 1 : tabPlace - 1);
        void session.removeEntries([entry]);
        return;
      case 'move':
        focusWanted.current = true;
        setActiveEntry(entry);
        void session.moveEntries([entry], queue.entryIds[action.before] ?? null);
        return;
    }
  }

  function renderPart(part: QueuePart) {
    return shown.flatMap(({ index, start }) => {
      const row = rows.at(index);
      if (row.kind === 'heading' || row.part !== part) return [];
      const entry = queue.entryIds[row.place] ?? 0;
      const track = known.get(queue.trackIds[row.place] ?? 0) ?? null;
      return [
        <QueueEntryRow
          key={entry}
          track={track}
          part={part}
          place={part === 'next' ? row.place - queue.index : row.place + 1}
          count={part === 'next' ? queue.entryIds.length - queue.index - 1 : queue.index}
          top={start}
          tabbable={row.place === tabPlace}
          takesFocus={() => {
            const takes = focusWanted.current && entry === activeEntry;
            if (takes) focusWanted.current = false;
            return takes;
          }}
          stopsHere={entry === stopAfter}
          drag={drag.propsOf(row.place)}
          onFocus={() => setActiveEntry(entry)}
          onPlay={() => void session.jump(entry)}
          onRemove={() => void session.removeEntries([entry])}
          onContextMenu={(event) => contextMenu.open(event, menuOf(row.place, track))}
        />,
      ];
    });
  }

  return (
    <div className="queue" ref={scroller} onKeyDown={followKey} {...drag.listProps}>
      <div className="queue-rows" style={{ height: virtual.getTotalSize() }}>
        {shown.flatMap(({ index, start }) => {
          const row = rows.at(index);
          return row.kind === 'heading'
            ? [
                <h3 key={row.part} className="queue-heading" style={{ top: start }}>
                  {headingOf(row.part, words.queue)}
                </h3>,
              ]
            : [];
        })}
        <ul aria-label={words.queue.history}>{renderPart('history')}</ul>
        <ul aria-label={words.queue.nowPlaying}>{renderPart('now')}</ul>
        <ul aria-label={words.queue.upNext} aria-description={words.queue.keys}>
          {renderPart('next')}
        </ul>
      </div>
      {queue.index === queue.entryIds.length - 1 && (
        <p className="queue-nothing-next">{words.queue.nothingNext}</p>
      )}
      {contextMenu.menu}
      {pair !== null && <JoinDialog pair={pair} onClose={() => setPair(null)} />}
    </div>
  );
}

type KeyAction =
  | { readonly kind: 'focus'; readonly place: number }
  | { readonly kind: 'jump' }
  | { readonly kind: 'remove' }
  /** In front of the entry at this place; past the last: at the end. */
  | { readonly kind: 'move'; readonly before: number };

function keyAction(event: KeyboardEvent, place: number, count: number): KeyAction | null {
  const inButton = (event.target as Element).closest('button') !== null;
  switch (event.key) {
    case 'ArrowUp':
      if (!event.altKey) return { kind: 'focus', place: place - 1 };
      return place > 0 ? { kind: 'move', before: place - 1 } : null;
    case 'ArrowDown':
      if (!event.altKey) return { kind: 'focus', place: place + 1 };
      return place < count - 1 ? { kind: 'move', before: place + 2 } : null;
    case 'PageUp':
      return { kind: 'focus', place: place - 10 };
    case 'PageDown':
      return { kind: 'focus', place: place + 10 };
    case 'Home':
      return { kind: 'focus', place: 0 };
    case 'End':
      return { kind: 'focus', place: count - 1 };
    case 'Enter':
      return inButton ? null : { kind: 'jump' };
    case 'Delete':
    case 'Backspace':
      return { kind: 'remove' };
    default:
      return null;
  }
}

function headingOf(
  part: QueuePart,
  words: { readonly history: string; readonly nowPlaying: string; readonly upNext: string },
): string {
  return { history: words.history, now: words.nowPlaying, next: words.upNext }[part];
}

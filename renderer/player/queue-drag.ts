import type { DragEvent, HTMLAttributes } from 'react';
import { useState } from 'react';
import type { QueueView } from '../../shared/session.ts';
import type { TrackList } from '../../shared/track.ts';
import type { SessionStore } from './session-store.ts';

const entryType = 'application/x-refrain-entry';
/** What track lists of the window put on a drag: a TrackList as JSON. */
const tracksType = 'application/x-refrain-tracks';

interface QueueDrag {
  readonly listProps: HTMLAttributes<HTMLElement>;
  readonly propsOf: (
    place: number,
  ) => HTMLAttributes<HTMLLIElement> & { readonly 'data-drop'?: 'before' | 'after' };
}

/** Entries are dragged to another place; tracks that come from elsewhere go to the end. */
export function useQueueDrag(
  queue: QueueView,
  session: Pick<SessionStore, 'moveEntries' | 'enqueue'>,
): QueueDrag {
  const [over, setOver] = useState<{ place: number; after: boolean } | null>(null);

  function drop(event: DragEvent): void {
    const entry = Number(event.dataTransfer.getData(entryType));
    const tracks = event.dataTransfer.getData(tracksType);
    if (entry > 0 && over !== null) {
      event.preventDefault();
      const before = queue.entryIds[over.after ? over.place + 1 : over.place];
      if (before !== entry) void session.moveEntries([entry], before ?? null);
    } else if (tracks !== '') {
      event.preventDefault();
      // Main checks it against the contract, as everything that comes from the window.
      void session.enqueue(JSON.parse(tracks) as TrackList, 'end');
    }
    setOver(null);
  }

  return {
    listProps: {
      onDragOver: (event) => {
        const { types } = event.dataTransfer;
        if (types.includes(entryType) || types.includes(tracksType)) event.preventDefault();
      },
      onDrop: drop,
      onDragEnd: () => setOver(null),
      onDragLeave: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(null);
      },
    },
    propsOf: (place) => ({
      draggable: true,
      onDragStart: (event) => {
        event.dataTransfer.setData(entryType, String(queue.entryIds[place] ?? 0));
        event.dataTransfer.effectAllowed = 'move';
      },
      onDragOver: (event) => {
        if (!event.dataTransfer.types.includes(entryType)) return;
        const box = event.currentTarget.getBoundingClientRect();
        const after = event.clientY > box.top + box.height / 2;
        if (over?.place !== place || over.after !== after) setOver({ place, after });
      },
      ...(over?.place === place && { 'data-drop': over.after ? 'after' : 'before' }),
    }),
  };
}

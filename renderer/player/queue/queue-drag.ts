import type { DragEvent, HTMLAttributes } from 'react';
import { useState } from 'react';
import type { QueueView } from '../../../shared/session.ts';
import { carriedTracks, carriesTracks } from '../../track-drag.ts';
import type { SessionStore } from '../session-store.ts';

const entryType = 'application/x-refrain-entry';

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
    const tracks = carriedTracks(event.dataTransfer);
    if (entry > 0 && over !== null) {
      event.preventDefault();
      const before = queue.entryIds[over.after ? over.place + 1 : over.place];
      if (before !== entry) void session.moveEntries([entry], before ?? null);
    } else if (tracks !== null) {
      event.preventDefault();
      void session.enqueue(tracks, 'end');
    }
    setOver(null);
  }

  return {
    listProps: {
      onDragOver: (event) => {
        const { dataTransfer } = event;
        const isOurs = dataTransfer.types.includes(entryType) || carriesTracks(dataTransfer);
        if (isOurs) event.preventDefault();
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

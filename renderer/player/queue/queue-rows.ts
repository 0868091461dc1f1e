import type { QueueView } from '../../../shared/session.ts';

export type QueuePart = 'history' | 'now' | 'next';

/** One line of the queue panel: a heading, or an entry by its place in the queue. */
export type QueueRow =
  | { readonly kind: 'heading'; readonly part: QueuePart }
  | { readonly kind: 'entry'; readonly part: QueuePart; readonly place: number };

/** Which line stands where, worked out on demand: the queue may have a hundred thousand entries. */
export interface QueueRows {
  readonly count: number;
  readonly at: (row: number) => QueueRow;
  readonly rowOfPlace: (place: number) => number;
  /** The line that the panel opens at: what plays now, or the first. */
  readonly first: number;
}

/** History, then what plays now, then what follows; each with a heading, left out when empty. */
export function layOutQueue({ entryIds, index }: Pick<QueueView, 'entryIds' | 'index'>): QueueRows {
  const parts = [
    { part: 'history', from: 0, to: Math.max(0, index) },
    { part: 'now', from: Math.max(0, index), to: index + 1 },
    { part: 'next', from: index + 1, to: entryIds.length },
  ] as const;
  const filled = parts.filter(({ from, to }) => to > from);
  // Above each part stand its own heading and those of the parts before it.
  const laid = filled.map((part, headings) => ({ ...part, row: part.from + headings }));
  const count = entryIds.length + laid.length;

  return {
    count,
    at(row) {
      const part = laid.findLast((candidate) => candidate.row <= row);
      if (part === undefined || row >= count) throw new RangeError(`No row ${row} in the queue`);
      if (row === part.row) return { kind: 'heading', part: part.part };
      return { kind: 'entry', part: part.part, place: part.from + row - part.row - 1 };
    },
    rowOfPlace(place) {
      const part = laid.find(({ from, to }) => place >= from && place < to);
      return part === undefined ? 0 : part.row + 1 + place - part.from;
    },
    first: laid.find(({ part }) => part === 'now')?.row ?? 0,
  };
}

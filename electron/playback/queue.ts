import { countFrom, gathered } from './positions.ts';
import { drawRound, shuffledFrom } from './shuffle.ts';

/**
 * What will play and in which order. Immutable: an array inside is never written to once it is
 * here, so a queue can be kept for undo or saved at no cost.
 *
 * The list is as the listener made it; `order` says how it plays. All arrays of one queue are as
 * long as the list, and `order` and each round of `past` and `future` hold every list position
 * exactly once.
 */
export interface Queue {
  /** Parallel, in list order. An entry's id is its own: the same track may stand here twice. */
  readonly entryIds: Uint32Array;
  readonly trackIds: Uint32Array;
  /** Play order as list positions when shuffled; null: the list's own. */
  readonly order: Uint32Array | null;
  /** Where we are in the play order; its length when all was played. */
  readonly place: number;
  /** Shuffled rounds gone by, so that previous goes back over a round's edge. Oldest first. */
  readonly past: readonly Uint32Array[];
  /** Rounds to come that are known already: drawn ahead, or stepped back from. Nearest first. */
  readonly future: readonly Uint32Array[];
}

export const emptyQueue: Queue = {
  entryIds: new Uint32Array(0),
  trackIds: new Uint32Array(0),
  order: null,
  place: 0,
  past: [],
  future: [],
};

/** Rounds gone by are kept while they hold no more entries than this together; one always is. */
const pastEntries = 10_000;

/**
 * A new queue over `trackIds`.
 * @param start list position to begin with; null: the first, or any when shuffled
 * @param firstEntry id for the first entry; the others count on from it
 */
export function queueOf(
  trackIds: Uint32Array,
  start: number | null,
  shuffle: boolean,
  firstEntry: number,
  random: () => number,
): Queue {
  const entryIds = countFrom(firstEntry, trackIds.length);
  const place = Math.min(start ?? 0, Math.max(0, trackIds.length - 1));
  if (!shuffle) return { ...emptyQueue, entryIds, trackIds, place };
  const order = shuffledFrom(trackIds.length, start === null ? null : place, random);
  return { ...emptyQueue, entryIds, trackIds, order };
}

export function sizeOf(queue: Queue): number {
  return queue.entryIds.length;
}

/** Entry id at a place of the play order; undefined beyond the end. */
export function entryAt(queue: Queue, place: number): number | undefined {
  return queue.entryIds[positionAt(queue, place)];
}

export function trackAt(queue: Queue, place: number): number | undefined {
  return queue.trackIds[positionAt(queue, place)];
}

/** Place in the play order of an entry; −1 when it isn't in the queue. */
export function placeOf(queue: Queue, entry: number): number {
  const position = queue.entryIds.indexOf(entry);
  return position < 0 || queue.order === null ? position : queue.order.indexOf(position);
}

/** `ids` (parallel to the list) in play order. */
export function inPlayOrder(queue: Queue, ids: Uint32Array): Uint32Array {
  return queue.order === null ? ids : gathered(ids, queue.order);
}

/** The list position of a place; beyond the end it is the list's length. */
export function positionAt(queue: Queue, place: number): number {
  if (queue.order === null) return place;
  return queue.order[place] ?? queue.entryIds.length;
}

/** The queue one entry on, over the round's edge when `around`; null: there is nothing more. */
export function forward(queue: Queue, around: boolean, random: () => number): Queue | null {
  const size = sizeOf(queue);
  if (queue.place + 1 < size) return { ...queue, place: queue.place + 1 };
  if (!around || size === 0) return null;
  return nextRound(queue, random);
}

/** The first place of the following round: a fresh order when shuffled, else the list again. */
export function nextRound(queue: Queue, random: () => number): Queue {
  const drawn = withRoundDrawn(queue, random);
  const [order, ...future] = drawn.future;
  if (queue.order === null || order === undefined) return { ...queue, place: 0 };
  return { ...drawn, order, place: 0, past: trimmed([...queue.past, queue.order]), future };
}

/** Draws the next shuffled round now, so that its first entry can be named before it is reached. */
export function withRoundDrawn(queue: Queue, random: () => number): Queue {
  if (queue.order === null || queue.future.length > 0) return queue;
  return { ...queue, future: [drawRound(queue.order, random)] };
}

/** The queue one entry back; null: there is nothing before. */
export function back(queue: Queue, around: boolean): Queue | null {
  if (queue.place > 0) return { ...queue, place: queue.place - 1 };
  const size = sizeOf(queue);
  if (size === 0) return null;
  if (queue.order === null) return around ? { ...queue, place: size - 1 } : null;
  const round = queue.past.at(-1);
  if (round === undefined) return null;
  const future = [queue.order, ...queue.future];
  return { ...queue, order: round, place: size - 1, past: queue.past.slice(0, -1), future };
}

/** Shuffled, what is current stays current and everything else is still to come, once. */
export function shuffled(queue: Queue, random: () => number): Queue {
  if (queue.order !== null) return queue;
  const current = queue.place < sizeOf(queue) ? queue.place : null;
  return { ...queue, order: shuffledFrom(sizeOf(queue), current, random), place: 0 };
}

/** Back in the list's order, at the same entry. */
export function unshuffled(queue: Queue): Queue {
  if (queue.order === null) return queue;
  return { ...queue, order: null, place: positionAt(queue, queue.place), past: [], future: [] };
}

function trimmed(past: readonly Uint32Array[]): readonly Uint32Array[] {
  const rounds = Math.max(1, Math.floor(pastEntries / Math.max(1, past.at(-1)?.length ?? 1)));
  return past.slice(-rounds);
}

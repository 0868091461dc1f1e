import type { Queue } from './queue.ts';
import { countFrom, flagged, gathered, inverted, shifted, spliced } from './positions.ts';
import { emptyQueue, entryAt, nextRound, positionAt, sizeOf } from './queue.ts';

const fewEntries = 50;

/**
 * Puts tracks behind the current entry or at the end, in the list and in the play order alike.
 * Rounds gone by take them in front, so that stepping back over a round's edge stays what it was.
 */
export function inserted(
  queue: Queue,
  trackIds: Uint32Array,
  where: 'next' | 'end',
  firstEntry: number,
): Queue {
  const size = sizeOf(queue);
  const count = trackIds.length;
  if (count === 0) return queue;
  const behind = where === 'next' && queue.place < size;
  const place = behind ? queue.place + 1 : size;
  const position = behind ? positionAt(queue, queue.place) + 1 : size;
  const added = countFrom(position, count);
  const pushed = (round: Uint32Array, at: number) =>
    spliced(shifted(round, position, count), at, added);
  return {
    entryIds: spliced(queue.entryIds, position, countFrom(firstEntry, count)),
    trackIds: spliced(queue.trackIds, position, trackIds),
    order: queue.order === null ? null : pushed(queue.order, place),
    place: queue.place,
    past: queue.past.map((round) => pushed(round, 0)),
    future: [],
  };
}

/** Takes entries out; where the current one goes, the following takes its place. */
export function removed(queue: Queue, entries: readonly number[]): Queue {
  const { order, place } = queue;
  const size = sizeOf(queue);
  const flags = flagsOf(queue, entries);
  const staying = flagged(countFrom(0, size), flags, 0);
  if (staying.length === size) return queue;
  const renumbered = inverted(staying, size);
  const thinned = (round: Uint32Array) => gathered(renumbered, flagged(round, flags, 0));
  const played = order === null ? countFrom(0, place) : order.subarray(0, place);
  return {
    entryIds: gathered(queue.entryIds, staying),
    trackIds: gathered(queue.trackIds, staying),
    order: order === null ? null : thinned(order),
    place: flagged(played, flags, 0).length,
    past: queue.past.map(thinned),
    future: [],
  };
}

/** Takes out all but the current entry, and it too where the queue has ended. */
export function onlyCurrent(queue: Queue): Queue {
  const position = positionAt(queue, queue.place);
  const entryIds = queue.entryIds.slice(position, position + 1);
  const trackIds = queue.trackIds.slice(position, position + 1);
  const order = queue.order === null ? null : countFrom(0, entryIds.length);
  return { ...emptyQueue, entryIds, trackIds, order };
}

/**
 * Puts entries, in their present order, in front of the entry `before`; null: at the end. Shuffled,
 * only the play order changes and the list stays.
 */
export function moved(queue: Queue, entries: readonly number[], before: number | null): Queue {
  const order = queue.order ?? countFrom(0, sizeOf(queue));
  const flags = flagsOf(queue, entries);
  const target = before === null ? order.length : order.indexOf(queue.entryIds.indexOf(before));
  const inFront = flagged(order.subarray(0, target), flags, 0).length;
  const arranged = spliced(flagged(order, flags, 0), inFront, flagged(order, flags, 1));
  if (arranged.every((position, at) => position === order[at])) return queue;
  const current = order[queue.place];
  const place = current === undefined ? queue.place : arranged.indexOf(current);
  if (queue.order !== null) return { ...queue, order: arranged, place, future: [] };
  return {
    ...queue,
    entryIds: gathered(queue.entryIds, arranged),
    trackIds: gathered(queue.trackIds, arranged),
    place,
  };
}

/**
 * Goes to the entry at a place. Shuffled, the entry is drawn forward instead and what was skipped
 * is still to come, so that everything is played once whatever is picked.
 */
export function jumped(queue: Queue, place: number, random: () => number): Queue {
  const { order } = queue;
  const picked = order?.[place];
  if (order === null || picked === undefined || place === queue.place) return { ...queue, place };
  const ended = entryAt(queue, queue.place) === undefined;
  const round = ended ? nextRound(queue, random) : queue;
  const flags = new Uint8Array(order.length);
  flags[picked] = 1;
  const rest = flagged(round.order ?? order, flags, 0);
  const at = ended ? 0 : place < queue.place ? queue.place : queue.place + 1;
  return { ...round, order: spliced(rest, at, Uint32Array.of(picked)), place: at, future: [] };
}

/** By list position: 1 for those of `entries`. A few are found sooner one by one than by a set. */
function flagsOf({ entryIds }: Queue, entries: readonly number[]): Uint8Array {
  const flags = new Uint8Array(entryIds.length);
  if (entries.length <= fewEntries) {
    for (const entry of entries) {
      const position = entryIds.indexOf(entry);
      if (position >= 0) flags[position] = 1;
    }
    return flags;
  }
  const wanted = new Set(entries);
  for (let position = 0; position < entryIds.length; position += 1) {
    if (wanted.has(entryIds[position] ?? 0)) flags[position] = 1;
  }
  return flags;
}

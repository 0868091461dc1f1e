import type { Queue } from './queue.ts';
import { countFrom, entryAt, nextRound, positionAt, sizeOf } from './queue.ts';

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
  const behind = where === 'next' && queue.place < size;
  const place = behind ? queue.place + 1 : size;
  const position = behind ? positionAt(queue, queue.place) + 1 : size;
  const added = countFrom(position, count);
  const pushed = (round: Uint32Array, at: number) =>
    spliced(
      round.map((held) => (held < position ? held : held + count)),
      at,
      added,
    );
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
export function removed(queue: Queue, entries: ReadonlySet<number>): Queue {
  const { entryIds, order } = queue;
  const stays = (position: number) => !entries.has(entryIds[position] ?? 0);
  const renumbered = new Uint32Array(entryIds.length);
  let left = 0;
  for (let position = 0; position < entryIds.length; position += 1) {
    renumbered[position] = left;
    if (stays(position)) left += 1;
  }
  if (left === entryIds.length) return queue;
  const thinned = (round: Uint32Array) =>
    round.filter(stays).map((position) => renumbered[position] ?? 0);
  return {
    entryIds: entryIds.filter((_, position) => stays(position)),
    trackIds: queue.trackIds.filter((_, position) => stays(position)),
    order: order === null ? null : thinned(order),
    place:
      order === null
        ? (renumbered[queue.place] ?? left)
        : order.subarray(0, queue.place).filter(stays).length,
    past: queue.past.map(thinned),
    future: [],
  };
}

/**
 * Puts entries, in their present order, in front of the entry `before`; null: at the end. Shuffled,
 * only the play order changes and the list stays.
 */
export function moved(queue: Queue, entries: ReadonlySet<number>, before: number | null): Queue {
  const order = queue.order ?? countFrom(0, sizeOf(queue));
  const isMoved = (position: number) => entries.has(queue.entryIds[position] ?? 0);
  const target = before === null ? order.length : order.indexOf(queue.entryIds.indexOf(before));
  const staying = order.filter((position) => !isMoved(position));
  const inFront = order.subarray(0, target).filter((position) => !isMoved(position)).length;
  const arranged = spliced(staying, inFront, order.filter(isMoved));
  const current = order[queue.place];
  const place = current === undefined ? queue.place : arranged.indexOf(current);
  if (queue.order !== null) return { ...queue, order: arranged, place, future: [] };
  return {
    ...queue,
    entryIds: arranged.map((position) => queue.entryIds[position] ?? 0),
    trackIds: arranged.map((position) => queue.trackIds[position] ?? 0),
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
  const rest = (round.order ?? order).filter((position) => position !== picked);
  const at = ended ? 0 : place < queue.place ? queue.place : queue.place + 1;
  return { ...round, order: spliced(rest, at, Uint32Array.of(picked)), place: at, future: [] };
}

function spliced(list: Uint32Array, at: number, added: Uint32Array): Uint32Array {
  const result = new Uint32Array(list.length + added.length);
  result.set(list.subarray(0, at));
  result.set(added, at);
  result.set(list.subarray(at), at + added.length);
  return result;
}

import { z } from 'zod';
import { RepeatMode } from '../../shared/session.ts';
import { quietRules } from './break-rules.ts';
import type { Queue } from './queue.ts';
import { emptyQueue, entryAt, sizeOf, trackAt } from './queue.ts';
import type { SessionState } from './session-state.ts';
import { newSession } from './session-state.ts';

const Seconds = z.number().min(0).max(1e9);
const maxId = 0xffff_ffff;

/** The light part of a saved session, written about once a second while music plays. */
export const SavedPlace = z.object({
  /** Place in the play order; its length when the queue had ended. */
  place: z.int().min(0).max(maxId).catch(0),
  /** False: nothing was loaded at that place. */
  loaded: z.boolean().catch(true),
  positionSeconds: Seconds.catch(0),
  volume: z.number().min(0).max(1).catch(1),
  muted: z.boolean().catch(false),
  repeat: RepeatMode.catch('off'),
  /** What repeat falls back to when repeating a track is allowed no more. */
  repeatBefore: z.enum(['off', 'all']).catch('off'),
  timesLeft: z.int().min(0).max(1000).nullable().catch(null),
  audibleSeconds: Seconds.catch(0),
  quietSeconds: Seconds.max(quietRules.mostSeconds).catch(0),
  /** Spots of the last hour: when they ended (wall clock, ms) and how long they were heard. */
  spots: z
    .array(z.object({ at: z.number(), seconds: Seconds }))
    .max(1000)
    .catch([]),
});
export type SavedPlace = z.infer<typeof SavedPlace>;

export interface SavedPart {
  readonly queue?: SavedQueue;
  readonly place?: SavedPlace;
}

/** As read back: unchecked until `restoreSession` has judged it. */
export interface SavedSession {
  readonly queue: SavedQueue;
  /** A `SavedPlace` if all is well; null when it was missing or unreadable. */
  readonly place: unknown;
}

/** The heavy part, written only when the queue itself changes. */
export interface SavedQueue {
  /** Parallel, in list order. */
  readonly entryIds: Uint32Array;
  readonly trackIds: Uint32Array;
  /** Play order as list positions; null when it is the list's own. */
  readonly order: Uint32Array | null;
  /** Shuffled rounds gone by, oldest first, one after the other, each as long as the list. */
  readonly past: Uint32Array;
}

export function savedPlaceOf(state: SessionState): SavedPlace {
  const { queue, now, positionSeconds, volume, muted, breaks } = state;
  const { repeat, repeatBefore, timesLeft } = state;
  const { audibleSeconds, quietSeconds, spots } = breaks;
  return {
    place: queue.place,
    loaded: now !== null,
    positionSeconds,
    volume,
    muted,
    repeat,
    repeatBefore,
    timesLeft,
    audibleSeconds,
    quietSeconds,
    spots: spots.map(({ at, seconds }) => ({ at, seconds })),
  };
}

export function savedQueueOf(queue: Queue): SavedQueue {
  const size = sizeOf(queue);
  const past = new Uint32Array(size * queue.past.length);
  queue.past.forEach((round, index) => past.set(round, index * size));
  return { entryIds: queue.entryIds, trackIds: queue.trackIds, order: queue.order, past };
}

/** Whether saving the queue again would write anything else. */
export function isSavedAlike(one: Queue, other: Queue): boolean {
  return one.entryIds === other.entryIds && one.order === other.order && one.past === other.past;
}

/**
 * The session as it was, paused. A sleep timer, a marked stop and a running loop are of the evening
 * on which they were set, and end with the app.
 * Never throws: what is damaged is left out, and the most that
 * remains is kept; a field that can't be read takes its default, a play order that doesn't fit its
 * list gives way to the list's own.
 */
export function restoreSession(saved: SavedSession, monotonicSeconds: number): SessionState {
  const empty = newSession(monotonicSeconds);
  const readable = SavedPlace.safeParse(saved.place ?? {});
  const place = readable.success ? readable.data : SavedPlace.parse({});
  const whole = queueFrom(saved.queue);
  const queue = { ...whole, place: Math.min(place.place, sizeOf(whole)) };
  const entry = place.loaded ? entryAt(queue, queue.place) : undefined;
  const trackId = trackAt(queue, queue.place);
  const loaded = entry !== undefined && trackId !== undefined;
  const startSeconds = loaded ? place.positionSeconds : 0;
  return {
    ...empty,
    queue,
    nextEntry: queue.entryIds.reduce((most, id) => Math.max(most, id), 0) + 1,
    status: loaded ? 'paused' : 'idle',
    now: loaded
      ? { play: 1, entry, trackId, row: 'wanted', startSeconds, inAlbum: null, failed: false }
      : null,
    lastPlay: 1,
    positionSeconds: startSeconds,
    volume: place.volume,
    muted: place.muted,
    repeat: place.repeat,
    repeatBefore: place.repeatBefore,
    timesLeft: place.repeat === 'track' ? place.timesLeft : null,
    breaks: {
      ...empty.breaks,
      audibleSeconds: place.audibleSeconds,
      quietSeconds: place.quietSeconds,
      spots: place.spots.map((spot) => ({ ...spot, clockSeconds: null })),
    },
  };
}

/** Entries with an id of their own and a track stay; orders count only if they fit. */
function queueFrom({ entryIds, trackIds, order, past }: SavedQueue): Queue {
  const seen = new Set<number>();
  const size = Math.min(entryIds.length, trackIds.length);
  const good = (position: number) => {
    const entry = entryIds[position] ?? 0;
    if (entry === 0 || trackIds[position] === 0 || seen.has(entry)) return false;
    seen.add(entry);
    return true;
  };
  const positions = Uint32Array.from({ length: size }, (_, index) => index).filter(good);
  const list = {
    ...emptyQueue,
    entryIds: positions.map((position) => entryIds[position] ?? 0),
    trackIds: positions.map((position) => trackIds[position] ?? 0),
  };
  const kept = positions.length;
  if (order === null || kept < entryIds.length || !isOrder(order, kept)) return list;
  const rounds = kept === 0 ? 0 : Math.floor(past.length / kept);
  const lengths = Array.from({ length: rounds }, (_, index) => index * kept);
  const played = lengths.map((from) => past.slice(from, from + kept));
  return { ...list, order, past: played.every((round) => isOrder(round, kept)) ? played : [] };
}

/** Every position below `size` exactly once. */
function isOrder(order: Uint32Array, size: number): boolean {
  const seen = new Uint8Array(size);
  return (
    order.length === size &&
    order.every((position) => {
      if (position >= size || seen[position] === 1) return false;
      seen[position] = 1;
      return true;
    })
  );
}

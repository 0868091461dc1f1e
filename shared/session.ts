import { z } from 'zod';
import { leastSpeed, mostSpeed } from './sound-limits.ts';
import type { LoopPoints, Playable } from './track-sound.ts';

export const RepeatMode = z.enum(['off', 'all', 'track']);
export type RepeatMode = z.infer<typeof RepeatMode>;

/**
 * One playing of one track. `play` is unique for the session's life: reports that carry an older
 * one are ignored, so a late message can never move the queue.
 */
export interface Play {
  readonly play: number;
  readonly entry: number;
  readonly track: Playable;
  /** Where to begin, in seconds. */
  readonly startSeconds: number;
  /** It stands in the queue beside a track of its own album, in the album's order. */
  readonly inAlbum: boolean;
}

/** What the window mirrors and the engine follows. Small: the queue's ids are asked for apart. */
export interface SessionView {
  readonly status: 'idle' | 'playing' | 'paused';
  readonly now: Play | null;
  /** What will follow `now`; the engine decodes it ahead. */
  readonly next: Play | null;
  readonly join: Join;
  /**
   * The engine goes round within these points of `now` and reports each round; null: on, also in the
   * middle of a round. An end at the track's length or beyond it is the track's own.
   */
  readonly loop: LoopPoints | null;
  /** How fast `now` plays, 1 as recorded: what the listener set, or the pace of their practice. */
  readonly speed: number;
  /**
   * The session falls asleep: while it plays, the sound sinks to silence within so many seconds of
   * this view, and a pause follows. Null: at full volume, also again after it began to sink.
   */
  readonly fadeSeconds: number | null;
  /** What the listener marked to be repeated within `now`, and whether it is. */
  readonly marked: MarkedLoop | null;
  /** As it stands: `minutes` are those left, a begun one counted whole. */
  readonly sleep: Sleep | null;
  /** The queue stops, once, at the end of this entry. */
  readonly stopAfter: number | null;
  /** With repeat 'track': how often it plays again after this; null: without end. */
  readonly timesLeft: number | null;
  /** Position of `now` when this view was made. `seek` rises when the engine has to jump there. */
  readonly positionSeconds: number;
  readonly seek: number;
  readonly adBreak: AdBreakView | null;
  /**
   * Ad-free minutes that the listener earned, begun ones whole; they run down while music is heard.
   * As long as there are any no break falls due, nor is a banner shown.
   */
  readonly quietSeconds: number;
  /** The listener accepted an extra ad for more of them; it plays at the next rest. */
  readonly quietWanted: boolean;
  readonly canEarnQuiet: boolean;
  /** 0 … 1, as the slider stands. */
  readonly volume: number;
  readonly muted: boolean;
  readonly shuffle: boolean;
  readonly repeat: RepeatMode;
  /** There is something to play or to resume, also when a queue has ended. */
  readonly canPlay: boolean;
  readonly canPrevious: boolean;
  readonly canNext: boolean;
  /** Rises with every change of the queue: ask `session.queue` again. */
  readonly queueRevision: number;
}

/** Saved points of a track, or those that it goes round within. */
export interface MarkedLoop {
  readonly points: LoopPoints;
  readonly on: boolean;
  /** Rounds to come after this one; null: without end. */
  readonly roundsLeft: number | null;
  readonly practice: Practice | null;
}

/** A pace that rises: from so many percent of the recorded one, by so many a round, up to so many. */
export const Practice = z.object({
  fromPercent: z
    .int()
    .min(leastSpeed * 100)
    .max(mostSpeed * 100),
  stepPercent: z.int().min(0).max(100),
  toPercent: z
    .int()
    .min(leastSpeed * 100)
    .max(mostSpeed * 100),
});
export type Practice = z.infer<typeof Practice>;

/** When the music is to end: after some time, or where the track or the album does. */
export const Sleep = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('time'), minutes: z.int().min(1).max(1440) }),
  z.object({ kind: z.literal('track') }),
  z.object({ kind: z.literal('album') }),
]);
export type Sleep = z.infer<typeof Sleep>;

/**
 * What the engine does at the end of `now`. `none`: it reports `ended` and waits. Else it goes over
 * into `next` by itself and reports `crossed`: `gapless` on the next sample, `crossfade` while the
 * one fades out and the other in.
 */
export type Join =
  { readonly kind: 'none' | 'gapless' } | { readonly kind: 'crossfade'; readonly seconds: number };

/** A break as the window shows and plays it, one spot at a time. */
export interface AdBreakView {
  /** Identifies this playing of this spot, like `Play.play`. */
  readonly spot: number;
  /** Place in the pod, from 1. */
  readonly index: number;
  readonly count: number;
  readonly advertiser: string;
  readonly title: string;
  /** On the app's own origin. */
  readonly mediaUrl: string;
  readonly format: 'mp3' | 'opus' | 'ogg' | 'm4a' | 'wav';
  readonly seconds: number;
  /** Linear gain, ≤ 1, that keeps the spot at or below the music's loudness. */
  readonly gain: number;
  readonly companion: {
    readonly imageUrl: string;
    readonly alt: string;
    readonly clickHost: string;
  } | null;
  /** Seconds into the spot from which it may be skipped; null: never. */
  readonly skipAfterSeconds: number | null;
  /** Muted or at volume 0 the spot is held until there is sound again. */
  readonly held: boolean;
}

/** The queue in the order it will play, history included. */
export interface QueueView {
  readonly revision: number;
  /** Parallel arrays: the entry's own id and its track. */
  readonly entryIds: Uint32Array;
  readonly trackIds: Uint32Array;
  /** Place of what plays now, −1 when nothing does. Entries before it are history. */
  readonly index: number;
}

const Play = z.int().min(0);
const Seconds = z.number().min(0).max(1e7);

/** What the engine tells main. Seconds are positions in the track or spot. */
export const EngineReport = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), play: Play }),
  z.object({ kind: z.literal('position'), play: Play, seconds: Seconds }),
  /** The engine crossed the boundary into `play` without a gap. */
  z.object({ kind: z.literal('crossed'), play: Play }),
  z.object({ kind: z.literal('ended'), play: Play }),
  /** A round of `loop` is over and the next one sounds. */
  z.object({ kind: z.literal('looped'), play: Play }),
  z.object({ kind: z.literal('failed'), play: Play, reason: z.string().max(300) }),
  /** What sounded was unplugged, and the system's own output is used. `pauses`: main is to pause. */
  z.object({ kind: z.literal('outputLost'), name: z.string().max(200), pauses: z.boolean() }),
  z.object({ kind: z.literal('spotStarted'), spot: Play }),
  z.object({ kind: z.literal('spotPosition'), spot: Play, seconds: Seconds }),
  z.object({ kind: z.literal('spotEnded'), spot: Play }),
  z.object({ kind: z.literal('spotFailed'), spot: Play, reason: z.string().max(300) }),
]);
export type EngineReport = z.infer<typeof EngineReport>;

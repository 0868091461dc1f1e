import type { Notice } from '../../shared/contract.ts';
import type {
  EngineReport,
  Practice,
  RepeatMode,
  SessionView,
  Sleep,
} from '../../shared/session.ts';
import type { SoundSettings } from '../../shared/sound-settings.ts';
import type { Feature } from '../../shared/tier.ts';
import type { Id } from '../../shared/track.ts';
import type { LoopPoints, Playable } from '../../shared/track-sound.ts';
import type { BreakRequest, Pod, Spot, SpotEvent } from './ads-port.ts';
import type { HeardSpot } from './break-rules.ts';
import type { HeardMark } from './heard-time.ts';
import type { Queue } from './queue.ts';
import { emptyQueue } from './queue.ts';

/** The whole session as one value. Nothing in it is ever written to. */
export interface SessionState {
  readonly queue: Queue;
  readonly queueRevision: number;
  /** Id for the next new entry. */
  readonly nextEntry: number;
  /** `idle`: nothing is loaded and no spot plays. */
  readonly status: SessionView['status'];
  /** What is loaded at the queue's place. During a break it waits at its start. */
  readonly now: Loaded | null;
  /** What follows `now` if nothing is done; over a round's edge, with repeat, the tier asked. */
  readonly next: Loaded | null;
  /** The newest id given to a play, a spot or a request for a pod; they share one row of numbers. */
  readonly lastPlay: number;
  readonly positionSeconds: number;
  readonly seek: number;
  readonly volume: number;
  readonly muted: boolean;
  readonly repeat: RepeatMode;
  /** What repeat falls back to when repeating a track is allowed no more. */
  readonly repeatBefore: 'off' | 'all';
  /** With repeat 'track': how often it plays again after this; null: without end. */
  readonly timesLeft: number | null;
  /** What `now` goes round within; it ends with the entry. */
  readonly loop: ActiveLoop | null;
  readonly sleep: SleepTimer | null;
  /** The queue stops, once, at the end of this entry. */
  readonly stopAfter: number | null;
  /** Tracks that failed one after the other. */
  readonly failures: number;
  /** Tracks that were away or gone, one after the other. */
  readonly passedOver: number;
  /** Audible time of this play. */
  readonly heardSeconds: number;
  /** The play has counted. */
  readonly counted: boolean;
  readonly mark: HeardMark | null;
  readonly breaks: Breaks;
}

export interface Loaded {
  readonly play: number;
  readonly entry: number;
  readonly trackId: Id;
  /** `wanted`: not looked up yet; `gone`: the library has it no more. */
  readonly row: Playable | 'wanted' | 'gone';
  readonly startSeconds: number;
  /** It is part of an album that plays in its order, as it stood when its row came; null before. */
  readonly inAlbum: boolean | null;
  /** The engine could not play it while paused; it is tried again on resume. */
  readonly failed: boolean;
}

/** A repeated part of a track. */
export interface ActiveLoop {
  readonly points: LoopPoints;
  /** Rounds gone by. */
  readonly rounds: number;
  /** Rounds to come after this one; null: without end. With 0 it only plays to the part's end. */
  readonly roundsLeft: number | null;
  readonly practice: Practice | null;
}

export type SleepTimer =
  | { readonly kind: 'track' | 'album' }
  | {
      readonly kind: 'time';
      readonly leftSeconds: number;
      /** Monotonic clock when `leftSeconds` was brought up to date. */
      readonly clockSeconds: number;
    };

export interface Breaks {
  /** Audible content since the last break; quiet minutes are not part of it. */
  readonly audibleSeconds: number;
  /** Ad-free time that was earned and is left. */
  readonly quietSeconds: number;
  /** The listener accepted an extra ad, which waits for a rest. */
  readonly quietWanted: boolean;
  /** Monotonic clock at the session's start. */
  readonly openedSeconds: number;
  readonly spots: readonly HeardSpot[];
  /** The play in which a pod was asked for last: one is asked for once a play. */
  readonly askedIn: number;
  /** A boundary was skipped over while a break was due: the pod is asked for at once. */
  readonly hurried: boolean;
  readonly phase: BreakPhase;
}

export type BreakPhase =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'asked';
      readonly request: number;
      readonly extra: boolean;
      readonly sinceSeconds: number;
    }
  | {
      readonly kind: 'ready';
      readonly pod: Pod;
      readonly extra: boolean;
      readonly sinceSeconds: number;
    }
  | BreakPlaying;

export interface BreakPlaying {
  readonly kind: 'playing';
  readonly pod: Pod;
  /** The ad that earns quiet minutes: no break that fell due. */
  readonly extra: boolean;
  /** The play that was paused when the break began, and is again after it; null: music goes on. */
  readonly pausedPlay: number | null;
  readonly index: number;
  /** Something of this break was audible. */
  readonly heard: boolean;
  readonly spot: SpotPlay;
}

/** One playing of one spot. Times in seconds. */
export interface SpotPlay {
  readonly id: number;
  readonly started: boolean;
  readonly positionSeconds: number;
  readonly heardSeconds: number;
  readonly mark: HeardMark | null;
  readonly impressed: boolean;
  /** Quartiles told so far, 0 … 3. */
  readonly quartiles: number;
  /** Monotonic clock when `ran` and `still` were last brought up to date. */
  readonly clockSeconds: number;
  /** How long it has been let play, and how long since it last moved. */
  readonly ranSeconds: number;
  readonly stillSeconds: number;
}

/** What the session goes by of how the music is sounded. */
export type SessionSound = Pick<
  SoundSettings,
  'crossfadeSeconds' | 'speed' | 'gainMode' | 'preampDecibels' | 'equalisers'
>;

/** The outside world at one moment, handed in so that the step stays pure. */
export interface World {
  /** Wall clock. */
  readonly nowMs: number;
  readonly monotonicSeconds: number;
  readonly random: () => number;
  readonly allows: (feature: Feature) => boolean;
  /** Of the listener's settings what the session goes by. */
  readonly sound: SessionSound;
}

/** What the step wants done outside. */
export type Effect =
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'breakWanted'; readonly request: number; readonly wanted: BreakRequest }
  | { readonly kind: 'spotHappened'; readonly spot: Spot; readonly event: SpotEvent }
  | { readonly kind: 'playCounted'; readonly trackId: Id }
  /** The listener set, moved or (null) took away the points of a track's loop. */
  | { readonly kind: 'loopMarked'; readonly trackId: Id; readonly points: LoopPoints | null };

/** The world within one step, with a place to leave effects. */
export interface Turn extends World {
  readonly emit: (effect: Effect) => void;
}

export type SessionEvent =
  | {
      readonly kind: 'play';
      readonly trackIds: Uint32Array;
      readonly start: number | null;
      /** Undefined: as it is. */
      readonly shuffle: boolean | undefined;
    }
  | { readonly kind: 'enqueue'; readonly trackIds: Uint32Array; readonly where: 'next' | 'end' }
  | { readonly kind: 'jump'; readonly entry: number }
  | { readonly kind: 'removeEntries'; readonly entries: readonly number[] }
  | {
      readonly kind: 'moveEntries';
      readonly entries: readonly number[];
      readonly before: number | null;
    }
  | { readonly kind: 'restoreQueue'; readonly before: QueueBefore }
  | { readonly kind: 'clear' | 'resume' | 'pause' | 'next' | 'previous' | 'skipSpot' }
  | { readonly kind: 'earnQuiet' | 'dropQuiet' }
  | { readonly kind: 'setSleep'; readonly sleep: Sleep | null }
  | { readonly kind: 'setStopAfter'; readonly entry: number | null }
  | { readonly kind: 'repeatTimes'; readonly times: number }
  | {
      readonly kind: 'setLoopPoint';
      readonly play: number;
      readonly point: 'start' | 'end';
      readonly seconds: number;
      /** It goes round from now on, else only if it did. */
      readonly starts: boolean;
    }
  | {
      readonly kind: 'startLoop';
      /** Altogether; null: without end. */
      readonly rounds: number | null;
      readonly practice: Practice | null;
    }
  | { readonly kind: 'stopLoop' | 'clearLoop' }
  | { readonly kind: 'seek'; readonly seconds: number }
  | { readonly kind: 'setVolume'; readonly volume: number }
  | { readonly kind: 'setMuted'; readonly muted: boolean }
  | { readonly kind: 'setShuffle'; readonly shuffle: boolean }
  | { readonly kind: 'setRepeat'; readonly repeat: RepeatMode }
  | { readonly kind: 'reported'; readonly report: EngineReport }
  | {
      readonly kind: 'tracksFound';
      readonly asked: readonly Id[];
      /** With them, those that play right before and after. */
      readonly tracks: readonly Playable[];
    }
  | { readonly kind: 'breakReady'; readonly request: number; readonly pod: Pod }
  | { readonly kind: 'breakEmpty'; readonly request: number }
  | { readonly kind: 'timePassed'; readonly seconds: number }
  | { readonly kind: 'tierChanged' | 'soundChanged' | 'ticked' };

/** What undo needs to bring a queue back as it stood. */
export type QueueBefore = Pick<SessionState, 'queue' | 'now' | 'status' | 'positionSeconds'>;

export function newSession(monotonicSeconds: number): SessionState {
  return {
    queue: emptyQueue,
    queueRevision: 0,
    nextEntry: 1,
    status: 'idle',
    now: null,
    next: null,
    lastPlay: 0,
    positionSeconds: 0,
    seek: 0,
    volume: 1,
    muted: false,
    repeat: 'off',
    repeatBefore: 'off',
    timesLeft: null,
    loop: null,
    sleep: null,
    stopAfter: null,
    failures: 0,
    passedOver: 0,
    heardSeconds: 0,
    counted: false,
    mark: null,
    breaks: {
      audibleSeconds: 0,
      quietSeconds: 0,
      quietWanted: false,
      openedSeconds: monotonicSeconds,
      spots: [],
      askedIn: 0,
      hurried: false,
      phase: { kind: 'none' },
    },
  };
}

/** The row, if the library has given it. */
export function trackOf(loaded: Loaded | null): Playable | null {
  return loaded === null || typeof loaded.row === 'string' ? null : loaded.row;
}

export function isShuffled(state: SessionState): boolean {
  return state.queue.order !== null;
}

export function isAudible(state: SessionState): boolean {
  return !state.muted && state.volume > 0;
}

/** Place of what is loaded, −1 when nothing is. */
export function queueIndex(state: SessionState): number {
  return state.now === null ? -1 : state.queue.place;
}

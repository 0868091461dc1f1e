import type { Track } from './track.ts';

/** A track that may be played: its row and how it is to be sounded. */
export interface Playable extends Track {
  readonly sound: TrackSound;
}

export interface TrackSound {
  /** Which part of its file the track is, as cue sheets say; null: all of it. */
  readonly part: FilePart | null;
  /** How loud the track is, and the album that it belongs to; null: nobody knows yet. */
  readonly loudness: { readonly track: Loudness | null; readonly album: Loudness | null };
  /** What the listener set to be repeated within this track. */
  readonly loop: LoopPoints | null;
  /** How the listener wants this track to go over into certain others. */
  readonly joins: readonly PairJoin[];
}

export interface PairJoin {
  readonly nextId: number;
  /** 0: no crossfade. */
  readonly crossfadeSeconds: number;
}

/** Seconds in the file. */
export interface FilePart {
  readonly startSeconds: number;
  /** Null: to the file's end. */
  readonly endSeconds: number | null;
}

export interface Loudness {
  /** Integrated loudness by EBU R128, in LUFS; what tags say as gains is turned into it. */
  readonly lufs: number;
  /** The highest true peak, 1 is full scale; null: not known. */
  readonly peak: number | null;
}

/** Seconds in the track, the start before the end. */
export interface LoopPoints {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

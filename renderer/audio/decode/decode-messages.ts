import type { AudioFormat } from '../../../shared/track.ts';
import type { FilePart } from '../../../shared/track-sound.ts';

/** One array per channel, all of the same length, −1 … 1. */
export type Planes = readonly Float32Array<ArrayBuffer>[];

/** A run of decoded frames at the context's rate. Its planes belong to whoever holds the block. */
export interface Block {
  readonly planes: Planes;
  readonly frames: number;
  /** Place of its first frame in the track, in frames at the context's rate. */
  readonly trackFrame: number;
  /** Frames of the track that go by with each of its own; 1: as recorded. */
  readonly speed: number;
}

/**
 * `missing`: there is no such file. `undecodable`: this path can't play it, another might.
 * `broken`: it began well and then was damaged or too short.
 */
export type FailureKind = 'missing' | 'undecodable' | 'broken';

/** Which music is wanted, and how. Seconds are places in the track, wherever in its file it lies. */
export interface StreamRequest {
  /** On the page's own origin. */
  readonly url: string;
  readonly format: AudioFormat;
  /** Where in the file the track lies; null: all of it. */
  readonly part: FilePart | null;
  readonly startSeconds: number;
  /** Null: the track's own end. */
  readonly endSeconds: number | null;
  /** Of the context that plays the blocks, in hertz. */
  readonly sampleRate: number;
  /** How fast the track is to go by, at the pitch it has; 1: as recorded. */
  readonly speed: number;
}

/** Every stream has a number of its own, so that a late message can't reach its successor. */
export type ToDecoder =
  | {
      readonly kind: 'open';
      readonly stream: number;
      readonly request: StreamRequest;
      /** How much may be sent before anything is granted. */
      readonly creditFrames: number;
    }
  | { readonly kind: 'grant'; readonly stream: number; readonly frames: number }
  | { readonly kind: 'close'; readonly stream: number };

export type FromDecoder =
  | { readonly kind: 'block'; readonly stream: number; readonly block: Block }
  | { readonly kind: 'finished'; readonly stream: number }
  | {
      readonly kind: 'failed';
      readonly stream: number;
      readonly failure: FailureKind;
      readonly reason: string;
    };

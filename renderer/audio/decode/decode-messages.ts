/** One array per channel, all of the same length, −1 … 1. */
export type Planes = readonly Float32Array<ArrayBuffer>[];

/** A run of decoded frames at the context's rate. Its planes belong to whoever holds the block. */
export interface Block {
  readonly planes: Planes;
  readonly frames: number;
  /** Place of its first frame in the track, in frames at the context's rate. */
  readonly trackFrame: number;
}

/**
 * `missing`: there is no such file. `undecodable`: this path can't play it, another might.
 * `broken`: it began well and then was damaged or too short.
 */
export type FailureKind = 'missing' | 'undecodable' | 'broken';

/** Every stream has a number of its own, so that a late message can't reach its successor. */
export type ToDecoder =
  | {
      readonly kind: 'open';
      readonly stream: number;
      /** Absolute. */
      readonly url: string;
      readonly startSeconds: number;
      /** Of the context that will play the blocks, in hertz. */
      readonly sampleRate: number;
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

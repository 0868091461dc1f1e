import moduleUrl from '../../../node_modules/@audio/decode-wma/src/wma.wasm.js?url';

/** The decoders of WMA as they were compiled. Pointers are bytes into its memory. */
export interface WmaModule {
  /** A decoder, or 0. */
  readonly _wma_create: (
    channels: number,
    sampleRate: number,
    bitsPerSecond: number,
    blockBytes: number,
    codec: number,
    sampleBits: number,
    extra: number,
    extraBytes: number,
  ) => number;
  /** Where the samples are, channel by channel in every frame; 0: none. Without bytes: the rest. */
  readonly _wma_decode: (decoder: number, block: number, bytes: number) => number;
  /** Of all channels together. */
  readonly _wma_samples: () => number;
  readonly _wma_channels: () => number;
  readonly _malloc: (bytes: number) => number;
  /** These are others after the memory has grown. */
  readonly HEAPU8: Uint8Array<ArrayBuffer>;
  readonly HEAPF32: Float32Array<ArrayBuffer>;
}

/**
 * A fresh decoder library: memory of its own, which goes when nobody holds it. It is under the
 * LGPL, so it stays a file by itself that can be replaced, and is not bundled.
 */
export async function createWmaModule(): Promise<WmaModule> {
  const loaded = (await import(/* @vite-ignore */ moduleUrl)) as {
    readonly default: () => Promise<WmaModule>;
  };
  return loaded.default();
}

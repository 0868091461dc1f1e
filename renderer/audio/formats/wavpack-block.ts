/** A WavPack block's header. Blocks of the same place hold one or two channels each. */
export interface WavpackBlock {
  readonly bytes: number;
  readonly firstFrame: number;
  /** 0: it holds no sound. */
  readonly frames: number;
  /** Of the whole file; null where its writer didn't know. */
  readonly totalFrames: number | null;
  readonly isFirstOfPlace: boolean;
  readonly isLastOfPlace: boolean;
  readonly kind: 'whole numbers' | 'floating' | 'one bit';
  /** Of a sample, as it is kept: with unused bits at its low end. */
  readonly sampleBytes: number;
  /** How many of its bits are used. */
  readonly sampleBits: number;
}

export const wavpackHeaderBytes = 32;

/** A second of two channels at the highest rate is less; longer ones are forged. */
const mostBlockBytes = 2 * 1024 * 1024;
const mostBlockFrames = 1 << 20;

/**
 * Null when there is none at this place.
 * @see https://www.wavpack.com/WavPack5FileFormat.pdf
 */
export function readWavpackBlock(bytes: Uint8Array, at: number): WavpackBlock | null {
  if (at + wavpackHeaderBytes > bytes.length) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, wavpackHeaderBytes);
  if (view.getUint32(0) !== 0x7776_706b) return null;
  const blockBytes = view.getUint32(4, true) + 8;
  const version = view.getUint16(8, true);
  const frames = view.getUint32(20, true);
  const sound =
    blockBytes >= wavpackHeaderBytes &&
    blockBytes <= mostBlockBytes &&
    version >= 0x402 &&
    version <= 0x410 &&
    frames <= mostBlockFrames;
  if (!sound) return null;
  const flags = view.getUint32(24, true);
  const totalLow = view.getUint32(12, true);
  const sampleBytes = (flags & 3) + 1;
  return {
    bytes: blockBytes,
    firstFrame: view.getUint32(16, true) + view.getUint8(10) * 2 ** 32,
    frames,
    totalFrames: totalLow === 0xffff_ffff ? null : totalLow + view.getUint8(11) * 2 ** 32,
    isFirstOfPlace: (flags & 0x800) !== 0,
    isLastOfPlace: (flags & 0x1000) !== 0,
    kind: flags >>> 31 === 1 ? 'one bit' : (flags & 0x80) !== 0 ? 'floating' : 'whole numbers',
    sampleBytes,
    sampleBits: 8 * sampleBytes - ((flags >>> 13) & 31),
  };
}

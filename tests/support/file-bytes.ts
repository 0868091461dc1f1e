import type { MediaFile } from '../../renderer/audio/decode/media-file.ts';

/** Bytes in memory, read as the window reads a file. */
export function bytesFile(bytes: Uint8Array): Pick<MediaFile, 'size' | 'bytesAt'> {
  return {
    size: bytes.length,
    bytesAt: (start, length) => Promise.resolve(bytes.subarray(start, start + length)),
  };
}

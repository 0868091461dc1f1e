import type { MediaFile } from '../decode/media-file.ts';

/** What the readers of formats need of a file. */
export type Bytes = Pick<MediaFile, 'size' | 'bytesAt'>;

/** Read at once: a second of most formats, so that few requests cross to main. */
const windowBytes = 256 * 1024;

/** The same file, read in larger pieces: for decoders that go through it from a place on. */
export function readAhead(file: Bytes): Bytes {
  let near = { start: 0, bytes: new Uint8Array() };
  return {
    size: file.size,
    bytesAt: async (start, length) => {
      const end = Math.min(start + length, file.size);
      if (end <= start) return new Uint8Array();
      if (start < near.start || end > near.start + near.bytes.length) {
        const wanted = Math.min(Math.max(length, windowBytes), file.size - start);
        near = { start, bytes: new Uint8Array(await file.bytesAt(start, wanted)) };
      }
      return near.bytes.subarray(start - near.start, end - near.start);
    },
  };
}

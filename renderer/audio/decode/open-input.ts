import type { CustomSourceOptions } from 'mediabunny';
import { ADTS, CustomSource, FLAC, Input, MATROSKA, MP3, MP4, OGG, WAVE, WEBM } from 'mediabunny';
import type { Entry } from './find-frame.ts';
import type { MediaFile } from './media-file.ts';

/** What was read is not needed again, but for the index of some formats. */
const cacheBytes = 1024 * 1024;

/** @param entry given: the file is read as if it began there */
export function openInput(file: MediaFile, entry: Entry | null): Input {
  const source = new CustomSource({
    ...(entry === null ? wholeFile(file) : fileFrom(file, entry)),
    maxCacheSize: cacheBytes,
    // The file itself gives more than was asked for.
    prefetchProfile: 'none',
    // Whoever waits for the bytes hears of it as well.
    handleUnhandledError: () => undefined,
  });
  return new Input({ source, formats: [MP3, FLAC, MP4, OGG, WAVE, ADTS, WEBM, MATROSKA] });
}

type Reading = Pick<CustomSourceOptions, 'getSize' | 'read'>;

function wholeFile(file: MediaFile): Reading {
  return { getSize: () => file.size, read: file.read };
}

/** What readers need of a beginning, and right behind it the file from the entry on. */
function fileFrom(file: MediaFile, { head, startByte }: Entry): Reading {
  const leftOut = startByte - head.length;
  return {
    getSize: () => file.size - leftOut,
    read: async (start, end) => {
      if (start >= head.length) return file.read(start + leftOut, end + leftOut);
      if (end <= head.length) return head.subarray(start, end);
      const both = new Uint8Array(end - start);
      both.set(head.subarray(start));
      both.set(await file.bytesAt(startByte, end - head.length), head.length - start);
      return both;
    },
  };
}

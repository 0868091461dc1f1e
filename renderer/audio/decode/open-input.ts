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
    prefetchProfile: 'fileSystem',
    // Whoever waits for the bytes hears of it as well.
    handleUnhandledError: () => undefined,
  });
  return new Input({ source, formats: [MP3, FLAC, MP4, OGG, WAVE, ADTS, WEBM, MATROSKA] });
}

type Reading = Pick<CustomSourceOptions, 'getSize' | 'read'>;

function wholeFile(file: MediaFile): Reading {
  return { getSize: () => file.size, read: file.read };
}

/** The file's head, and right behind it what starts at the entry. */
function fileFrom(file: MediaFile, { headBytes, startByte }: Entry): Reading {
  const leftOut = startByte - headBytes;
  return {
    getSize: () => file.size - leftOut,
    read: async (start, end) => {
      if (start >= headBytes) return file.read(start + leftOut, end + leftOut);
      if (end <= headBytes) return file.read(start, end);
      const head = await file.bytesAt(start, headBytes - start);
      const rest = await file.bytesAt(startByte, end - headBytes);
      const both = new Uint8Array(end - start);
      both.set(head);
      both.set(rest, head.length);
      return both;
    },
  };
}

import { basename } from 'node:path';
import type { SkipReason } from '../../../shared/library.ts';
import { type FileCue, fileTracks } from '../cue/cue-tracks.ts';
import { type PreparedTags, prepareTags } from '../prepare-tags.ts';
import { audioHash } from '../tags/audio-hash.ts';
import { readTags } from '../tags/read-tags.ts';
import { createLook } from './look.ts';

/** What became of a file. */
export type FileReading =
  /** The file's tracks: more than one where a cue sheet says so. */
  | {
      readonly kind: 'read';
      readonly tracks: readonly PreparedTags[];
      /** The sheet beside it does not fit it. */
      readonly isCueLonger: boolean;
    }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  /** The file is not there any more. */
  | { readonly kind: 'gone' };

export interface FileToAsk {
  readonly path: string;
  /** What a sheet beside the file says of it. */
  readonly cue: FileCue | null;
}

export type ThreadWork = ReturnType<typeof createThreadWork>;

/** What a thread of the scan can be asked for: it asks the disk and waits for it, one call at a time. */
export function createThreadWork() {
  return {
    look: createLook(),
    tags: {
      /** In the order of the files. */
      async read(files: readonly FileToAsk[]): Promise<FileReading[]> {
        const readings: FileReading[] = [];
        for (const file of files) readings.push(await readFile(file));
        return readings;
      },
    },
    sounds: {
      hear: (path: string) => audioHash(path),
    },
  };
}

async function readFile({ path, cue }: FileToAsk): Promise<FileReading> {
  const reading = await readTags(path);
  if (reading.kind !== 'read') return reading;
  const name = basename(path);
  const tracks = fileTracks(name, reading.tags, cue);
  const isCueLonger = tracks === null;
  return { kind: 'read', tracks: tracks ?? [prepareTags(name, reading.tags)], isCueLonger };
}

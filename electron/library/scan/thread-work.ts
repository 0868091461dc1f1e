import { basename } from 'node:path';
import type { SkipReason } from '../../../shared/library.ts';
import { type PreparedTags, prepareTags } from '../prepare-tags.ts';
import { audioHash } from '../tags/audio-hash.ts';
import { readTags } from '../tags/read-tags.ts';
import { createLook } from './look.ts';

/** What became of a file. */
export type FileReading =
  | { readonly kind: 'read'; readonly tags: PreparedTags }
  | { readonly kind: 'skipped'; readonly reason: SkipReason }
  /** The file is not there any more. */
  | { readonly kind: 'gone' };

export type ThreadWork = ReturnType<typeof createThreadWork>;

/** What a thread of the scan can be asked for: it asks the disk and waits for it, one call at a time. */
export function createThreadWork() {
  return {
    look: createLook(),
    tags: {
      /** In the order of the paths. */
      async read(paths: readonly string[]): Promise<FileReading[]> {
        const readings: FileReading[] = [];
        for (const path of paths) readings.push(await readFile(path));
        return readings;
      },
    },
    sounds: {
      hear: (path: string) => audioHash(path),
    },
  };
}

async function readFile(path: string): Promise<FileReading> {
  const reading = await readTags(path);
  if (reading.kind !== 'read') return reading;
  return { kind: 'read', tags: prepareTags(basename(path), reading.tags) };
}

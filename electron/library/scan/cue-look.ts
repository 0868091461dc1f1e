import { join } from 'node:path';
import type { Skipped, SkipReason } from '../../../shared/library.ts';
import type { FileCue } from '../cue/cue-tracks.ts';
import { type FolderCues, readFolderCues } from '../cue/folder-cues.ts';
import type { FolderSheets, NotedCue } from '../cue/noted-cues.ts';
import type { FoundFile, FoundFolder } from './walk.ts';

/** A folder's cue sheets beside what the last scan noted of them. */
export interface CueLook {
  /** Whether they may make other tracks of a file that did not change itself. */
  readonly concern: (name: string, hasParts: boolean) => boolean;
  /** What a sheet says of a file that is to be read. */
  readonly of: (name: string) => FileCue | null;
  /** Asked last: what is to be noted and told. */
  readonly findings: () => {
    readonly sheets?: readonly FolderSheets[];
    readonly skipped: readonly Skipped[];
  };
}

/**
 * What a folder's sheets say of its files. They are read only when they are others than before, or
 * a file is to be read.
 */
export function lookAtCues(root: string, found: FoundFolder, noted: readonly NotedCue[]): CueLook {
  const { folder, cues, files } = found;
  const isSame =
    cues.length === noted.length &&
    cues.every(({ name, size, modified }) =>
      noted.some((one) => one.name === name && one.size === size && one.modified === modified),
    );
  let reading: FolderCues | null = null;

  function read(): FolderCues {
    reading ??= readFolderCues(join(root, folder), cues.map(nameOf), files.map(nameOf));
    return reading;
  }

  function skippedOf(name: string): SkipReason | null {
    return read().skipped.find((one) => one.name === name)?.reason ?? null;
  }

  return {
    /** A file that has or had parts may have others now. */
    concern: (name: string, hasParts: boolean) => !isSame && (hasParts || read().files.has(name)),
    of: (name: string) => (cues.length === 0 ? null : (read().files.get(name) ?? null)),
    findings() {
      const sheets = isSame ? noted : cues.map((cue) => ({ ...cue, skipped: skippedOf(cue.name) }));
      // Which sheets are longer than their sound, those tell who read it.
      const isTold = (reason: SkipReason) => reason === 'cue_longer' && reading !== null;
      const skipped = sheets.flatMap(({ name, skipped: reason }) =>
        reason === null || isTold(reason) ? [] : [{ path: join(root, folder, name), reason }],
      );
      return isSame ? { skipped } : { skipped, sheets: [{ folder, sheets }] };
    },
  };
}

function nameOf({ name }: FoundFile): string {
  return name;
}

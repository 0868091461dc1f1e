import { join } from 'node:path';
import type { Skipped, SkipReason } from '../../../shared/library.ts';
import { withHeadFile } from '../tags/head-file.ts';
import type { FileCue } from './cue-tracks.ts';
import { cueText } from './cue-text.ts';
import { filesOfSheet } from './find-files.ts';
import { type CueSheet, parseCue } from './parse-cue.ts';

/** What the sheets of a folder say of its sound files, by their names. */
export interface FolderCues {
  readonly files: ReadonlyMap<string, FileCue>;
  readonly skipped: readonly (Skipped & { readonly name: string })[];
}

const mostBytes = 256 * 1024;

/**
 * Reads a folder's cue sheets. A sound file that two of them name is the first one's. Synchronous,
 * for a thread of its own; never throws.
 * @param path absolute
 * @param sheets their names, in the order in which they count
 * @param names of the folder's sound files
 */
export function readFolderCues(
  path: string,
  sheets: readonly string[],
  names: readonly string[],
): FolderCues {
  const files = new Map<string, FileCue>();
  const skipped: (Skipped & { readonly name: string })[] = [];
  for (const sheetName of sheets) {
    const sheet = readSheet(join(path, sheetName));
    if (typeof sheet === 'string') {
      skipped.push({ name: sheetName, path: join(path, sheetName), reason: sheet });
      continue;
    }
    const { texts } = sheet;
    const trackCount = sheet.files.reduce((sum, { tracks }) => sum + tracks.length, 0);
    const free = names.filter((name) => !files.has(name));
    for (const [name, { tracks }] of filesOfSheet(sheet, sheetName, free)) {
      files.set(name, { sheetName, texts, tracks, trackCount });
    }
  }
  return { files, skipped };
}

function readSheet(path: string): CueSheet | SkipReason {
  try {
    return withHeadFile(path, (file) => {
      if (file.size > mostBytes) return 'cue_too_large';
      return parseCue(cueText(file.window(0, mostBytes))) ?? 'cue_damaged';
    });
  } catch {
    return 'unreadable';
  }
}

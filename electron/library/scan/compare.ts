import type { Id } from '../../../shared/track.ts';
import type { KnownFile } from './known-files.ts';
import type { FoundFile } from './walk.ts';

/** How a folder differs from what the library knows of it. */
export interface FolderDifference {
  /** New or changed, with the row that stands at the place already. */
  readonly toRead: readonly (FoundFile & { readonly id: Id | null })[];
  /** Rows whose unchanged files were missing. */
  readonly back: readonly Id[];
  readonly gone: readonly Id[];
  /** How many files are as they were, those that are back among them. */
  readonly same: number;
}

/**
 * By size and time, as names are spelled on disk: what moved, or is spelled in another way, is gone
 * here and new there until `ownerOf` sees that it is one.
 */
export function compareFolder(
  found: readonly FoundFile[],
  known: Map<string, KnownFile>,
): FolderDifference {
  const toRead: (FoundFile & { readonly id: Id | null })[] = [];
  const back: Id[] = [];
  let same = 0;
  for (const file of found) {
    const row = known.get(file.name);
    known.delete(file.name);
    const isSame = row?.size === file.size && row.modified === file.modified;
    if (row === undefined || !isSame || row.state === 'removed') {
      toRead.push({ ...file, id: row?.id ?? null });
      continue;
    }
    same += 1;
    if (row.state === 'missing') back.push(row.id);
  }
  const gone = [...known.values()].flatMap(({ id, state }) => (state === 'here' ? [id] : []));
  return { toRead, back, gone, same };
}

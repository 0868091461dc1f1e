import type { Id } from '../../../shared/track.ts';
import type { KnownFile } from './known-files.ts';
import type { FoundFile } from './walk.ts';

/** A file that is to be read, and what stands at its place. */
export interface ChangedFile extends FoundFile {
  /** The row of it as one track. */
  readonly id: Id | null;
  /** Whether rows of its parts stand there, too. */
  readonly hasParts: boolean;
}

/** How a folder differs from what the library knows of it. */
export interface FolderDifference {
  /** New or changed. */
  readonly toRead: readonly ChangedFile[];
  /** Rows whose unchanged files were missing. */
  readonly back: readonly Id[];
  readonly gone: readonly Id[];
  /** How many files are as they were, those that are back among them. */
  readonly same: number;
}

/**
 * By size and time, as names are spelled on disk: what moved, or is spelled in another way, is gone
 * here and new there until `ownerOf` sees that it is one.
 * @param isOther whether a file is to be read though it did not change itself
 */
export function compareFolder(
  found: readonly FoundFile[],
  known: Map<string, readonly KnownFile[]>,
  isOther: (name: string, hasParts: boolean) => boolean,
): FolderDifference {
  const toRead: ChangedFile[] = [];
  const back: Id[] = [];
  let same = 0;
  for (const file of found) {
    const rows = known.get(file.name) ?? [];
    known.delete(file.name);
    const hasParts = rows.some(({ part }) => part > 0);
    const standing = isOther(file.name, hasParts) ? null : standingOf(file, rows);
    if (standing === null) {
      toRead.push({ ...file, id: rows.find(({ part }) => part === 0)?.id ?? null, hasParts });
      continue;
    }
    same += 1;
    back.push(...standing);
  }
  const gone = [...known.values()]
    .flat()
    .flatMap(({ id, state }) => (state === 'here' ? [id] : []));
  return { toRead, back, gone, same };
}

/**
 * Beside rows that are here, others of the same file may be missing: parts that its sheet no longer
 * has, or the file as one track. When all are missing, the file alone can say which is back.
 * @returns the rows that are back; null: the file is to be read
 */
function standingOf(file: FoundFile, rows: readonly KnownFile[]): readonly Id[] | null {
  const [first, ...others] = rows;
  const here = rows.filter(({ state }) => state === 'here');
  const isAlone = first?.part === 0 && first.state === 'missing' && others.length === 0;
  const standing = isAlone ? rows : here;
  const isSame = standing.every(
    ({ size, modified }) => size === file.size && modified === file.modified,
  );
  if (standing.length === 0 || !isSame) return null;
  return isAlone ? [first.id] : [];
}

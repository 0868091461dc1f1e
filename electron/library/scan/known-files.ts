import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';

/** What a source's rows say of their files. */
export interface KnownFile {
  readonly id: Id;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly state: KnownState;
}

type KnownState = 'here' | 'missing' | 'removed';

/** Some rows of one folder, packed: as objects a hundred thousand would take thrice the time. */
export interface KnownFolder {
  readonly folder: string;
  /** A JSON list. */
  readonly names: string;
  /** For each name its id, size, time and state, all parted by ",". */
  readonly numbers: string;
  readonly last: string;
}

const states: readonly KnownState[] = ['here', 'missing', 'removed'];
/** Takes 5 ms or less, and queries wait so long. */
const rowsAtOnce = 2000;
const numbersPerFile = 4;

const page = query<KnownFolder>(
  `SELECT folder, json_group_array(name) AS names, max(name) AS last,
    group_concat(id || ',' || size || ',' || modified || ',' ||
      CASE state WHEN 'here' THEN 0 WHEN 'missing' THEN 1 ELSE 2 END) AS numbers
  FROM (SELECT id, folder, name, size, modified, state FROM tracks
    WHERE source_id = ?1 AND (folder, name) > (?2, ?3) AND (?4 IS NULL OR folder = ?4)
    ORDER BY folder, name LIMIT ${rowsAtOnce})
  GROUP BY folder ORDER BY folder`,
);

/**
 * A source's rows, page by page; whoever asks may turn the event loop between two.
 * @param folders null: those of the whole source; else of these folders alone
 */
export function* knownFolders(
  db: Database,
  sourceId: Id,
  folders: readonly string[] | null,
): Generator<readonly KnownFolder[]> {
  for (const only of folders ?? [null]) {
    let after = { folder: only ?? '', last: '' };
    for (;;) {
      const rows = db.all(page, sourceId, after.folder, after.last, only);
      const end = rows.at(-1);
      if (end === undefined) break;
      yield rows;
      after = end;
    }
  }
}

/** Rows by folder, unpacked as their folders are met. */
export interface KnownFiles {
  readonly add: (folders: readonly KnownFolder[]) => void;
  /** A folder's rows by name, which are left out of the rest from then on. */
  readonly take: (folder: string) => Map<string, KnownFile>;
  /** The names of a folder's rows that were not removed; they are not taken by that. */
  readonly names: (folder: string) => readonly string[];
  /** The folders that were not taken. */
  readonly rest: () => readonly string[];
}

export function createKnownFiles(): KnownFiles {
  const packed = new Map<string, KnownFolder[]>();
  return {
    add(folders) {
      for (const part of folders) {
        const before = packed.get(part.folder);
        if (before === undefined) packed.set(part.folder, [part]);
        else before.push(part);
      }
    },
    take(folder) {
      const parts = packed.get(folder) ?? [];
      packed.delete(folder);
      return new Map(parts.flatMap(unpack).map((file) => [file.name, file]));
    },
    names: (folder) =>
      (packed.get(folder) ?? [])
        .flatMap(unpack)
        .flatMap(({ name, state }) => (state === 'removed' ? [] : [name])),
    rest: () => [...packed.keys()],
  };
}

function unpack({ names, numbers }: KnownFolder): KnownFile[] {
  const all = numbers.split(',').map(Number);
  return (JSON.parse(names) as string[]).map((name, index) => {
    const [id = 0, size = 0, modified = 0, state = 0] = all.slice(
      index * numbersPerFile,
      (index + 1) * numbersPerFile,
    );
    return { id, name, size, modified, state: states[state] ?? 'here' };
  });
}

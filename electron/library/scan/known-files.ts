import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';

/** What a source's rows say of their files: one row for each track of a file. */
export interface KnownFile {
  readonly id: Id;
  readonly name: string;
  /** 0: it is the whole file. */
  readonly part: number;
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
  /** For each name its id, size, time, state and part, all parted by ",". */
  readonly numbers: string;
  readonly last: string;
}

const states: readonly KnownState[] = ['here', 'missing', 'removed'];
/** Takes 5 ms or less, and queries wait so long. */
const rowsAtOnce = 2000;
const numbersPerFile = 5;

const page = query<KnownFolder>(
  `SELECT folder, json_group_array(name) AS names, max(name) AS last,
    group_concat(id || ',' || size || ',' || modified || ',' ||
      CASE state WHEN 'here' THEN 0 WHEN 'missing' THEN 1 ELSE 2 END || ',' || part) AS numbers
  FROM (SELECT id, folder, name, size, modified, state, part FROM tracks
    WHERE source_id = ?1 AND (folder, name, part) > (?2, ?3, ?4) AND (?5 IS NULL OR folder = ?5)
    ORDER BY folder, name, part LIMIT ${rowsAtOnce})
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
    let after = { folder: only ?? '', last: '', part: 0 };
    for (;;) {
      const rows = db.all(page, sourceId, after.folder, after.last, after.part, only);
      const end = rows.at(-1);
      if (end === undefined) break;
      yield rows;
      const part = Number(end.numbers.slice(end.numbers.lastIndexOf(',') + 1));
      after = { ...end, part };
    }
  }
}

/** Rows by folder, unpacked as their folders are met. */
export interface KnownFiles {
  readonly add: (folders: readonly KnownFolder[]) => void;
  /** A folder's rows by name, which are left out of the rest from then on. */
  readonly take: (folder: string) => Map<string, readonly KnownFile[]>;
  /** The file names of a folder's rows that were not removed; they are not taken by that. */
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
      const files = new Map<string, KnownFile[]>();
      for (const file of parts.flatMap(unpack)) {
        const others = files.get(file.name);
        if (others === undefined) files.set(file.name, [file]);
        else others.push(file);
      }
      return files;
    },
    names(folder) {
      const rows = (packed.get(folder) ?? []).flatMap(unpack);
      return [...new Set(rows.flatMap(({ name, state }) => (state === 'removed' ? [] : [name])))];
    },
    rest: () => [...packed.keys()],
  };
}

function unpack({ names, numbers }: KnownFolder): KnownFile[] {
  const all = numbers.split(',').map(Number);
  return (JSON.parse(names) as string[]).map((name, index) => {
    const at = index * numbersPerFile;
    return {
      id: all[at] ?? 0,
      name,
      part: all[at + 4] ?? 0,
      size: all[at + 1] ?? 0,
      modified: all[at + 2] ?? 0,
      state: states[all[at + 3] ?? 0] ?? 'here',
    };
  });
}

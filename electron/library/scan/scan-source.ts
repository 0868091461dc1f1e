import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import { folderPicture, noteFolderPicture } from '../folder-pictures.ts';
import { ownerOf } from './moved-files.ts';
import { mapInOrder, readAhead } from './pipeline.ts';
import { readTags } from '../tags/read-tags.ts';
import type { TagReading } from '../tags/tags.ts';
import type { ScanCount } from './scan-count.ts';
import { isSource, type SourceRow } from '../sources.ts';
import { vacate } from '../track-places.ts';
import { addTrackWords, type FilePlace, saveTrack } from '../track-rows.ts';
import { type FoundFolder, walk, walkFolders } from './walk.ts';
import { walkKnown } from './walk-known.ts';

/** As measured: less is slower, more gains nothing and holds queries up. */
const batchRows = 128;
const filesReadAtOnce = 8;
const filesWalkedAhead = 20_000;
const secondsPerFile = 10;
const millisecondsBetweenBatches = 250;

interface KnownRow {
  readonly id: Id;
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly state: 'here' | 'missing' | 'removed';
}

const knownInFolder = query<KnownRow>(
  'SELECT id, name, size, modified, state FROM tracks WHERE source_id = ? AND folder = ?',
);
const knownFolders = query<{ folder: string }>(
  `SELECT DISTINCT folder FROM tracks WHERE source_id = ? AND state = 'here'`,
);
const hereCount = query<{ tracks: number }>(
  `SELECT count(*) AS tracks FROM tracks WHERE source_id = ? AND state = 'here'`,
);

interface FileToRead {
  readonly file: FilePlace;
  /** The row it has already. */
  readonly id: Id | null;
}

type FileRead = FileToRead & { readonly reading: TagReading };

export interface SourceScanParts {
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rows are new, changed or gone. */
  readonly changed: () => void;
  /** The hash of a file's sound, null when it has none that can be told. */
  readonly hear: (path: string) => Promise<string | null>;
}

/** Rows whose files were not found, and how many rows the source had at hand before. */
export interface GoneTracks {
  readonly ids: ReadonlySet<Id>;
  readonly known: number;
}

/**
 * Brings a source's rows to what lies in its folder: walk, compare by size and time, read what is
 * new or changed, write in batches. Between two files the event loop turns, so that queries wait for
 * a batch at most. A source that is taken out meanwhile, or becomes part of another, is left alone.
 * @param folders null: all of the source; else these folders alone, without what lies below them
 * @param moved rows that were found to have moved, in this scan; added to
 * @returns what is gone, which is for the caller to drop
 */
export async function scanSource(
  parts: SourceScanParts,
  source: SourceRow,
  folders: readonly string[] | null,
  count: ScanCount,
  moved: Set<Id>,
  signal: AbortSignal,
): Promise<GoneTracks> {
  const { db, now, changed, hear } = parts;
  const isHere = source.kind === 'opened' || (await isFolder(source.path));
  const { changes } = db.run(
    'UPDATE sources SET away = ?1 WHERE id = ?2 AND away <> ?1',
    isHere ? 0 : 1,
    source.id,
  );
  if (changes > 0) changed();
  const known = db.first(hereCount, source.id)?.tracks ?? 0;
  if (!isHere) {
    count.add('away', known);
    return { ids: new Set(), known };
  }

  const gone = new Set<Id>();
  const walked = new Set<string>();
  const unreadable: string[] = [];
  const batch: FileRead[] = [];
  let lastBatch = -Infinity;

  const files = readAhead(filesToRead(), filesWalkedAhead);
  for await (const read of mapInOrder(files, filesReadAtOnce, readFile)) {
    batch.push(read);
    if (batch.length >= batchRows || now() - lastBatch >= millisecondsBetweenBatches) save();
    if (signal.aborted || !isSource(db, source.id)) break;
  }
  save();
  if (folders === null) addUnwalked();
  return { ids: gone, known };

  async function* filesToRead(): AsyncGenerator<FileToRead> {
    for await (const folder of foundFolders()) {
      if (signal.aborted || !isSource(db, source.id)) return;
      count.add('found', folder.files.length);
      for (const skip of folder.skipped) count.skip(skip);
      if (!folder.readable) {
        unreadable.push(folder.folder);
        continue;
      }
      walked.add(folder.folder);
      const hasNewPicture = await noteFolderPicture(db, source, folder);
      const changedFiles = compare(folder);
      if (hasNewPicture) changed();
      yield* changedFiles;
    }
  }

  function foundFolders(): AsyncIterable<FoundFolder> {
    if (source.kind === 'opened') return walkKnown(db, source.id);
    return folders === null ? walk(source.path) : walkFolders(source.path, folders);
  }

  /** One transaction: a drive that is back brings all of its rows back. */
  function compare(folder: FoundFolder): FileToRead[] {
    return db.transaction(() => compareRows(folder));
  }

  function compareRows({ folder, files: found }: FoundFolder): FileToRead[] {
    const rows = new Map(db.all(knownInFolder, source.id, folder).map((row) => [row.name, row]));
    const toRead: FileToRead[] = [];
    for (const file of found) {
      const row = rows.get(file.name);
      rows.delete(file.name);
      const isSame = row?.size === file.size && row.modified === file.modified;
      if (row === undefined || !isSame || row.state === 'removed') {
        toRead.push({ file: { ...file, sourceId: source.id, folder }, id: row?.id ?? null });
        continue;
      }
      count.add('read', 1);
      if (row.state === 'here') continue;
      db.run(`UPDATE tracks SET state = 'here' WHERE id = ?`, row.id);
      addTrackWords(db, row.id);
      count.add('updated', 1);
      changed();
    }
    for (const { id, state } of rows.values()) if (state === 'here') gone.add(id);
    return toRead;
  }

  async function readFile({ file, id }: FileToRead): Promise<FileRead> {
    const path = join(source.path, file.folder, file.name);
    const reading = await withinSeconds(secondsPerFile, readTags(path));
    if (reading.kind !== 'read') return { file, id, reading };
    const owner = await ownerOf(db, { path, file, tags: reading.tags, id }, moved, hear);
    return { file, id: owner, reading };
  }

  function save(): void {
    lastBatch = now();
    const reads = batch.splice(0);
    if (reads.length === 0 || !isSource(db, source.id)) return;
    db.transaction(() => {
      for (const { file, id, reading } of reads) {
        count.add('read', 1);
        if (reading.kind === 'skipped') {
          count.skip({ path: join(source.path, file.folder, file.name), reason: reading.reason });
        }
        if (reading.kind !== 'read') continue;
        const picture = folderPicture(db, file.sourceId, file.folder);
        const aside = vacate(db, file, id);
        if (aside !== null) gone.add(aside);
        saveTrack(db, id, file, reading.tags, picture, now());
        count.add(id === null ? 'added' : 'updated', 1);
      }
    });
    changed();
  }

  /** Rows of folders that the walk did not meet, and that don't lie in one it couldn't read. */
  function addUnwalked(): void {
    for (const { folder } of db.all(knownFolders, source.id)) {
      const isUnknown = unreadable.some((top) => folder === top || folder.startsWith(`${top}/`));
      if (walked.has(folder) || isUnknown) continue;
      for (const { id, state } of db.all(knownInFolder, source.id, folder)) {
        if (state === 'here') gone.add(id);
      }
    }
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** A file that never ends being read, on a dying disk or a lost network drive, is left behind. */
async function withinSeconds(seconds: number, reading: Promise<TagReading>): Promise<TagReading> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<TagReading>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'skipped', reason: 'unreadable' }), seconds * 1000);
  });
  try {
    return await Promise.race([reading, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

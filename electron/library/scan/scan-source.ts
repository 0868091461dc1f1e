import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import { type FittingCue, type FolderSheets, noteCues, notedCues } from '../cue/noted-cues.ts';
import { matchParts, partRows, saveParts } from '../cue/save-parts.ts';
import { noteFolderPicture, notedPictures } from '../covers/folder-pictures.ts';
import type { PreparedTags } from '../prepare-tags.ts';
import { isSource, type SourceRow } from '../sources.ts';
import { vacate } from '../track-places.ts';
import { addTrackWords, type FilePlace, type SaveTrack, writeTracks } from '../track-rows.ts';
import type { Typing } from '../typing.ts';
import { knownFolders } from './known-files.ts';
import type { FileToRead, Findings } from './look.ts';
import { mayHaveMoved, ownerOf } from './moved-files.ts';
import { mapInOrder, readAhead } from './pipeline.ts';
import type { ScanCount } from './scan-count.ts';
import type { TagReaders } from './tag-readers.ts';
import type { FileReading } from './thread-work.ts';
import type { StartThread } from './threads.ts';

/** Two for each thread that reads, so that none waits for its next. */
const batchesAtOnce = 4;
/** Read together by one thread. */
const mostInBatch = 128;
/** As measured: 128 are a tenth slower, more than these gain little and hold queries up. */
const rowsInTransaction = 512;
/** Those above take 100 ms, which a search would have to wait. */
const rowsWhileTyping = 128;
/** What was read is shown so soon, on however slow a disk. */
const millisecondsBetweenWrites = 250;
const firstBatch = 8;
/** A batch that takes longer to read, on a slow disk, is followed by smaller ones. */
const batchMilliseconds = 1000;
const findingsAhead = 64;

const hereCount = query<{ tracks: number }>(
  `SELECT count(*) AS tracks FROM tracks WHERE source_id = ? AND state = 'here'`,
);
const anyTrack = query<{ readonly id: Id }>('SELECT id FROM tracks LIMIT 1');
const rowAt = query<{ readonly id: Id }>(
  'SELECT id FROM tracks WHERE source_id = ? AND folder = ? AND name = ? AND part = 0',
);

interface FileRead {
  readonly file: FileToRead;
  readonly path: string;
  readonly reading: FileReading;
}

export interface SourceScanParts {
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rows are new, changed or gone. */
  readonly changed: () => void;
  /** The hash of a file's sound, null when it has none that can be told. */
  readonly hear: (path: string) => Promise<string | null>;
  readonly startThread: StartThread;
  readonly readers: TagReaders;
  readonly typing: Pick<Typing, 'goesOn'>;
}

/** Rows whose files were not found, and how many rows the source had at hand before. */
export interface GoneTracks {
  readonly source: Id;
  readonly ids: ReadonlySet<Id>;
  readonly known: number;
}

/**
 * Brings a source's rows to what lies in its folder. One thread walks it and compares by size and
 * time, others read what is new or changed, and this one writes, in batches between which queries
 * have their turn. A source that is taken out meanwhile, or becomes part of another, is left alone.
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
  const { db, now, changed, hear, readers } = parts;
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
    return { source: source.id, ids: new Set(), known };
  }

  const gone = new Set<Id>();
  const sheets: FolderSheets[] = [];
  /** Whether sheets fit the files that were read. */
  const fitting: FittingCue[] = [];
  // Nothing can have moved in a library that holds nothing yet.
  const isFirst = db.first(anyTrack) === undefined;
  let batchFiles = firstBatch;
  const unsaved: FileRead[] = [];
  let savedAt = -Infinity;
  const thread = parts.startThread();
  signal.addEventListener('abort', thread.stop);
  try {
    const batches = readBatches(readAhead(look(), findingsAhead));
    for await (const reads of mapInOrder(batches, batchesAtOnce, readBatch)) {
      unsaved.push(...reads);
      const isDue = performance.now() - savedAt >= millisecondsBetweenWrites;
      if (isDue || unsaved.length >= mostUnsaved()) await save();
      if (isOver()) break;
    }
    await save();
    if (!isOver()) noteCues(db, source.id, sheets, fitting);
  } catch (error) {
    // The thread that was stopped leaves its last call unanswered.
    if (!isOver()) throw error;
  } finally {
    signal.removeEventListener('abort', thread.stop);
    thread.stop();
  }
  return { source: source.id, ids: gone, known };

  function mostUnsaved(): number {
    return parts.typing.goesOn() ? rowsWhileTyping : rowsInTransaction;
  }

  function isOver(): boolean {
    return signal.aborted || !isSource(db, source.id);
  }

  async function* look(): AsyncGenerator<Findings> {
    const { look: looking } = thread.work;
    const told: Promise<void>[] = [];
    // What it is told waits for it: it takes as long to begin as to read the rows.
    function tell(telling: Promise<void>): void {
      telling.catch(() => undefined);
      told.push(telling);
    }
    tell(
      looking.begin({
        root: source.path,
        onlyKnown: source.kind === 'opened',
        folders,
        pictures: notedPictures(db, source.id),
        cues: notedCues(db, source.id),
      }),
    );
    for (const page of knownFolders(db, source.id, folders)) {
      tell(looking.know(page));
      await turn();
    }
    await Promise.all(told);
    for (;;) {
      const findings = await looking.next();
      yield findings;
      if (findings.isLast) return;
    }
  }

  async function* readBatches(all: AsyncIterable<Findings>): AsyncGenerator<readonly FileToRead[]> {
    for await (const findings of all) {
      if (isOver()) return;
      note(findings);
      for (let at = 0; at < findings.toRead.length;) {
        const batch = findings.toRead.slice(at, at + batchFiles);
        at += batch.length;
        yield batch;
      }
    }
  }

  /** What needs no reading. */
  function note({ back, pictures, ...findings }: Findings): void {
    count.add('found', findings.found);
    count.add('read', findings.same);
    sheets.push(...findings.sheets);
    for (const skip of findings.skipped) count.skip(skip);
    for (const id of findings.gone) gone.add(id);
    if (back.length + pictures.length === 0) return;
    const hasChanged = db.transaction(() => {
      const changedPictures = pictures.map((one) => noteFolderPicture(db, source.id, one));
      const returned = back.map((id) => bringBack(db, id)).filter((isBack) => isBack).length;
      count.add('updated', returned);
      return returned > 0 || changedPictures.includes(true);
    });
    if (hasChanged) changed();
  }

  async function readBatch(files: readonly FileToRead[]): Promise<readonly FileRead[]> {
    const paths = files.map(({ folder, name }) => join(source.path, folder, name));
    const startedAt = performance.now();
    const asked = files.map(({ cue }, index) => ({ path: paths[index] ?? '', cue }));
    const readings = await readers.read(asked);
    const isSlow = performance.now() - startedAt > batchMilliseconds;
    batchFiles = Math.max(1, Math.min(mostInBatch, isSlow ? files.length >> 1 : batchFiles * 2));
    return files.flatMap((file, index) => {
      const [path, reading] = [paths[index], readings[index]];
      return path === undefined || reading === undefined ? [] : [{ file, path, reading }];
    });
  }

  async function save(): Promise<void> {
    const reads = unsaved.splice(0);
    savedAt = performance.now();
    if (reads.length === 0) return;
    const owners = await ownersOf(reads);
    // Nothing is awaited from here on, so the source stays one.
    if (!isSource(db, source.id)) return;
    writeTracks(db, (saveTrack) => {
      for (const read of reads) saveRead(saveTrack, read, owners.get(read) ?? []);
    });
    changed();
  }

  function saveRead(saveTrack: SaveTrack, read: FileRead, owners: readonly (Id | null)[]): void {
    const { file, path, reading } = read;
    count.add('read', 1);
    if (reading.kind === 'skipped') count.skip({ path, reason: reading.reason });
    if (reading.kind !== 'read') return;
    noteFitting(read, reading.isCueLonger);
    const place = { ...file, sourceId: source.id };
    if (hasParts(read)) {
      const { tracks } = reading;
      const { removed, away } = saveParts(db, saveTrack, place, tracks, owners, now());
      const updated = tracks.filter((_, index) => (owners[index] ?? null) !== null).length;
      count.add('updated', updated);
      count.add('added', tracks.length - updated);
      count.add('removed', removed);
      count.add('away', away);
    } else {
      const [tags] = reading.tracks;
      if (tags !== undefined) saveWhole(saveTrack, place, file.id, tags, owners[0] ?? null);
    }
  }

  /** A file that is one track, as it was before if it was known. */
  function saveWhole(
    saveTrack: SaveTrack,
    place: FilePlace,
    standing: Id | null,
    tags: PreparedTags,
    owner: Id | null,
  ): void {
    let id = owner;
    if (standing !== null || id !== null) makeRoom(id);
    if (saveTrack(id, place, tags, now()) === null) {
      // Its row came up since the walk, when the listener opened the file.
      const came = db.first(rowAt, source.id, place.folder, place.name)?.id ?? null;
      id = came !== null && moved.has(came) ? null : came;
      makeRoom(id);
      saveTrack(id, place, tags, now());
    }
    count.add(id === null ? 'added' : 'updated', 1);

    function makeRoom(by: Id | null): void {
      const aside = vacate(db, place, by);
      if (aside !== null) gone.add(aside);
    }
  }

  function noteFitting({ file: { folder, cue }, path }: FileRead, isLonger: boolean): void {
    if (cue === null) return;
    fitting.push({ folder, name: cue.sheetName, isLonger });
    if (isLonger) count.skip({ path: join(dirname(path), cue.sheetName), reason: 'cue_longer' });
  }

  /** The rows that files belong to that are not new, by what was read: for each of their tracks. */
  async function ownersOf(
    reads: readonly FileRead[],
  ): Promise<ReadonlyMap<FileRead, readonly (Id | null)[]>> {
    const owners = new Map<FileRead, readonly (Id | null)[]>();
    const suspects = isFirst ? [] : mayHaveMoved(db, reads);
    for (const read of suspects) {
      const { path, file, reading } = read;
      if (reading.kind !== 'read') continue;
      const place = { ...file, sourceId: source.id };
      const standing = hasParts(read) ? partOwners(place, reading.tracks) : [];
      const own: (Id | null)[] = [];
      for (const [index, tags] of reading.tracks.entries()) {
        const id = hasParts(read) ? null : file.id;
        const found = { path, file: place, tags, id };
        own.push(standing[index] ?? (await ownerOf(db, found, moved, hear)));
      }
      owners.set(read, own);
    }
    return owners;
  }

  function partOwners(place: FilePlace, tracks: readonly PreparedTags[]): (Id | null)[] {
    const rows = partRows(db, place).filter(({ id }) => !moved.has(id));
    const owners = matchParts(rows, tracks, place);
    for (const id of owners) if (id !== null) moved.add(id);
    return owners;
  }
}

/** Whether a file is or was more than one track. */
function hasParts({ file, reading }: FileRead): boolean {
  return file.hasParts || (reading.kind === 'read' && reading.tracks.length > 1);
}

/** @returns false when the row is not missing any more */
function bringBack(db: Database, id: Id): boolean {
  const { changes } = db.run(
    `UPDATE tracks SET state = 'here' WHERE id = ? AND state = 'missing'`,
    id,
  );
  if (changes > 0) addTrackWords(db, id);
  return changes > 0;
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

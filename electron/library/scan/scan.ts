import { setImmediate as turn } from 'node:timers/promises';
import type { ScanProgress } from '../../../shared/library.ts';
import type { Id } from '../../../shared/track.ts';
import { listValue, query } from '../../database.ts';
import { findLost } from '../missing-tracks.ts';
import { removeUnused } from '../names.ts';
import { createScanCount, type ScanCount } from './scan-count.ts';
import { type GoneTracks, scanSource, type SourceScanParts } from './scan-source.ts';
import { createTagReaders, type TagReaders } from './tag-readers.ts';
import { finishRemovals, sourceRows } from '../sources.ts';
import type { FoundTrack } from '../sounds/moved-sounds.ts';
import { dropTracks } from '../track-rows.ts';

export interface Scanner {
  /**
   * Scans the sources after those that already wait; one that waits is not put there twice, one
   * that had its turn gets another.
   */
  readonly scan: (sources: readonly Id[]) => void;
  /**
   * Scans folders that changed, null: all of the source. It is told of only once there is something
   * to tell, unless other scans go on.
   */
  readonly look: (source: Id, folders: readonly string[] | null) => void;
  readonly cancel: () => void;
  /** Of the scan that was told of last, which may still run; null before the first. */
  readonly progress: () => ScanProgress | null;
  readonly isRunning: () => boolean;
  /** Resolves when nothing is being scanned. */
  readonly idle: () => Promise<void>;
}

export interface ScannerParts extends Omit<SourceScanParts, 'readers'> {
  readonly scanned: (progress: ScanProgress) => void;
  /** A track whose file was gone has it again. */
  readonly followed: (track: FoundTrack) => void;
  /** A run is over, whatever came of it. */
  readonly ended: () => void;
  readonly fault: (message: string, cause: unknown) => void;
}

/** What is to be scanned of each source: some folders of it, null: all of it. */
type Wanted = Map<Id, ReadonlySet<string> | null>;

const newestTrack = query<{ readonly id: Id | null }>('SELECT max(id) AS id FROM tracks');
const missingOf = `SELECT id FROM tracks
  WHERE state = 'missing' AND source_id = ? AND id IN (SELECT value FROM json_each(?))`;
const millisecondsBetweenChanges = 1000;
/** Queries wait for so many. */
const rowsDroppedAtOnce = 100;

export function createScanner(parts: ScannerParts): Scanner {
  /** For the run that goes on, and for the one after it. */
  const waiting: Wanted = new Map();
  const later: Wanted = new Map();
  /** Those that had their turn in this run. */
  const begun = new Set<Id>();
  /** Of the newest scan that was told of. */
  let shown: ScanCount | null = null;
  let stop = new AbortController();
  let running: Promise<void> | null = null;
  /** Nobody asked for this scan, nor waits for it. */
  let isQuiet = true;

  function start(): void {
    if (running !== null || later.size === 0) return;
    for (const [id, folders] of later) want(waiting, id, folders);
    later.clear();
    begun.clear();
    running = run();
  }

  async function run(): Promise<void> {
    const counting = createScanCount(parts.now, (progress) => tell(counting, progress));
    const { signal } = (stop = new AbortController());
    if (!isQuiet) shown = counting;
    const told = { at: -Infinity, all: true };
    // Whoever shows the library asks anew after each change, so a scan does not tell of every batch.
    function changed(): void {
      told.all = parts.now() - told.at >= millisecondsBetweenChanges;
      if (!told.all) return;
      told.at = parts.now();
      parts.changed();
    }
    const readers = createTagReaders(parts.startThread);
    try {
      await scanWaiting(readers, counting, changed, signal);
      counting.finish(signal.aborted ? 'cancelled' : 'done');
    } catch (error) {
      parts.fault('The scan stopped', error);
      counting.finish('failed');
    } finally {
      // Idle threads hold memory.
      readers.close();
    }
    if (!told.all) parts.changed();
    // What a failure kept from its turn gets another.
    for (const [id, folders] of waiting) want(later, id, folders);
    waiting.clear();
    running = null;
    if (later.size === 0) isQuiet = true;
    parts.ended();
    start();
  }

  async function scanWaiting(
    readers: TagReaders,
    counting: ScanCount,
    changed: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    const scanning = { ...parts, changed, readers };
    await finishRemovals(parts.db, () => !signal.aborted);
    const newestBefore = parts.db.first(newestTrack)?.id ?? 0;
    const moved = new Set<Id>();
    const gone: GoneTracks[] = [];
    for (const [id, folders] of waiting) {
      waiting.delete(id);
      begun.add(id);
      const source = sourceRows(parts.db).find((row) => row.id === id);
      if (source !== undefined) {
        const some = folders === null ? null : [...folders];
        gone.push(await scanSource(scanning, source, some, counting, moved, signal));
      }
      if (signal.aborted) return;
    }
    // Last of all, and for all sources at once: a file that is gone from one may turn up in another.
    const lost = new Set(gone.flatMap(({ ids }) => [...ids]).filter((id) => !moved.has(id)));
    if (lost.size > 0) {
      const known = new Map(gone.map((tracks) => [tracks.source, tracks.known]));
      await dropGone(parts, lost, known, newestBefore, counting, signal);
      changed();
    }
    const { added, updated, removed } = counting.progress();
    if (added + updated + removed > 0) await removeUnused(parts.db, turn);
  }

  function tell(counting: ScanCount, progress: ScanProgress): void {
    const { added, updated, removed } = progress;
    if (isQuiet && added + updated + removed === 0) return;
    shown = counting;
    parts.scanned(progress);
  }

  function add(id: Id, folders: ReadonlySet<string> | null): void {
    const joins = running !== null && !stop.signal.aborted && !begun.has(id);
    want(joins ? waiting : later, id, folders);
  }

  return {
    scan(sources) {
      if (sources.length > 0) isQuiet = false;
      for (const id of sources) add(id, null);
      start();
    },
    look(source, folders) {
      add(source, folders === null ? null : new Set(folders));
      start();
    },
    cancel() {
      stop.abort();
      waiting.clear();
      later.clear();
    },
    progress: () => shown?.progress() ?? null,
    isRunning: () => running !== null,
    idle: async () => {
      while (running !== null) await running;
    },
  };
}

function want(wanted: Wanted, id: Id, folders: ReadonlySet<string> | null): void {
  const before = wanted.has(id) ? wanted.get(id) : new Set<string>();
  const isAll = folders === null || before === null;
  wanted.set(id, isAll ? null : new Set([...(before ?? []), ...folders]));
}

/**
 * Greys the rows whose files turn up nowhere, and takes them out where they are not suspiciously many.
 * @param known how many rows each source had at hand before
 */
async function dropGone(
  parts: ScannerParts,
  lost: Set<Id>,
  known: ReadonlyMap<Id, number>,
  newestBefore: Id,
  count: ScanCount,
  signal: AbortSignal,
): Promise<void> {
  for (const track of await findLost(parts, [...lost], newestBefore, signal)) {
    parts.followed(track);
    if (track.from > newestBefore && !track.fromStays) {
      // It was counted as new when it was read.
      count.add('added', -1);
      count.add('updated', 1);
    }
    lost.delete(track.id);
    if (track.fromStays) lost.add(track.from);
  }
  const ids = listValue([...lost]);
  for (const { id: source } of sourceRows(parts.db)) {
    const gone = parts.db.ids(missingOf, source, ids);
    // So many at once is rather a drive that came up empty than the listener tidying up: the rows
    // stay, greyed, until the listener agrees to let them go.
    const isSuspect = gone.length > Math.max(3, (known.get(source) ?? 0) * 0.05);
    const dropped = isSuspect || signal.aborted ? new Uint32Array() : gone;
    let removed = 0;
    for (let at = 0; at < dropped.length; at += rowsDroppedAtOnce) {
      removed += dropTracks(parts.db, dropped.slice(at, at + rowsDroppedAtOnce), 'missing');
      await turn();
    }
    count.add('removed', removed);
    count.add('away', gone.length - removed);
  }
}

import type { ScanProgress } from '../../../shared/library.ts';
import type { Id } from '../../../shared/track.ts';
import { findLost } from '../missing-tracks.ts';
import { removeUnused } from '../names.ts';
import { createScanCount, type ScanCount } from './scan-count.ts';
import { type GoneTracks, scanSource, type SourceScanParts } from './scan-source.ts';
import { sourceRows } from '../sources.ts';
import type { FoundTrack } from '../moved-sounds.ts';
import { dropTracks } from '../track-rows.ts';

export interface Scanner {
  /**
   * Scans the sources after those that already wait; one that waits is not put there twice, one
   * that had its turn gets another.
   */
  readonly scan: (sources: readonly Id[]) => void;
  readonly cancel: () => void;
  /** Of the scan that runs or ran last; null before the first. */
  readonly progress: () => ScanProgress | null;
  /** Resolves when nothing is being scanned. */
  readonly idle: () => Promise<void>;
}

export interface ScannerParts extends SourceScanParts {
  readonly scanned: (progress: ScanProgress) => void;
  /** A track whose file was gone has it again. */
  readonly followed: (track: FoundTrack) => void;
  readonly fault: (message: string, cause: unknown) => void;
}

const millisecondsBetweenChanges = 1000;

export function createScanner(parts: ScannerParts): Scanner {
  /** For the run that goes on, and for the one after it. */
  const waiting = new Set<Id>();
  const later = new Set<Id>();
  /** Those that had their turn in this run. */
  const begun = new Set<Id>();
  let count: ScanCount | null = null;
  let stop = new AbortController();
  let running: Promise<void> | null = null;

  function start(): void {
    if (running !== null || later.size === 0) return;
    for (const id of later) waiting.add(id);
    later.clear();
    begun.clear();
    running = run();
  }

  async function run(): Promise<void> {
    const counting = createScanCount(parts.now, parts.scanned);
    const { signal } = (stop = new AbortController());
    count = counting;
    const told = { at: -Infinity, all: true };
    // Whoever shows the library asks anew after each change, so a scan does not tell of every batch.
    function changed(): void {
      told.all = parts.now() - told.at >= millisecondsBetweenChanges;
      if (!told.all) return;
      told.at = parts.now();
      parts.changed();
    }
    try {
      await scanWaiting(counting, changed, signal);
      counting.finish(signal.aborted ? 'cancelled' : 'done');
    } catch (error) {
      parts.fault('The scan stopped', error);
      counting.finish('failed');
    }
    if (!told.all) parts.changed();
    // What a failure kept from its turn gets another.
    for (const id of waiting) later.add(id);
    waiting.clear();
    running = null;
    start();
  }

  async function scanWaiting(
    counting: ScanCount,
    changed: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    const moved = new Set<Id>();
    const gone: GoneTracks[] = [];
    for (const id of waiting) {
      waiting.delete(id);
      begun.add(id);
      const source = sourceRows(parts.db).find((row) => row.id === id);
      if (source !== undefined) {
        gone.push(await scanSource({ ...parts, changed }, source, counting, moved, signal));
      }
      if (signal.aborted) return;
    }
    // Last of all, since a file that is gone from one source may turn up in another.
    for (const tracks of gone) {
      if ((await dropGone(parts, tracks, moved, counting, signal)) > 0) changed();
    }
    removeUnused(parts.db);
  }

  return {
    scan(sources) {
      const joins = running !== null && !stop.signal.aborted;
      for (const id of sources) (joins && !begun.has(id) ? waiting : later).add(id);
      start();
    },
    cancel() {
      stop.abort();
      waiting.clear();
      later.clear();
    },
    progress: () => count?.progress() ?? null,
    idle: async () => {
      while (running !== null) await running;
    },
  };
}

/** @returns how many rows are gone, greyed or have their file again */
async function dropGone(
  parts: ScannerParts,
  { ids, known }: GoneTracks,
  moved: ReadonlySet<Id>,
  count: ScanCount,
  signal: AbortSignal,
): Promise<number> {
  const gone = new Set([...ids].filter((id) => !moved.has(id)));
  const before = gone.size;
  for (const track of await findLost(parts, [...gone], signal)) {
    parts.followed(track);
    gone.delete(track.id);
    if (track.fromStays) gone.add(track.from);
  }
  // So many at once is rather a drive that came up empty than the listener tidying up: the rows
  // stay, greyed, until the listener agrees to let them go.
  const isSuspect = gone.size > Math.max(3, known * 0.05);
  const removed =
    isSuspect || signal.aborted ? 0 : dropTracks(parts.db, Uint32Array.from(gone), 'missing');
  count.add('removed', removed);
  count.add('away', gone.size - removed);
  return before;
}

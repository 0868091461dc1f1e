import type { ScanProgress } from '../../shared/library.ts';
import type { Id } from '../../shared/track.ts';
import { type Database, listValue } from '../database.ts';
import { removeUnused } from './names.ts';
import { createScanCount, type ScanCount } from './scan-count.ts';
import { type GoneTracks, scanSource } from './scan-source.ts';
import { sourceRows } from './sources.ts';
import { dropTracks } from './track-rows.ts';

export interface Scanner {
  /** Scans the sources after those that already wait; one that waits is not put there twice. */
  readonly scan: (sources: readonly Id[]) => void;
  readonly cancel: () => void;
  /** Of the scan that runs or ran last; null before the first. */
  readonly progress: () => ScanProgress | null;
  /** Resolves when nothing is being scanned. */
  readonly idle: () => Promise<void>;
}

export interface ScannerParts {
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rows are new, changed or gone. */
  readonly changed: () => void;
  readonly scanned: (progress: ScanProgress) => void;
  readonly fault: (message: string, cause: unknown) => void;
}

const millisecondsBetweenChanges = 1000;

export function createScanner(parts: ScannerParts): Scanner {
  const waiting = new Set<Id>();
  let count: ScanCount | null = null;
  let stop = new AbortController();
  let running: Promise<void> | null = null;

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
    waiting.clear();
    running = null;
    if (!told.all) parts.changed();
  }

  async function scanWaiting(
    counting: ScanCount,
    changed: () => void,
    signal: AbortSignal,
  ): Promise<void> {
    const moved = new Set<Id>();
    const gone: GoneTracks[] = [];
    for (const id of waiting) {
      const source = sourceRows(parts.db).find((row) => row.id === id);
      if (source !== undefined) {
        gone.push(await scanSource({ ...parts, changed }, source, counting, moved, signal));
      }
      waiting.delete(id);
      if (signal.aborted) return;
    }
    // Last of all, since a file that is gone from one source may turn up in another.
    for (const tracks of gone) {
      if (dropGone(parts.db, tracks, moved, counting) > 0) changed();
    }
    removeUnused(parts.db);
  }

  return {
    scan(sources) {
      for (const id of sources) waiting.add(id);
      if (waiting.size > 0) running ??= run();
    },
    cancel: () => stop.abort(),
    progress: () => count?.progress() ?? null,
    idle: async () => {
      await running;
    },
  };
}

/** @returns how many rows are gone or greyed */
function dropGone(
  db: Database,
  { ids, known }: GoneTracks,
  moved: ReadonlySet<Id>,
  count: ScanCount,
): number {
  const gone = Uint32Array.from([...ids].filter((id) => !moved.has(id)));
  // So many at once is rather a drive that came up empty than the listener tidying up: the rows
  // stay, greyed, until the listener agrees to let them go.
  const isSuspect = gone.length > Math.max(3, known * 0.05);
  if (isSuspect) {
    db.run(
      `UPDATE tracks SET state = 'missing' WHERE id IN (SELECT value FROM json_each(?))`,
      listValue(gone),
    );
  }
  const removed = isSuspect ? 0 : dropTracks(db, gone, 'missing');
  count.add('removed', removed);
  count.add('away', gone.length - removed);
  return gone.length;
}

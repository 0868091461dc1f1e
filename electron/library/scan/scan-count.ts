import type { ScanProgress, Skipped } from '../../../shared/library.ts';

type Counted = 'found' | 'read' | 'added' | 'updated' | 'removed' | 'away';

/** Counts a scan and tells of it, at most five times a second and once at the end. */
export interface ScanCount {
  readonly add: (what: Counted, by: number) => void;
  readonly skip: (skipped: Skipped) => void;
  readonly finish: (state: 'done' | 'cancelled' | 'failed') => void;
  readonly progress: () => ScanProgress;
}

const millisecondsBetween = 200;
const mostSkippedShown = 100;

/** @param now milliseconds since 1970 */
export function createScanCount(
  now: () => number,
  tell: (progress: ScanProgress) => void,
): ScanCount {
  const counts = { found: 0, read: 0, added: 0, updated: 0, removed: 0, away: 0, skipped: 0 };
  const skippedFiles: Skipped[] = [];
  const startedAt = now();
  let state: ScanProgress['state'] = 'running';
  let endedAt: number | null = null;
  let toldAt = -Infinity;

  function progress(): ScanProgress {
    const seconds = Math.max(0, (endedAt ?? now()) - startedAt) / 1000;
    return { state, ...counts, skippedFiles: [...skippedFiles], seconds };
  }

  function tellSometimes(): void {
    if (now() - toldAt < millisecondsBetween) return;
    toldAt = now();
    tell(progress());
  }

  return {
    progress,
    add(what, by) {
      counts[what] += by;
      tellSometimes();
    },
    skip(skipped) {
      counts.skipped += 1;
      skippedFiles.push(skipped);
      if (skippedFiles.length > mostSkippedShown) skippedFiles.shift();
      tellSometimes();
    },
    finish(as) {
      state = as;
      endedAt = now();
      tell(progress());
    },
  };
}

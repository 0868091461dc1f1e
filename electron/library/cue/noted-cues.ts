import type { SkipReason } from '../../../shared/library.ts';
import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import type { FoundFile } from '../scan/walk.ts';

/** A cue sheet as the last scan left it. */
export interface NotedCue extends FoundFile {
  /** Why it says nothing of its sound; null: it is a good one. */
  readonly skipped: SkipReason | null;
}

/** All sheets of one folder, possibly none. */
export interface FolderSheets {
  /** Relative to its source. */
  readonly folder: string;
  readonly sheets: readonly NotedCue[];
}

const noted = query<NotedCue & { readonly folder: string }>(
  'SELECT folder, name, size, modified, skipped FROM cue_sheets WHERE source_id = ?',
);

export function notedCues(db: Database, sourceId: Id): (NotedCue & { readonly folder: string })[] {
  return db.all(noted, sourceId);
}

/** Whether a sheet's tracks go on behind the end of a file that was read. */
export interface FittingCue {
  readonly folder: string;
  readonly name: string;
  readonly isLonger: boolean;
}

/** For when all that the sheets say is written: till then they count as not seen. */
export function noteCues(
  db: Database,
  sourceId: Id,
  folders: readonly FolderSheets[],
  fitting: readonly FittingCue[],
): void {
  if (folders.length + fitting.length === 0) return;
  db.transaction(() => {
    for (const { folder, sheets } of folders) {
      db.run('DELETE FROM cue_sheets WHERE source_id = ? AND folder = ?', sourceId, folder);
      for (const { name, size, modified, skipped } of sheets) {
        db.run(insert, sourceId, folder, name, size, modified, skipped);
      }
    }
    for (const { folder, name, isLonger } of fitting) {
      db.run(judge, isLonger ? longer : null, sourceId, folder, name);
    }
  });
}

const longer = 'cue_longer' satisfies SkipReason;
const insert = `INSERT INTO cue_sheets (source_id, folder, name, size, modified, skipped)
  VALUES (?, ?, ?, ?, ?, ?)`;
const judge = 'UPDATE cue_sheets SET skipped = ? WHERE source_id = ? AND folder = ? AND name = ?';

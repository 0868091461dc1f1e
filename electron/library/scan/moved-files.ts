import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import type { Tags } from '../tags/tags.ts';
import type { FilePlace } from '../track-rows.ts';

const lookalikes = query<{
  readonly id: Id;
  readonly root: string;
  readonly folder: string;
  readonly name: string;
  readonly state: 'here' | 'missing' | 'removed';
  readonly away: number;
}>(
  `SELECT tracks.id, sources.path AS root, folder, name, state, away
  FROM tracks JOIN sources ON sources.id = source_id
  WHERE size = ? AND modified = ? AND format = ? AND abs(seconds - ?) < 0.05
    AND artist = ? AND (? = '' OR title = ?)
  ORDER BY name = ? DESC, tracks.id LIMIT 20`,
);

/**
 * The row of a file that lay elsewhere before: the same size, time, length and tags, and the old
 * place is empty. A file on a drive that is away did not move.
 * @param taken rows given out already; the one found is added
 */
export async function findMoved(
  db: Database,
  file: FilePlace,
  tags: Tags,
  taken: Set<Id>,
): Promise<Id | null> {
  const rows = db.all(
    lookalikes,
    file.size,
    file.modified,
    tags.format,
    tags.seconds,
    tags.artists.join(', '),
    tags.title,
    tags.title,
    file.name,
  );
  for (const { id, root, folder, name, state, away } of rows) {
    const isThere = state === 'here' && (away === 1 || (await exists(join(root, folder, name))));
    if (isThere || taken.has(id)) continue;
    taken.add(id);
    return id;
  }
  return null;
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ENOENT'),
  );
}

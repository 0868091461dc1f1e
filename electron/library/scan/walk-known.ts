import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import type { FoundFile, FoundFolder } from './walk.ts';

const names = query<{ folder: string; name: string }>(
  `SELECT folder, name FROM tracks WHERE source_id = ? AND state <> 'removed'
  ORDER BY folder, name`,
);

/** Like `walk`, over the files that were opened one by one: what lies beside them isn't ours. */
export async function* walkKnown(db: Database, sourceId: Id): AsyncGenerator<FoundFolder> {
  const byFolder = new Map<string, string[]>();
  for (const { folder, name } of db.all(names, sourceId)) {
    const inFolder = byFolder.get(folder);
    if (inFolder === undefined) byFolder.set(folder, [name]);
    else inFolder.push(name);
  }
  for (const [folder, inFolder] of byFolder) {
    const files: FoundFile[] = [];
    for (const name of inFolder) {
      const found = await stat(join(folder, name)).catch(() => null);
      if (found?.isFile() === true) {
        files.push({ name, size: found.size, modified: Math.floor(found.mtimeMs) });
      }
    }
    yield { folder, files, picture: null, skipped: [], readable: true };
  }
}

import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import { albumFolder } from '../albums.ts';

/** The picture that stands for a folder's music, by its content hash. */
interface Picture {
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly hash: string;
}

/** What a scan found of a folder's picture; null: it has none. */
export interface FolderPicture {
  /** Relative to its source. */
  readonly folder: string;
  readonly picture: Picture | null;
}

/** A picture as the last scan left it. */
export type NotedPicture = Omit<Picture, 'hash'> & { readonly folder: string };

const hashRow = query<{ hash: string }>(
  'SELECT hash FROM folder_pictures WHERE source_id = ? AND folder = ?',
);
const noted = query<NotedPicture>(
  'SELECT folder, name, size, modified FROM folder_pictures WHERE source_id = ?',
);
/** As a range, which the index answers: '0' follows '/'. Below '' lies everything. */
const foldersWithin = query<{ folder: string }>(
  'SELECT DISTINCT folder FROM tracks WHERE source_id = ? AND folder > ? AND folder < ?',
);

export function notedPictures(db: Database, sourceId: Id): readonly NotedPicture[] {
  return db.all(noted, sourceId);
}

/** The picture for a folder's music, as last noted: its own, or for a disc the album's. */
export function folderPicture(db: Database, sourceId: Id, folder: string): string | null {
  const own = db.first(hashRow, sourceId, folder);
  const around = albumFolder(folder);
  const found = own ?? (around === folder ? undefined : db.first(hashRow, sourceId, around));
  return found?.hash ?? null;
}

/**
 * Notes a folder's picture and gives it to those tracks of the folder, and of its discs' folders,
 * that carry none of their own. Belongs into a transaction.
 * @returns true when tracks changed
 */
export function noteFolderPicture(
  db: Database,
  sourceId: Id,
  { folder, picture }: FolderPicture,
): boolean {
  if (picture === null) {
    db.run('DELETE FROM folder_pictures WHERE source_id = ? AND folder = ?', sourceId, folder);
  } else {
    db.run(
      `INSERT OR REPLACE INTO folder_pictures (source_id, folder, name, size, modified, hash)
      VALUES (?, ?, ?, ?, ?, ?)`,
      sourceId,
      folder,
      picture.name,
      picture.size,
      picture.modified,
      picture.hash,
    );
  }
  const discs = db
    .all(
      foldersWithin,
      sourceId,
      ...(folder === '' ? ['', '\u{10ffff}'] : [`${folder}/`, `${folder}0`]),
    )
    .filter((below) => albumFolder(below.folder) === folder);
  const changed = [folder, ...discs.map((disc) => disc.folder)].map((place) =>
    givePicture(db, sourceId, place),
  );
  return changed.includes(true);
}

function givePicture(db: Database, sourceId: Id, folder: string): boolean {
  const hash = folderPicture(db, sourceId, folder);
  const { changes } = db.run(
    `UPDATE tracks SET cover = ?1, cover_from = ?2
    WHERE source_id = ?3 AND folder = ?4 AND cover_from IS NOT 'tags' AND cover IS NOT ?1`,
    hash,
    hash === null ? null : 'folder',
    sourceId,
    folder,
  );
  return changes > 0;
}

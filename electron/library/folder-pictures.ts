import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';
import { albumFolder } from './albums.ts';
import { pictureHash } from './tags/read-tags.ts';
import type { FoundFile, FoundFolder } from './scan/walk.ts';

const largestPictureBytes = 20 * 1024 * 1024;

interface PictureRow {
  readonly name: string;
  readonly size: number;
  readonly modified: number;
  readonly hash: string;
}

const pictureRow = query<PictureRow>(
  'SELECT name, size, modified, hash FROM folder_pictures WHERE source_id = ? AND folder = ?',
);
const otherCover = query<{ id: Id }>(
  `SELECT id FROM tracks
  WHERE source_id = ? AND folder = ? AND cover_from IS NOT 'tags' AND cover IS NOT ? LIMIT 1`,
);

/** The picture for a folder's music, as last noted: its own, or for a disc the album's. */
export function folderPicture(db: Database, sourceId: Id, folder: string): string | null {
  const own = db.first(pictureRow, sourceId, folder);
  const around = albumFolder(folder);
  const found = own ?? (around === folder ? undefined : db.first(pictureRow, sourceId, around));
  return found?.hash ?? null;
}

/**
 * Notes a folder's picture, reading it only when it is not the one noted last, and gives it to those
 * tracks of the folder that carry none of their own.
 * @returns true when tracks changed
 */
export async function noteFolderPicture(
  db: Database,
  source: { readonly id: Id; readonly path: string },
  { folder, picture }: FoundFolder,
): Promise<boolean> {
  const noted = db.first(pictureRow, source.id, folder);
  if (picture === null && noted !== undefined) {
    db.run('DELETE FROM folder_pictures WHERE source_id = ? AND folder = ?', source.id, folder);
  } else if (picture !== null && !isSame(picture, noted)) {
    const hash = await hashOf(join(source.path, folder, picture.name), picture);
    if (hash !== null) {
      db.run(
        `INSERT OR REPLACE INTO folder_pictures (source_id, folder, name, size, modified, hash)
        VALUES (?, ?, ?, ?, ?, ?)`,
        source.id,
        folder,
        picture.name,
        picture.size,
        picture.modified,
        hash,
      );
    }
  }
  const hash = folderPicture(db, source.id, folder);
  if (db.first(otherCover, source.id, folder, hash) === undefined) return false;
  db.run(
    `UPDATE tracks SET cover = ?, cover_from = ?
    WHERE source_id = ? AND folder = ? AND cover_from IS NOT 'tags'`,
    hash,
    hash === null ? null : 'folder',
    source.id,
    folder,
  );
  return true;
}

function isSame(picture: FoundFile, noted: PictureRow | undefined): boolean {
  return (
    noted?.name === picture.name &&
    noted.size === picture.size &&
    noted.modified === picture.modified
  );
}

/** Null for a picture that can't be read or is no honest size: its folder has none then. */
async function hashOf(path: string, { size }: FoundFile): Promise<string | null> {
  if (size === 0 || size > largestPictureBytes) return null;
  try {
    return await pictureHash(await readFile(path));
  } catch {
    return null;
  }
}

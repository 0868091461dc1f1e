import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '../../../shared/track.ts';
import { coverSizes, type CoverSize } from '../../../shared/urls.ts';
import { type Database, query } from '../../database.ts';
import { createPictureMaker } from './picture-maker.ts';
import { pictureHash } from '../tags/picture.ts';
import { readPicture } from '../tags/read-tags.ts';
import { stretchOf } from '../tags/stretch.ts';

/**
 * Pictures by the hash of what the file holds, made small when they are first asked for and kept:
 * one picture, however many tracks carry it, is decoded once.
 */
export interface Covers {
  /** Absolute path of a JPEG that fits in the square; null when there is no such picture any more. */
  readonly cover: (hash: string, size: CoverSize) => Promise<string | null>;
}

const placesTried = 3;

interface Place {
  readonly root: string;
  readonly folder: string;
  readonly name: string;
}

const inFolders = query<Place>(
  `SELECT sources.path AS root, folder, name FROM folder_pictures
  JOIN sources ON sources.id = source_id WHERE hash = ? LIMIT ${placesTried}`,
);
const inTracks = query<Place & { readonly id: Id }>(
  `SELECT tracks.id, sources.path AS root, folder, name FROM tracks
  JOIN sources ON sources.id = source_id
  WHERE cover = ? AND cover_from = 'tags' AND state = 'here' LIMIT ${placesTried}`,
);

/**
 * @param folder where the small pictures are kept
 * @param chosenPicture one that no file has yet, by its hash
 */
export function createCovers(
  db: Database,
  folder: string,
  chosenPicture: (hash: string) => Uint8Array | null,
): Covers {
  const maker = createPictureMaker();
  const inWork = new Map<string, Promise<boolean>>();
  // Pictures that can't be decoded; they may be mended, so they are tried again after a restart.
  const hopeless = new Set<string>();
  let turn: Promise<unknown> = Promise.resolve();

  /** One picture at a time: decoding takes all cores as it is, and memory by the picture. */
  function inTurn(work: () => Promise<boolean>): Promise<boolean> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  async function makeAll(hash: string): Promise<boolean> {
    const picture = chosenPicture(hash) ?? (await findPicture(db, hash));
    if (picture === null) return false;
    try {
      await mkdir(folder, { recursive: true });
      for (const size of coverSizes) {
        const small = await maker.shrink({ picture, size });
        if (small === null) throw new Error('There is no picture in these bytes');
        await writeWhole(small, join(folder, nameOf(hash, size)));
      }
      return true;
    } catch {
      hopeless.add(hash);
      return false;
    }
  }

  return {
    async cover(hash, size) {
      if (!/^[0-9a-f]{64}$/.test(hash) || hopeless.has(hash)) return null;
      const path = join(folder, nameOf(hash, size));
      if (await isFile(path)) return path;
      const work = inWork.get(hash) ?? inTurn(() => makeAll(hash));
      inWork.set(hash, work);
      const made = await work.finally(() => inWork.delete(hash));
      return made ? path : null;
    },
  };
}

function nameOf(hash: string, size: CoverSize): string {
  return `${hash}-${size}.jpg`;
}

async function findPicture(db: Database, hash: string): Promise<Uint8Array | null> {
  for (const { root, folder, name } of db.all(inFolders, hash)) {
    const picture = await readFile(join(root, folder, name)).catch(() => null);
    if (picture !== null && pictureHash(stretchOf(picture)) === hash) return picture;
  }
  for (const { root, folder, name } of db.all(inTracks, hash)) {
    const picture = await readPicture(join(root, folder, name));
    if (picture !== null && pictureHash(stretchOf(picture)) === hash) return picture;
  }
  return null;
}

/** A reader sees the whole picture or none. */
async function writeWhole(small: Uint8Array, path: string): Promise<void> {
  await writeFile(`${path}.new`, small);
  await rename(`${path}.new`, path);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

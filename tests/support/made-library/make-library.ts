import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { shapeOf, writeShape } from './made-file.ts';
import { makePictures } from './pictures.ts';
import { type MadeTrack, madeReleases } from './releases.ts';

export interface MadeLibrary {
  readonly files: number;
  /** Another one makes another library of the same kind. */
  readonly seed?: number;
  /** Pictures of a few hundred bytes, where the disk has no room for real ones. */
  readonly tinyPictures?: boolean;
}

/**
 * Writes a library as listeners have them: the same files for the same seed, the first ones of a
 * larger library being those of a smaller. Files are valid heads with holes behind them, so that
 * 100,000 take some gigabytes. Calls `made` with each file that it wrote.
 */
export async function makeLibrary(
  folder: string,
  { files, seed = 1, tinyPictures = false }: MadeLibrary,
  made: (track: MadeTrack) => void = () => undefined,
): Promise<void> {
  const pictureOf = await makePictures(tinyPictures);
  let left = files;
  for (const tracks of madeReleases(seed)) {
    const [first] = tracks;
    if (first === undefined || left <= 0) return;
    const { release } = first;
    const picture = pictureOf(release.picture);
    for (const track of tracks.slice(0, left)) {
      const path = join(folder, track.path);
      // Two discs of one release may have folders of their own.
      mkdirSync(dirname(path), { recursive: true });
      writeShape(path, shapeOf(track, release.embedsPicture ? picture : null), release.modified);
      made(track);
    }
    left -= tracks.length;
    if (release.folderPicture !== '') {
      writeFileSync(join(folder, release.folder, release.folderPicture), picture);
    }
  }
}

import { open } from 'node:fs/promises';
import type { ChosenCover } from '../../../shared/editing.ts';
import { RefrainError } from '../../../shared/errors.ts';
import { largestCoverBytes } from '../../../shared/tag-fields.ts';
import { pictureHash } from '../tags/picture.ts';
import { stretchOf } from '../tags/stretch.ts';
import { type Picture, pictureType } from './tag-edit.ts';

/** Pictures that the listener chose for a cover, by their hash; the newest few. */
export interface ChosenCovers {
  /**
   * Reads a picture as it is.
   * @throws RefrainError `not_found`; `invalid` with detail `picture` for what is no JPEG or PNG of
   *   at most 20 MB
   */
  readonly choose: (path: string) => Promise<ChosenCover>;
  readonly picture: (hash: string) => Picture | null;
}

const mostChosen = 4;

export function createChosenCovers(): ChosenCovers {
  const chosen = new Map<string, Picture>();
  return {
    async choose(path) {
      const bytes = await readPicture(path);
      const mimeType = pictureType(bytes);
      if (mimeType === null) throw notOurs();
      const hash = pictureHash(stretchOf(bytes));
      chosen.delete(hash);
      chosen.set(hash, { mimeType, bytes });
      const [oldest] = chosen.keys();
      if (chosen.size > mostChosen && oldest !== undefined) chosen.delete(oldest);
      return { picture: hash, bytes: bytes.length };
    },
    picture: (hash) => chosen.get(hash) ?? null,
  };
}

async function readPicture(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((cause: unknown) => {
    throw new RefrainError('not_found', 'The picture can’t be opened', { cause });
  });
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > largestCoverBytes) throw notOurs();
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function notOurs(): RefrainError {
  return new RefrainError('invalid', 'Not a JPEG or PNG of at most 20 MB', { detail: 'picture' });
}

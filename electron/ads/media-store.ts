import type { AdFormat } from './ad.ts';

export interface MediaFile {
  readonly path: string;
  readonly bytes: number;
  readonly format: AdFormat | 'png' | 'jpg' | 'webp';
}

/** The ad media that the window may ask for, by id alone: a path never comes from outside. */
export interface MediaStore {
  readonly add: (id: string, file: MediaFile) => void;
  readonly remove: (id: string) => void;
  readonly find: (id: string) => MediaFile | null;
}

/** The oldest is forgotten beyond this many; house ads alone take three each. */
const mostFiles = 1000;

export function createMediaStore(): MediaStore {
  const files = new Map<string, MediaFile>();
  return {
    add(id, file) {
      files.set(id, file);
      const [oldest] = files.keys();
      if (files.size > mostFiles && oldest !== undefined) files.delete(oldest);
    },
    remove: (id) => void files.delete(id),
    find: (id) => files.get(id) ?? null,
  };
}

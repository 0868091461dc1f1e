import type { Id } from './track.ts';

/** The page's own origin; main serves the window, media, covers and ad media under it. */
export const appOrigin = 'refrain-app://player';

/** Where the window finds a track's sound: by id, never by path. Ranges are answered. */
export function mediaUrl(id: Id): string {
  return `/media/${id}`;
}

export const coverSizes = [96, 320, 1000] as const;
export type CoverSize = (typeof coverSizes)[number];

/** @param size side in pixels of the square that the picture fits in */
export function coverUrl(hash: string, size: CoverSize): string {
  return `/cover/${hash}/${size}`;
}

/** @param file an id that main gave out with the ad, e.g. in `AdBreakView.mediaUrl` */
export function adUrl(file: string): string {
  return `/ad/${file}`;
}

import { z } from 'zod';
import type { Id } from './track.ts';

export interface Playlist {
  readonly id: Id;
  readonly name: string;
  readonly tracks: number;
  readonly seconds: number;
  /** Up to four covers for a collage. */
  readonly covers: readonly string[];
}

/** One place in a playlist. The same track may stand in several; `id` tells them apart. */
export interface PlaylistItems {
  readonly itemIds: Uint32Array;
  readonly trackIds: Uint32Array;
}

export const PlaylistName = z.string().trim().min(1).max(200);

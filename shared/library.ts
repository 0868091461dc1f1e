import { z } from 'zod';
import type { AudioFormat, Id, Track } from './track.ts';
import { Id as IdSchema } from './track.ts';
import type { Playlist } from './playlist.ts';

export interface Album {
  readonly id: Id;
  readonly title: string;
  readonly artist: string;
  readonly artistId: Id;
  readonly year: number | null;
  readonly tracks: number;
  readonly discs: number;
  readonly seconds: number;
  readonly cover: string | null;
  readonly away: boolean;
}

export interface Artist {
  readonly id: Id;
  readonly name: string;
  readonly albums: number;
  readonly tracks: number;
  /** The cover of one of the artist's albums. */
  readonly cover: string | null;
}

export interface Genre {
  readonly id: Id;
  readonly name: string;
  readonly tracks: number;
  readonly albums: number;
  /** Up to four covers for a collage. */
  readonly covers: readonly string[];
}

export const AlbumList = z.discriminatedUnion('from', [
  z.object({ from: z.literal('all'), sort: z.enum(['title', 'artist', 'year', 'added']) }),
  z.object({ from: z.literal('artist'), id: IdSchema }),
  z.object({ from: z.literal('genre'), id: IdSchema }),
]);
export type AlbumList = z.infer<typeof AlbumList>;

/** A folder that the listener gave us, or the sample music. */
export interface Source {
  readonly id: Id;
  /** Shown only; requests name a source by id. */
  readonly path: string;
  readonly sample: boolean;
  readonly tracks: number;
  readonly away: boolean;
}

export interface FolderPage {
  readonly source: Source;
  /** Relative to the source, '' its root, '/' between parts on every system. */
  readonly path: string;
  readonly folders: readonly {
    readonly name: string;
    readonly path: string;
    readonly tracks: number;
  }[];
  /** Tracks directly in this folder. */
  readonly trackIds: Uint32Array;
}

/** What Home shows, each shelf at most 24 long and left out by the window when empty. */
export interface Home {
  readonly recentlyAdded: readonly Album[];
  readonly recentlyPlayed: readonly Album[];
  readonly mostPlayed: readonly Track[];
  readonly genres: readonly Genre[];
  readonly tracks: number;
}

export interface SearchResult {
  readonly text: string;
  /** What was searched for instead, when the text itself finds nothing and is nearly a known one. */
  readonly corrected: string | null;
  /** Only what was found at once: ask for the whole of it. Nothing found means nothing yet. */
  readonly more: boolean;
  readonly milliseconds: number;
  readonly top: SearchTop | null;
  readonly tracks: readonly Track[];
  readonly albums: readonly Album[];
  readonly artists: readonly Artist[];
  readonly playlists: readonly Playlist[];
}

export type SearchTop =
  | { readonly kind: 'track'; readonly track: Track }
  | { readonly kind: 'album'; readonly album: Album }
  | { readonly kind: 'artist'; readonly artist: Artist }
  | { readonly kind: 'playlist'; readonly playlist: Playlist };

export interface Skipped {
  readonly path: string;
  readonly reason: SkipReason;
}

export type SkipReason =
  | 'empty'
  | 'unreadable'
  | 'not_audio'
  | 'damaged'
  | 'name_not_utf8'
  | 'not_a_file'
  | 'folder_unreadable'
  | 'too_deep'
  /** Of cue sheets: their sound is one track then. */
  | 'cue_damaged'
  | 'cue_too_large'
  /** The sheet's last tracks begin behind the end of the sound. */
  | 'cue_longer';

export interface ScanProgress {
  readonly state: 'running' | 'done' | 'cancelled' | 'failed';
  /** Files of ours found so far; grows while the walk goes on. */
  readonly found: number;
  readonly read: number;
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly away: number;
  readonly skipped: number;
  /** The newest hundred. */
  readonly skippedFiles: readonly Skipped[];
  readonly seconds: number;
}

/** What changed, so that the window asks again only for what it shows. */
export interface LibraryChange {
  readonly revision: number;
  /** Rows whose own data changed (a like, a count); absent: lists may have changed too. */
  readonly trackIds?: readonly Id[];
}

/** Tracks of a source whose files were not found, so many at once that the listener is asked first. */
export interface MissingTracks {
  readonly source: Id;
  readonly path: string;
  readonly sample: boolean;
  /** Those that would go. */
  readonly tracks: number;
  /** Those that stay whatever is answered: liked, rated, played, or in a playlist. */
  readonly kept: number;
  /** The listener has not said yet that they are to be kept. */
  readonly isNews: boolean;
  /** Some of those that would go, by their paths below the source. */
  readonly examples: readonly string[];
}

/** Files that hold the same recording; several groups make a page. */
export interface DuplicateGroup {
  /** `same`: the sound is the same; `likely`: artist, title and length are. */
  readonly kind: DuplicateKind;
  readonly title: string;
  readonly artist: string;
  readonly files: readonly DuplicateFile[];
}

export const DuplicateKind = z.enum(['same', 'likely']);
export type DuplicateKind = z.infer<typeof DuplicateKind>;

export interface DuplicateFile {
  readonly id: Id;
  readonly album: string;
  /** Shown only: the folder's path, and the file's name. */
  readonly folder: string;
  readonly name: string;
  readonly seconds: number;
  readonly format: AudioFormat;
  readonly bytes: number;
  /** Null: not told by the file. */
  readonly bitsPerSecond: number | null;
  readonly cover: string | null;
  readonly liked: boolean;
  /** Names of the playlists that hold it. */
  readonly playlists: readonly string[];
  readonly away: boolean;
}

export interface DuplicatePage {
  readonly groups: readonly DuplicateGroup[];
  /** Where the next page begins; null: that was all. A page may be empty and still not the last. */
  readonly next: string | null;
}

import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RefrainError } from '../../shared/errors.ts';
import type { ScanProgress } from '../../shared/library.ts';
import type { LibraryProcess } from '../library-process.ts';

/** The library's parts as the app composes them. */
type Library = LibraryProcess['library'];

export interface Scanned {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly away: number;
  readonly skipped: number;
  /** All of the library's. */
  readonly tracks: number;
  readonly seconds: number;
  /** The most memory that this process ever had. */
  readonly rssBytes: number;
}

export interface Searched {
  readonly total: number;
  readonly milliseconds: number;
  readonly tracks: readonly {
    readonly id: number;
    readonly title: string;
    readonly artist: string;
    readonly album: string;
  }[];
}

export interface ExportedTrack {
  readonly path: string;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly seconds: number;
  readonly track: number | null;
  readonly disc: number | null;
  readonly year: number | null;
}

const tracksPerPage = 500;

/** @throws RefrainError `not_found` */
export function expectFolders(folders: readonly string[]): void {
  const missing = folders.find((folder) => !isFolder(folder));
  if (missing !== undefined) throw new RefrainError('not_found', `There is no folder ${missing}`);
}

/**
 * Adds the folders as one scan, as the app does with what is dropped on it.
 * @throws RefrainError `internal` when the scan failed
 */
export async function scan(library: Library, folders: readonly string[]): Promise<Scanned> {
  const startedAt = performance.now();
  await library.addPaths(folders);
  await library.scanEnded();
  const seconds = (performance.now() - startedAt) / 1000;
  const { state, added, updated, removed, away, skipped } = library.scan() ?? nothingScanned;
  if (state === 'failed') throw new RefrainError('internal', 'The scan failed');
  return {
    ...{ added, updated, removed, away, skipped },
    tracks: library.trackIds({ from: 'all' }).length,
    seconds,
    // Node counts in KiB on every system.
    rssBytes: process.resourceUsage().maxRSS * 1024,
  };
}

export function search(library: Library, text: string, limit: number): Searched {
  const { milliseconds, tracks } = library.search({ text, limit });
  return {
    total: library.trackIds({ from: 'search', text }).length,
    milliseconds,
    tracks: tracks.map(({ id, title, artist, album }) => ({ id, title, artist, album })),
  };
}

/** By page, so that a million tracks are never in memory at once. */
export function* exportTracks(library: Library): Generator<readonly ExportedTrack[]> {
  const ids = library.trackIds({ from: 'all' });
  for (let from = 0; from < ids.length; from += tracksPerPage) {
    const page = library.tracks([...ids.subarray(from, from + tracksPerPage)]);
    yield page.map(({ id, title, artist, album, seconds, track, disc, year }) => ({
      path: library.file(id)?.path ?? '',
      ...{ title, artist, album, seconds, track, disc, year },
    }));
  }
}

/** @throws RefrainError `not_found`: only a scan makes a library where there is none */
export function expectLibrary(profile: string): void {
  if (!existsSync(join(profile, 'library.db'))) {
    throw new RefrainError('not_found', `There is no library in ${profile}`);
  }
}

const nothingScanned = {
  state: 'done',
  added: 0,
  updated: 0,
  removed: 0,
  away: 0,
  skipped: 0,
} as const satisfies Partial<ScanProgress>;

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

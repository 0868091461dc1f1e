import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  AlbumList,
  DuplicateKind,
  Genre,
  Home,
  LibraryChange,
  MissingTracks,
  ScanProgress,
  SearchResult,
  Skipped,
} from '../../shared/library.ts';
import type { Playlist } from '../../shared/playlist.ts';
import type { AudioFormat, Id, TrackList } from '../../shared/track.ts';
import type { CoverSize } from '../../shared/urls.ts';
import { type Database, listValue, query } from '../database.ts';
import { createCovers } from './covers/covers.ts';
import { createLists } from './lists.ts';
import { type Beside, besideOrHere, createLongAnswers, isLarge } from './long-answers.ts';
import { openFile } from './opened-files.ts';
import { type RatedTracks, setRating } from './ratings.ts';
import {
  albums,
  createArtistRows,
  genres,
  home,
  loadTotals,
  mostPlayedTracks,
  readTotals,
  type Totals,
  trackDetails,
  tracks,
} from './rows.ts';
import { createScanner } from './scan/scan.ts';
import type { StartThread } from './scan/threads.ts';
import { createWatch, type WatchTimes } from './scan/watch.ts';
import { createSearch, type Found } from './search/search.ts';
import { createFingerprints } from './sounds/fingerprints.ts';
import { createHearing } from './sounds/hearing.ts';
import { duplicates } from './sounds/duplicates.ts';
import { keepMissing, letGo, missingTracks } from './missing-tracks.ts';
import type { FoundTrack } from './sounds/moved-sounds.ts';
import {
  addSource,
  folderPage,
  holdsTracks,
  listSources,
  removeSource,
  sourceRows,
} from './sources.ts';
import { createRemembered } from './remembered.ts';

export interface LibraryParts {
  readonly db: Database;
  /** Where small pictures are kept. */
  readonly coversFolder: string;
  readonly playlists: () => readonly Playlist[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How soon what happens on disk is followed; absent: only when a scan is asked for. */
  readonly watchTimes?: WatchTimes | undefined;
  readonly changed: (change: LibraryChange) => void;
  readonly scanned: (progress: ScanProgress) => void;
  /** The bytes of a picture that may become a cover; null: it is none of them. */
  readonly chosenPicture: (hash: string) => Uint8Array | null;
  readonly fault: (message: string, cause: unknown) => void;
  readonly startThread: StartThread;
  readonly beside: Beside;
}

/** The listener's music: what lies in their folders, as rows, lists, searches and pictures. */
export function createLibrary(parts: LibraryParts) {
  const { db, now } = parts;
  let revision = 0;

  const covers = createCovers(db, parts.coversFolder, parts.chosenPicture);
  const beside = besideOrHere(db, parts.beside);
  const artists = createArtistRows(db);
  const search = createSearch(db, artists.read, now, beside);
  const lists = createLists(db, (text) => search.find(text).trackIds, beside);
  const homes = createRemembered<Home>(1);
  const genreLists = createRemembered<readonly Genre[]>(1);
  const longTotals = createLongAnswers<Totals>();
  const longPlayed = createLongAnswers<Uint32Array>();
  /** Rows that gave their file to a track that was missing, for whoever plays them at that moment. */
  const followedBy = new Map<Id, Id>();
  let isClosing = false;
  const removals = new Set<Promise<void>>();
  const hearing = createHearing(parts.startThread);
  const scanner = createScanner({
    ...parts,
    changed: () => changed(),
    hear: hearing.hear,
    followed,
    ended() {
      if (isClosing) return;
      fingerprints.begin();
      watch?.follow();
    },
  });
  const fingerprints = createFingerprints({
    ...parts,
    hear: hearing.hear,
    isBusy: () => scanner.progress()?.state === 'running',
    // No row looks other than before.
    heard: () => changed(Uint32Array.of()),
    followed(track) {
      followed(track);
      changed();
    },
  });

  // Begun by the first scan's end: a start has other things to do.
  const watch =
    parts.watchTimes &&
    createWatch({
      times: parts.watchTimes,
      sources: () => sourceRows(db),
      look: (source, folders) => scanner.look(source, folders),
      holdsTracks: (source, folder) => holdsTracks(db, source, folder),
      fault: parts.fault,
    });

  function followed({ id, from, fromStays }: FoundTrack): void {
    if (!fromStays) followedBy.set(from, id);
  }

  /** @param trackIds rows that changed in themselves; absent: lists may be others, too */
  function changed(trackIds?: Uint32Array): void {
    search.forget(trackIds);
    lists.forget(trackIds === undefined ? 'all' : 'listening');
    homes.forget();
    longPlayed.forget();
    if (trackIds === undefined) {
      genreLists.forget();
      longTotals.forget();
      artists.forget();
    }
    revision += 1;
    parts.changed(
      trackIds === undefined ? { revision } : { revision, trackIds: Array.from(trackIds) },
    );
  }

  function homeNow(): Home {
    return homes.remember('', () => home(db, readTotals(db), db.ids(mostPlayedTracks)));
  }

  function genresNow(): readonly Genre[] {
    return genreLists.remember('', () => genres(db, readTotals(db)));
  }

  function totalsBeside(): Promise<Totals> {
    return longTotals.load('', () => loadTotals(beside));
  }

  /** For whoever can wait, as `loadTrackIds`. */
  async function loadHome(): Promise<Home> {
    if (!isLarge(db)) return homeNow();
    const totals = await totalsBeside();
    return home(db, totals, await longPlayed.load('', () => beside.ids(mostPlayedTracks)));
  }

  function searched(
    { text, limit }: { readonly text: string; readonly limit: number },
    find: (text: string) => Found = search.find,
  ): SearchResult {
    const startedAt = performance.now();
    const result = search.result(text, limit, find(text), parts.playlists());
    return { text, milliseconds: performance.now() - startedAt, ...result };
  }

  return {
    home: homeNow,
    loadHome,
    trackIds: (list: TrackList) => lists.trackIds(list),
    /** For whoever can wait: a list of a whole large library keeps no other question waiting. */
    async loadTrackIds(list: TrackList): Promise<Uint32Array> {
      if (list.from === 'search') await search.prepare(list.text);
      return lists.loadTrackIds(list);
    },
    /** Rows in the order of the ids; ids that are gone are left out. So for albums and artists. */
    tracks: (ids: readonly Id[]) => tracks(db, ids),
    details: (id: Id) => trackDetails(db, id),
    albumIds: (list: AlbumList) => lists.albumIds(list),
    loadAlbumIds: (list: AlbumList) => lists.loadAlbumIds(list),
    albums: (ids: readonly Id[]) => albums(db, ids),
    artistIds: () => lists.artistIds(),
    artists: (ids: readonly Id[]) => artists.read(ids),
    genres: genresNow,
    async loadGenres(): Promise<readonly Genre[]> {
      if (!isLarge(db)) return genresNow();
      return genres(db, await totalsBeside());
    },

    search: (input: { readonly text: string; readonly limit: number }) => searched(input),
    /** What is found at once, or for whoever can wait the whole of it, as `loadTrackIds`. */
    async loadSearch(input: {
      readonly text: string;
      readonly limit: number;
      readonly whole: boolean;
    }): Promise<SearchResult> {
      if (!input.whole) return searched(input, search.findSoon);
      await search.prepare(input.text);
      return searched(input);
    },

    sources: () => listSources(db),
    /** @throws RefrainError `not_found` */
    folder: (input: { readonly source: Id; readonly path: string }) =>
      folderPage(db, input.source, input.path),

    /**
     * Adds a folder and begins to scan it.
     * @returns the source's id, which may be that of a folder around it
     * @throws RefrainError `not_found`
     */
    async addFolder(path: string, options: { readonly sample: boolean }): Promise<Id> {
      const id = await addSource(db, path, options.sample);
      changed();
      scanner.scan([id]);
      return id;
    },

    /**
     * Takes in what was dropped or opened: folders become sources, files get rows at once.
     * @returns the files' tracks in the order given, the sources, and what was neither
     */
    async addPaths(paths: readonly string[]): Promise<AddedPaths> {
      const added = { trackIds: [] as Id[], sources: [] as Id[], rejected: [] as Skipped[] };
      for (const path of paths) {
        if (await isFolder(path)) {
          added.sources.push(await addSource(db, path, false));
          continue;
        }
        const opened = await openFile(db, path, now());
        if ('id' in opened) added.trackIds.push(opened.id);
        else added.rejected.push(opened);
      }
      if (added.trackIds.length + added.sources.length > 0) changed();
      scanner.scan(added.sources);
      return added;
    },

    /** @throws RefrainError `not_found` */
    async removeSource(id: Id): Promise<void> {
      const removing = removeSource(db, id, () => !isClosing);
      removals.add(removing);
      try {
        await removing;
      } finally {
        removals.delete(removing);
      }
      if (!isClosing) changed();
    },

    rescan: () => scanner.scan(sourceRows(db).map(({ id }) => id)),
    cancelScan: () => scanner.cancel(),
    scan: () => scanner.progress(),
    /** Resolves when no scan is running. */
    scanEnded: () => scanner.idle(),

    /** @returns the tracks whose like changed, so that it can be taken back */
    setLiked(ids: readonly Id[] | Uint32Array, liked: boolean): Uint32Array {
      const condition = liked ? 'likes.track_id IS NULL' : 'likes.track_id IS NOT NULL';
      const changing = db.ids(
        `SELECT DISTINCT tracks.id FROM json_each(?) JOIN tracks ON tracks.id = value
        LEFT JOIN likes ON likes.track_id = value WHERE ${condition}`,
        listValue(ids),
      );
      if (changing.length === 0) return changing;
      db.run(liked ? like : unlike, listValue(changing), ...(liked ? [now()] : []));
      changed(changing);
      return changing;
    },

    /**
     * @param stars 1 to 5; 0 takes the rating back
     * @returns what each track had before whose rating changed, so that it can be taken back
     */
    setRating(ids: readonly Id[], stars: number): readonly RatedTracks[] {
      const before = setRating(db, ids, stars, now());
      if (before.length > 0) changed(Uint32Array.from(before.flatMap((rated) => rated.ids)));
      return before;
    },
    /** For the other parts of this process, which changed rows. */
    rowsChanged: () => changed(),

    /** @param at when it was heard, milliseconds since 1970 */
    countPlay(id: Id, at: number): void {
      const { changes } = db.run(
        'INSERT INTO plays (track_id, at) SELECT id, ? FROM tracks WHERE id = ?',
        at,
        id,
      );
      if (changes > 0) changed(Uint32Array.of(id));
    },

    /** Where a track's sound lies; null when the id is unknown. The file may be gone. */
    file(id: Id): TrackFile | null {
      const row = db.first(filePlace, id) ?? db.first(filePlace, followedBy.get(id) ?? 0);
      if (row === undefined) return null;
      const { root, folder, name, format, size } = row;
      return { path: join(root, folder, name), format, bytes: size };
    },

    /** Absolute path of a JPEG that fits in a square of that size; null when there is none. */
    cover: (hash: string, size: CoverSize) => covers.cover(hash, size),

    /** Tracks that wait for the listener's consent to go, by source. */
    missing: (): MissingTracks[] => missingTracks(db),
    /** They stay, and are no news any more until there are more of them. */
    keepMissing(source: Id): void {
      keepMissing(db, source);
      changed();
    },
    /** Takes the missing tracks of a source out, all but what the listener made something of. */
    async letGo(source: Id): Promise<void> {
      await letGo(db, source);
      changed();
    },
    /** @param after null: the first page; else `next` of the page before */
    duplicates: (kind: DuplicateKind, after: string | null) => duplicates(db, kind, after),
    /** Resolves when the sources are watched, as far as they can be. */
    async watched(): Promise<void> {
      await watch?.ready();
      await scanner.idle();
    },
    /** Resolves when every file was heard that can be. */
    fingerprintsEnded: () => fingerprints.idle(),

    /** Stops the scan where it is; all that it committed stays. */
    async close(): Promise<void> {
      isClosing = true;
      await watch?.close();
      scanner.cancel();
      await scanner.idle();
      await Promise.allSettled(removals);
      await fingerprints.close();
      hearing.close();
      await lists.close();
      await longTotals.close();
      await longPlayed.close();
    },
  };
}

export interface AddedPaths {
  readonly trackIds: readonly Id[];
  readonly sources: readonly Id[];
  readonly rejected: readonly Skipped[];
}

export interface TrackFile {
  readonly path: string;
  readonly format: AudioFormat;
  /** As the last scan found it. */
  readonly bytes: number;
}

const like = 'INSERT INTO likes (track_id, at) SELECT value, ?2 FROM json_each(?1)';
const unlike = 'DELETE FROM likes WHERE track_id IN (SELECT value FROM json_each(?1))';
const filePlace = query<{
  readonly root: string;
  readonly folder: string;
  readonly name: string;
  readonly format: AudioFormat;
  readonly size: number;
}>(
  `SELECT sources.path AS root, folder, name, format, size
  FROM tracks JOIN sources ON sources.id = source_id WHERE tracks.id = ?`,
);

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MissingTracks, ScanProgress, Skipped } from '../../shared/library.ts';
import type { AudioFormat, Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';
import { keepMissing, letGo, missingTracks } from './missing-tracks.ts';
import { openFile } from './opened-files.ts';
import { createScanner } from './scan/scan.ts';
import type { StartThread } from './scan/threads.ts';
import { createWatch, type WatchTimes } from './scan/watch.ts';
import { createFingerprints } from './sounds/fingerprints.ts';
import { createHearing } from './sounds/hearing.ts';
import type { FoundTrack } from './sounds/moved-sounds.ts';
import {
  addSource,
  folderPage,
  holdsTracks,
  listSources,
  removeSource,
  sourceRows,
} from './sources.ts';
import type { Typing } from './typing.ts';

export interface DiskParts {
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How soon what happens on disk is followed; absent: only when a scan is asked for. */
  readonly watchTimes?: WatchTimes | undefined;
  readonly startThread: StartThread;
  readonly typing: Typing;
  /** @param trackIds rows that changed in themselves; absent: lists may be others, too */
  readonly changed: (trackIds?: Uint32Array) => void;
  readonly scanned: (progress: ScanProgress) => void;
  readonly fault: (message: string, cause: unknown) => void;
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

/** The listener's folders: they are scanned, watched, and their files heard in the background. */
export function createDisk(parts: DiskParts) {
  const { db, now, changed } = parts;
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
    isBusy: scanner.isRunning,
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

  return {
    requests: {
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
        // A sheet and its sound may both be among them.
        const trackIds = new Set<Id>();
        const added = { sources: [] as Id[], rejected: [] as Skipped[] };
        for (const path of paths) {
          if (await isFolder(path)) {
            added.sources.push(await addSource(db, path, false));
            continue;
          }
          const opened = await openFile(db, path, now());
          if ('ids' in opened) for (const id of opened.ids) trackIds.add(id);
          else added.rejected.push(opened);
        }
        if (trackIds.size + added.sources.length > 0) changed();
        scanner.scan(added.sources);
        return { ...added, trackIds: [...trackIds] };
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
      /** Resolves when the sources are watched, as far as they can be. */
      async watched(): Promise<void> {
        await watch?.ready();
        await scanner.idle();
      },
      /** Resolves when every file was heard that can be. */
      fingerprintsEnded: () => fingerprints.idle(),

      /** Where a track's sound lies; null when the id is unknown. The file may be gone. */
      file(id: Id): TrackFile | null {
        const row = db.first(filePlace, id) ?? db.first(filePlace, followedBy.get(id) ?? 0);
        if (row === undefined) return null;
        const { root, folder, name, format, size } = row;
        return { path: join(root, folder, name), format, bytes: size };
      },

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
    },

    /** Stops the scan where it is; all that it committed stays. */
    async close(): Promise<void> {
      isClosing = true;
      await watch?.close();
      scanner.cancel();
      await scanner.idle();
      await Promise.allSettled(removals);
      await fingerprints.close();
      hearing.close();
    },
  };
}

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

import { join } from 'node:path';
import { RefrainError } from '../shared/errors.ts';
import type { EditProgress, RefusedFiles } from '../shared/editing.ts';
import type { LibraryChange, ScanProgress } from '../shared/library.ts';
import type { SoundsChange } from '../shared/measured-sound.ts';
import type { Playlist } from '../shared/playlist.ts';
import type { Snapshot, SnapshotId } from '../shared/snapshots.ts';
import type { StartProblem } from '../shared/start.ts';
import { createBeaconStore } from './ads/beacon-store.ts';
import { createJournal } from './database/journal.ts';
import { openDatabase } from './database/open-database.ts';
import { setAside } from './database/restore.ts';
import { queriesBeside } from './database/side-queries.ts';
import { createSnapshots } from './database/snapshots.ts';
import { createEditing } from './library/editing/editing.ts';
import { createLibrary } from './library/library.ts';
import { type StartThread, threadsOf } from './library/scan/threads.ts';
import { usualTimes, type WatchTimes } from './library/scan/watch.ts';
import { createSessionStore } from './playback/session-store.ts';
import { createMetricsStore } from './metrics/metrics-store.ts';
import { createPlaylists } from './playlists/playlists.ts';
import { givenFolder, portToParent } from './parent-process.ts';
import { type Port, serve } from './remote.ts';

/** What the process tells of. */
export interface LibraryEvents {
  readonly 'library.changed': LibraryChange;
  readonly 'library.scanned': ScanProgress;
  readonly 'sounds.changed': SoundsChange;
  readonly 'playlists.changed': readonly Playlist[];
  readonly 'editing.progressed': EditProgress;
  /** Files of tracks that played when they were edited, and that could not be written now. */
  readonly 'editing.refused': RefusedFiles;
  /** A query found the file damaged. The library is closed: `database.problem` says what can be done. */
  readonly 'library.damaged': null;
}

export type LibraryProcess = ReturnType<typeof createLibraryProcess>;

export interface LibraryProcessParts {
  /** The folder that holds the library's files. */
  readonly profile: string;
  readonly emit: <Name extends keyof LibraryEvents>(
    event: Name,
    payload: LibraryEvents[Name],
  ) => void;
  readonly fault: (message: string, cause: unknown) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How soon what happens on disk is followed; absent: only when a scan is asked for. */
  readonly watchTimes?: WatchTimes | undefined;
  /** Absent: threads of the built file that lies beside this one. */
  readonly startThread?: StartThread;
}

/** How often it is asked whether a copy is due. */
const millisecondsBetweenLooks = 5 * 60_000;

/**
 * The parts that live outside the main process, over one database. It is opened when first needed; a
 * part that is asked while it can't be opened answers with the reason.
 */
export function createLibraryProcess({
  profile,
  emit,
  fault,
  now,
  watchTimes,
  startThread = threadsOf(new URL('./scan-thread.js', import.meta.url), fault),
}: LibraryProcessParts) {
  const file = join(profile, 'library.db');
  const snapshots = createSnapshots(file, now, fault);
  const journal = createJournal({ file: join(profile, 'journal.db'), now, fault });
  const { events, links } = createMetricsStore({ use: journal.use, now, fault });
  let opened: ReturnType<typeof open> | null = null;
  let isClosed = false;
  const copying = setInterval(() => {
    const isBusy = opened === null || opened.library.scan()?.state === 'running';
    if (!isBusy) void snapshots.makeIfDue();
  }, millisecondsBetweenLooks);
  // The process may end with it.
  copying.unref();

  function open() {
    const db = openDatabase(file, {
      // Not while the query is still on its way out.
      damaged: () => setImmediate(() => void closeDamaged()),
      fault,
    });
    const playlists = createPlaylists({
      db,
      trackIds: (list) => library.trackIds(list),
      changed: (all) => emit('playlists.changed', all),
    });
    const library = createLibrary({
      db,
      coversFolder: join(profile, 'covers'),
      playlists: playlists.all,
      now,
      watchTimes,
      startThread,
      beside: queriesBeside(file),
      changed: (change) => emit('library.changed', change),
      scanned: (progress) => emit('library.scanned', progress),
      measured: (id) => emit('sounds.changed', { id }),
      chosenPicture: (hash) => editing.chosenPicture(hash),
      fault,
    });
    const editing = createEditing({
      db,
      now,
      changed: library.rowsChanged,
      progressed: (progress) => emit('editing.progressed', progress),
      refused: (refused) => emit('editing.refused', refused),
      fault,
    });
    return { db, library, playlists, editing, session: createSessionStore(db) };
  }

  function parts() {
    // While it closes the profile is still held: opening it anew would wait for itself.
    if (isClosed) throw new RefrainError('unavailable', 'The library is closed');
    opened ??= open();
    return opened;
  }

  async function close(): Promise<void> {
    const closing = opened;
    opened = null;
    isClosed = true;
    journal.close();
    await closing?.editing.close();
    await closing?.library.close();
    closing?.db.close();
  }

  async function closeDamaged(): Promise<void> {
    try {
      await opened?.editing.close();
      await opened?.library.close();
      opened?.db.close();
    } catch (error) {
      fault('Closing a damaged library', error);
    }
    opened = null;
    emit('library.damaged', null);
  }

  /** Lets a restore that was made ready happen; whoever asks meanwhile is answered by either library. */
  async function reopen(): Promise<void> {
    await opened?.editing.close();
    await opened?.library.close();
    if (isClosed) return;
    // No call comes between: there is always a library.
    opened?.db.close();
    opened = open();
    emit('library.changed', { revision: 0 });
    emit('playlists.changed', opened.playlists.all());
    opened.library.rescan();
  }

  return {
    database: {
      /**
       * Opens the library, unless it is open.
       * @returns what the listener has to decide first; nothing was written then
       * @throws RefrainError `unavailable`, detail `in_use`: another process has the profile
       */
      problem: (): Promise<StartProblem | null> =>
        problemOf(parts, file, () => snapshots.newestWhole()),
      /**
       * Moves a library that can't be opened out of the way, where it is kept.
       * @returns its new path
       */
      setAside: () => setAside(file, now()),
      /**
       * Puts a copy in the place of a library that can't be opened, with what the listener made
       * since as far as it can be read. The damaged one is set aside.
       */
      async goBack(id: SnapshotId): Promise<void> {
        await snapshots.prepare(id, 'damaged');
      },
      /** Stops the scan and lets go of the profile, for good. */
      close,
    },
    snapshots: {
      all: (): Promise<Snapshot[]> => snapshots.all(),
      /** Copies the library now. @returns null when nothing is new since the newest copy */
      async make(): Promise<Snapshot | null> {
        parts();
        return snapshots.make('asked');
      },
      preview: (id: SnapshotId) => snapshots.preview(id),
      /**
       * Puts a copy in the library's place; the present one becomes a copy.
       * @returns the copy that takes this back
       */
      async restore(id: SnapshotId): Promise<SnapshotId> {
        parts();
        const before = await snapshots.prepare(id, 'whole');
        await reopen();
        return before;
      },
    },
    beacons: createBeaconStore(journal.use),
    /** These are in the journal, and need no library. */
    events,
    links,
    get library() {
      return parts().library;
    },
    get playlists() {
      return parts().playlists;
    },
    get editing() {
      return parts().editing;
    },
    get session() {
      return parts().session;
    },
  };
}

async function problemOf(
  open: () => unknown,
  file: string,
  newestWhole: () => Promise<Snapshot | null>,
): Promise<StartProblem | null> {
  try {
    open();
    return null;
  } catch (error) {
    if (!(error instanceof RefrainError)) throw error;
    if (error.code === 'damaged') {
      return { kind: 'database_damaged', file, copy: await newestWhole() };
    }
    if (error.code !== 'newer_database') throw error;
    return { kind: 'database_newer', file, version: Number(error.detail) };
  }
}

/** Serves the process that started this one. */
function serveParent(parent: Port): void {
  const fault = (message: string, cause: unknown): void => console.error(message, cause);
  const parts = createLibraryProcess({
    profile: givenFolder(),
    emit: (event, payload) => emit(event, payload),
    fault,
    now: () => Date.now(),
    watchTimes: usualTimes,
  });
  const { emit } = serve<LibraryEvents>(parent, parts, fault);
  process.once('SIGTERM', () => {
    void parts.database.close().finally(() => process.exit(0));
  });
}

const parent = portToParent();
if (parent !== null) serveParent(parent);

import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RefrainError } from '../shared/errors.ts';
import type { LibraryChange, ScanProgress } from '../shared/library.ts';
import type { Playlist } from '../shared/playlist.ts';
import type { StartProblem } from '../shared/start.ts';
import { openDatabase } from './database/open-database.ts';
import { lockProfile } from './database/profile-lock.ts';
import { createLibrary } from './library/library.ts';
import { createSessionStore } from './playback/session-store.ts';
import { createPlaylists } from './playlists/playlists.ts';
import { serve } from './remote.ts';

/** What the process tells of. */
export interface LibraryEvents {
  readonly 'library.changed': LibraryChange;
  readonly 'library.scanned': ScanProgress;
  readonly 'playlists.changed': readonly Playlist[];
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
}

/**
 * The parts that live outside the main process, over one database. It is opened when first needed; a
 * part that is asked while it can't be opened answers with the reason.
 */
export function createLibraryProcess({ profile, emit, fault, now }: LibraryProcessParts) {
  const file = join(profile, 'library.db');
  let opened: ReturnType<typeof open> | null = null;

  function open() {
    const db = openDatabase(file);
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
      changed: (change) => emit('library.changed', change),
      scanned: (progress) => emit('library.scanned', progress),
      fault,
    });
    return { db, library, playlists, session: createSessionStore(db) };
  }

  function parts() {
    opened ??= open();
    return opened;
  }

  async function close(): Promise<void> {
    const closing = opened;
    opened = null;
    await closing?.library.close();
    closing?.db.close();
  }

  return {
    database: {
      /**
       * Opens the library, unless it is open.
       * @returns what the listener has to decide first; nothing was written then
       * @throws RefrainError `unavailable`, detail `in_use`: another process has the profile
       */
      problem: (): StartProblem | null => problemOf(parts, file),
      /**
       * Moves a library that can't be opened out of the way, where it is kept.
       * @returns its new path
       */
      setAside: () => setAside(file, now()),
      /** Stops the scan and lets go of the profile. */
      close,
    },
    get library() {
      return parts().library;
    },
    get playlists() {
      return parts().playlists;
    },
    get session() {
      return parts().session;
    },
  };
}

function problemOf(open: () => unknown, file: string): StartProblem | null {
  try {
    open();
    return null;
  } catch (error) {
    if (!(error instanceof RefrainError)) throw error;
    if (error.code === 'damaged') return { kind: 'database_damaged', file };
    if (error.code !== 'newer_database') throw error;
    return { kind: 'database_newer', file, version: Number(error.detail) };
  }
}

function setAside(file: string, now: number): string {
  const unlock = lockProfile(file);
  try {
    // Windows allows no colon in a file's name.
    const time = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
    const kept = file.replace(/\.db$/, `.set-aside-${time}.db`);
    // What SQLite has not written into the file yet belongs to it.
    for (const ending of ['', '-wal', '-shm']) {
      if (existsSync(file + ending)) renameSync(file + ending, kept + ending);
    }
    rmSync(`${file}.open`, { force: true });
    return kept;
  } finally {
    unlock();
  }
}

/** What Electron gives to a utility process; absent everywhere else. */
interface ParentPort {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message', listener: (event: { readonly data: unknown }) => void) => void;
}

/** Serves the process that started this one. The profile is the first argument. */
function serveParent(parent: ParentPort): void {
  const profile = process.argv[2];
  if (profile === undefined) throw new Error('The library process was given no profile');
  const fault = (message: string, cause: unknown): void => console.error(message, cause);
  const parts = createLibraryProcess({
    profile,
    emit: (event, payload) => emit(event, payload),
    fault,
    now: () => Date.now(),
  });
  const { emit } = serve<LibraryEvents>(
    {
      postMessage: (message) => parent.postMessage(message),
      onMessage: (listener) => parent.on('message', ({ data }) => listener(data)),
      // The process ends with the one that started it.
      onClose: () => undefined,
    },
    parts,
    fault,
  );
  process.once('SIGTERM', () => {
    void parts.database.close().finally(() => process.exit(0));
  });
}

const { parentPort } = process as { readonly parentPort?: ParentPort };
if (parentPort !== undefined) serveParent(parentPort);

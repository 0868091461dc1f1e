import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import Connection from 'libsql';
import { RefrainError } from '../../shared/errors.ts';
import type { Database } from '../database.ts';
import { bringUp, versionOf } from './bring-up.ts';
import { asDatabase, asRefrainError } from './connection.ts';
import { journalMigrations } from './journal-migrations.ts';
import { timeName } from './snapshot-files.ts';

/**
 * The second database of a profile: what Refrain notes for itself (events, beacons, links that were
 * opened). It is a file apart from the library's so that going back to a copy of the library brings
 * no old beacon or event back. Nothing in it is made by the listener: one that can't be read, or that
 * a newer Refrain wrote, is set aside and begun anew, which is told by `fault`.
 */
export interface Journal {
  /**
   * Runs the work on the open journal, which is opened when first needed. If the file turns out to
   * be damaged the work runs once more, on a new journal: what it holds besides the database must
   * bear that. It never waits, so nothing else comes between its queries.
   */
  readonly use: <Result>(work: (db: Database) => Result) => Result;
  readonly close: () => void;
}

export interface JournalParts {
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly fault: (message: string, cause: unknown) => void;
}

export function createJournal({ file, now, fault }: JournalParts): Journal {
  let opened: Database | null = null;

  function openOrBeginAnew(): Database {
    try {
      return openJournal(file);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      setAside(error);
      return openJournal(file);
    }
  }

  function close(): void {
    const closing = opened;
    opened = null;
    closing?.close();
  }

  function setAside(cause: unknown): void {
    const kept = file.replace(/\.db$/, `.set-aside-${timeName(now())}.db`);
    // The log goes first: beside another database it would be taken for that one's.
    for (const ending of ['-wal', '-shm', '']) {
      if (existsSync(file + ending)) renameSync(file + ending, kept + ending);
    }
    fault('The journal could not be read, and is begun anew', cause);
  }

  return {
    use(work) {
      opened ??= openOrBeginAnew();
      try {
        return work(opened);
      } catch (error) {
        if (!isUnreadable(error)) throw error;
        close();
        setAside(error);
        opened = openJournal(file);
        return work(opened);
      }
    },
    close,
  };
}

/** @throws RefrainError `damaged` or `newer_database` */
function openJournal(file: string): Database {
  mkdirSync(dirname(file), { recursive: true });
  const connection = new Connection(file, { timeout: 5000 });
  try {
    // A power cut may take the last moments' rows, never the file.
    connection.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA foreign_keys = ON;
      PRAGMA cache_size = -2000;
    `);
    const version = versionOf(connection);
    if (version > journalMigrations.length) {
      throw new RefrainError('newer_database', 'The journal was written by a newer Refrain', {
        detail: String(version),
      });
    }
    bringUp(connection, journalMigrations, version);
  } catch (error) {
    connection.close();
    throw asRefrainError(error);
  }
  return asDatabase(connection, { damaged: () => undefined, closed: () => undefined });
}

function isUnreadable(error: unknown): boolean {
  return (
    error instanceof RefrainError && (error.code === 'damaged' || error.code === 'newer_database')
  );
}

import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Connection from 'libsql';
import { RefrainError } from '../../shared/errors.ts';
import type { Database } from '../database.ts';
import { asDatabase, asRefrainError } from './connection.ts';
import { migrate, newestVersion, refuseNewer } from './migrations.ts';
import { lockProfile } from './profile-lock.ts';
import { completeRestore } from './restore.ts';
import { snapshotPath, snapshotsFolder } from './snapshot-files.ts';

/** What happens to an open database beside its answers. */
export interface DatabaseEvents {
  /** A query found the file damaged; it throws `damaged`. Told once. */
  readonly damaged: () => void;
  readonly fault: (message: string, cause: unknown) => void;
}

const unheard: DatabaseEvents = { damaged: () => undefined, fault: () => undefined };

/**
 * Opens the library's database, made and migrated as needed; a restore that was made ready happens
 * first. Before a migration the file is copied among the snapshots.
 * @throws RefrainError `newer_database` (detail: its version) and `damaged`, both with the file left
 *   as it is; `unavailable` with detail `in_use` when another process has the profile
 */
export function openDatabase(file: string, events: DatabaseEvents = unheard): Database {
  mkdirSync(dirname(file), { recursive: true });
  const unlock = lockProfile(file);
  try {
    completeRestore(file);
    const version = versionInHeader(file);
    refuseNewer(version);
    return openLocked(file, version, unlock, events);
  } catch (error) {
    unlock();
    throw asRefrainError(error);
  }
}

function openLocked(
  file: string,
  version: number,
  unlock: () => void,
  events: DatabaseEvents,
): Database {
  const openMark = `${file}.open`;
  const endedUncleanly = existsSync(openMark);
  writeFileSync(openMark, '');
  const connection = new Connection(file, { timeout: 5000 });
  try {
    connection.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA foreign_keys = ON;
      PRAGMA cache_size = -32000;
      -- 16 MB of log instead of 4: a scan would wait for the disk four times as often.
      PRAGMA wal_autocheckpoint = 4000;
    `);
    if (endedUncleanly) checkWhole(connection);
    if (version > 0 && version < newestVersion) copyBeforeUpgrade(connection, file, events);
    migrate(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
  return asDatabase(connection, {
    damaged: events.damaged,
    closed(isWhole) {
      // While it stands the next opening looks the whole file through.
      if (isWhole) rmSync(openMark, { force: true });
      unlock();
    },
  });
}

/**
 * The file as it is, which nobody else has open: quicker than a copy by SQLite. A migration happens
 * whole or not at all, so it need not wait until there is room for a copy.
 */
function copyBeforeUpgrade(
  connection: Connection.Database,
  file: string,
  { fault }: DatabaseEvents,
): void {
  const path = snapshotPath(file, Date.now(), 'before_upgrade');
  try {
    mkdirSync(snapshotsFolder(file), { recursive: true });
    connection.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    copyFileSync(file, `${path}.new`, constants.COPYFILE_FICLONE);
    renameSync(`${path}.new`, path);
  } catch (error) {
    fault('The library was not copied before its upgrade', error);
  }
}

/**
 * Read without SQLite, which tidies up a database by opening it: one that is refused has to stay
 * byte for byte. Layout: https://www.sqlite.org/fileformat.html#the_database_header
 */
function versionInHeader(file: string): number {
  const size = sizeOf(file);
  // An empty file is what a crash before the first write leaves.
  if (size === 0) return 0;
  const header = readHeader(file);
  if (header.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw new RefrainError('damaged', 'The library file is not a database');
  }
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  // While there is a log, the pages that are missing here may lie in it.
  if (size < header.readUInt32BE(28) * pageBytes && sizeOf(`${file}-wal`) === 0) {
    throw new RefrainError('damaged', 'The library file breaks off');
  }
  return header.readUInt32BE(60);
}

/** Filled up with zeros where the file is shorter. */
function readHeader(file: string): Buffer {
  const header = Buffer.alloc(100);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, header.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return header;
}

/** In bytes; 0 when there is no such file. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

function checkWhole(connection: Connection.Database): void {
  const [row] = connection.prepare('PRAGMA quick_check(1)').all() as { quick_check: string }[];
  if (row?.quick_check !== 'ok') {
    throw new RefrainError('damaged', `The library file is damaged: ${row?.quick_check ?? ''}`);
  }
}

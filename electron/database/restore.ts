import {
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { SnapshotId } from '../../shared/snapshots.ts';
import { expectWhole } from './content.ts';
import { lockProfile } from './profile-lock.ts';
import { salvage } from './salvage.ts';
import { besideTheRest, removeDatabase, sqlText } from './side-connection.ts';
import { flush, snapshotsFolder, timeName } from './snapshot-files.ts';

/** Whether the present library can still be read when a copy takes its place. */
export type PresentState = 'whole' | 'damaged';

const pendingPattern = /^library\.restoring-(?<time>[^.]+)\.(?<present>whole|damaged)\.db$/;

/**
 * Makes ready for `completeRestore` what a copy will be as the library: checked, with the session
 * that goes on, and with no id free that the present library has given away. Of a damaged one what
 * the listener made and can still be read is added.
 * A crash before this has ended changes nothing; after it the next start completes the restore.
 * @returns names what the present library will be kept as
 * @throws RefrainError `damaged` when the copy is, with nothing changed
 */
export async function prepareRestore(
  file: string,
  copy: string,
  present: PresentState,
  now: number,
): Promise<SnapshotId> {
  const temporary = `${file}.restoring.new`;
  await removeDatabase(temporary);
  await copyFile(copy, temporary, constants.COPYFILE_FICLONE);
  await besideTheRest(temporary, async (connection) => {
    await connection.exec('PRAGMA journal_mode = DELETE; PRAGMA foreign_keys = OFF');
    await expectWhole(connection);
    if (present === 'whole') {
      await connection.exec(`ATTACH ${sqlText(file)} AS present; ${carryOver}; DETACH present`);
    }
  });
  if (present === 'damaged') await salvage(file, temporary);
  await flush(temporary);
  await mkdir(snapshotsFolder(file), { recursive: true });
  const id = timeName(now);
  await rename(temporary, join(dirname(file), `library.restoring-${id}.${present}.db`));
  flushFolder(dirname(file));
  return id;
}

const carryOver = `
  BEGIN;
  DELETE FROM main.session_state;
  INSERT INTO main.session_state SELECT * FROM present.session_state;
  CREATE TEMP TABLE given AS SELECT name, max(seq) AS seq FROM (
    SELECT name, seq FROM main.sqlite_sequence UNION ALL SELECT name, seq FROM present.sqlite_sequence
  ) GROUP BY name;
  DELETE FROM main.sqlite_sequence;
  INSERT INTO main.sqlite_sequence (name, seq) SELECT name, seq FROM given;
  COMMIT`;

/**
 * Ends a restore that was made ready: the present library becomes a copy itself, a damaged one is
 * set aside. To be called with the profile locked and the library closed; however often it is
 * broken off, the next call goes on where it was.
 * @returns whether there was one
 */
export function completeRestore(file: string): boolean {
  const folder = dirname(file);
  const pending = readdirSync(folder).find((name) => pendingPattern.test(name));
  const { time = '', present } = pendingPattern.exec(pending ?? '')?.groups ?? {};
  if (pending === undefined) return false;
  const kept =
    present === 'whole'
      ? join(snapshotsFolder(file), `library-${time}.before_restore.db`)
      : setAsidePath(file, time);
  moveDatabase(file, kept);
  renameSync(join(folder, pending), file);
  flushFolder(folder);
  return true;
}

/**
 * Moves a library that can't be opened out of the way, where it is kept.
 * @returns its new path
 * @throws RefrainError `unavailable`, detail `in_use`
 */
export function setAside(file: string, now: number): string {
  const unlock = lockProfile(file);
  try {
    const kept = setAsidePath(file, timeName(now));
    moveDatabase(file, kept);
    return kept;
  } finally {
    unlock();
  }
}

/** The log goes first: beside another database it would be taken for that one's. */
function moveDatabase(file: string, to: string): void {
  for (const ending of ['-wal', '-shm', '']) {
    if (existsSync(file + ending)) renameSync(file + ending, to + ending);
  }
  rmSync(`${file}.open`, { force: true });
}

function setAsidePath(file: string, time: string): string {
  return file.replace(/\.db$/, `.set-aside-${time}.db`);
}

/** Makes renames last through a power cut; Windows can't and needn't. */
function flushFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

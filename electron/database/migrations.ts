import type Connection from 'libsql';
import { RefrainError } from '../../shared/errors.ts';
import { bringUp, versionOf } from './bring-up.ts';
import { library } from './migrations/0001-library.ts';
import { libraryThatLasts } from './migrations/0002-library-that-lasts.ts';
import { theInstrument } from './migrations/0003-the-instrument.ts';

/**
 * One SQL text per version, from version 1 on. A released one is frozen: a change to the schema is
 * a new text at the end.
 */
const migrations: readonly string[] = [library, libraryThatLasts, theInstrument];

export const newestVersion = migrations.length;

/**
 * Brings a database to the newest version, each step whole or not at all.
 * @throws RefrainError as `refuseNewer` does, before anything is written
 */
export function migrate(connection: Connection.Database): void {
  const version = versionOf(connection);
  refuseNewer(version);
  bringUp(connection, migrations, version);
}

/** @throws RefrainError `newer_database`, detail the version found */
export function refuseNewer(version: number): void {
  if (version <= newestVersion) return;
  throw new RefrainError('newer_database', 'The library was written by a newer Refrain', {
    detail: String(version),
  });
}

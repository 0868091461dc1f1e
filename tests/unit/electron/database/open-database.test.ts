import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Connection from 'libsql';
import { describe, expect, it } from 'vitest';
import { type Database, query } from '../../../../electron/database.ts';
import { newestVersion } from '../../../../electron/database/migrations.ts';
import { openDatabase } from '../../../../electron/database/open-database.ts';
import { RefrainError } from '../../../../shared/errors.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

/** One database of each released version, as SQL. A new version adds its own; none is changed. */
const fixtures = fileURLToPath(new URL('../../../fixtures/database/', import.meta.url));
const schema = query<{ name: string; sql: string }>(
  `SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name`,
);

describe('the database', () => {
  it('keeps what a transaction wrote, and nothing of one that failed', async () => {
    const file = join(await temporaryFolder(), 'library.db');
    const first = openDatabase(file);
    first.transaction(() => addPlaylist(first, 'Kept'));
    expect(() =>
      first.transaction(() => {
        addPlaylist(first, 'Lost');
        throw new Error('changed my mind');
      }),
    ).toThrow('changed my mind');
    first.close();

    const second = openDatabase(file);
    expect(names(second)).toEqual(['Kept']);
    second.close();
  });

  it('binds texts with zero bytes whole but for those', async () => {
    const db = openDatabase(join(await temporaryFolder(), 'library.db'));
    addPlaylist(db, 'before\0after');
    expect(names(db)).toEqual(['beforeafter']);
    db.close();
  });

  it('answers a query for ids in its order', async () => {
    const db = openDatabase(join(await temporaryFolder(), 'library.db'));
    for (const name of ['b', 'c', 'a']) addPlaylist(db, name);
    expect(db.ids('SELECT id FROM playlists ORDER BY name DESC')).toEqual(Uint32Array.of(2, 1, 3));
    expect(db.ids('SELECT id FROM playlists WHERE name = ?', 'none')).toEqual(new Uint32Array());
    db.close();
  });

  it('refuses one that a newer Refrain wrote and leaves its every byte', async () => {
    const file = join(await temporaryFolder(), 'library.db');
    openDatabase(file).close();
    const written = readFileSync(file);
    // Where the format keeps `user_version`.
    written.writeUInt32BE(newestVersion + 1, 60);
    writeFileSync(file, written);
    const before = readFileSync(file);

    expect(openingError(file)).toMatchObject({
      code: 'newer_database',
      detail: String(newestVersion + 1),
    });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it('calls a file damaged that is no database, or that breaks off, and leaves it', async () => {
    const folder = await temporaryFolder();
    const text = join(folder, 'text.db');
    writeFileSync(text, 'not a database\n'.repeat(1000));
    expect(openingError(text)).toMatchObject({ code: 'damaged' });
    expect(readFileSync(text, 'utf8')).toBe('not a database\n'.repeat(1000));

    const whole = join(folder, 'whole.db');
    openDatabase(whole).close();
    const broken = join(folder, 'broken.db');
    writeFileSync(broken, readFileSync(whole).subarray(0, 5000));
    expect(openingError(broken)).toMatchObject({ code: 'damaged' });
  });

  it('opens again after a start that wrote nothing', async () => {
    const file = join(await temporaryFolder(), 'library.db');
    writeFileSync(file, '');
    const db = openDatabase(file);
    expect(names(db)).toEqual([]);
    db.close();
  });

  it('belongs to one process at a time', async () => {
    const file = join(await temporaryFolder(), 'library.db');
    const first = openDatabase(file);
    expect(openingError(file)).toMatchObject({ code: 'unavailable', detail: 'in_use' });
    first.close();
    openDatabase(file).close();
  });

  it('is free again when the process that had it was killed', async () => {
    const file = join(await temporaryFolder(), 'library.db');
    const other = spawn(process.execPath, [
      '--input-type=commonjs',
      '--eval',
      `const connection = new (require('libsql'))(${JSON.stringify(`${file}.lock`)});
      connection.exec('BEGIN EXCLUSIVE');
      console.log('locked');
      setInterval(() => connection.inTransaction, 1000);`,
    ]);
    await once(other.stdout, 'data');
    expect(openingError(file)).toMatchObject({ detail: 'in_use' });
    other.kill('SIGKILL');
    await once(other, 'exit');
    openDatabase(file).close();
  });

  it('waits for a process that is about to end', async () => {
    const file = join(await temporaryFolder(), 'library.db');
    const other = spawn(process.execPath, [
      '--input-type=commonjs',
      '--eval',
      `const connection = new (require('libsql'))(${JSON.stringify(`${file}.lock`)});
      connection.exec('BEGIN EXCLUSIVE');
      console.log('locked');
      setTimeout(() => connection.exec('ROLLBACK'), 300);`,
    ]);
    await once(other.stdout, 'data');
    openDatabase(file).close();
    expect(other.kill()).toBe(true);
  });

  it.each(readdirSync(fixtures))('migrates %s to the schema of a new one', async (name) => {
    const folder = await temporaryFolder();
    const old = new Connection(join(folder, 'old.db'));
    old.exec(readFileSync(join(fixtures, name), 'utf8'));
    old.close();
    const migrated = openDatabase(join(folder, 'old.db'));
    const fresh = openDatabase(join(folder, 'fresh.db'));
    expect(migrated.all(schema)).toEqual(fresh.all(schema));
    expect(names(migrated)).toEqual(['Kept through every version']);
    expect(migrated.all(query('PRAGMA foreign_key_check'))).toEqual([]);
    migrated.close();
    fresh.close();
  });

  it('has a fixture of every version', () => {
    expect(readdirSync(fixtures)).toHaveLength(newestVersion);
  });
});

function addPlaylist(db: Database, name: string): void {
  db.run('INSERT INTO playlists (name) VALUES (?)', name);
}

function names(db: Database): string[] {
  return db.all(query<{ name: string }>('SELECT name FROM playlists')).map(({ name }) => name);
}

function openingError(file: string): unknown {
  try {
    openDatabase(file).close();
    return null;
  } catch (error) {
    expect(error).toBeInstanceOf(RefrainError);
    return error;
  }
}

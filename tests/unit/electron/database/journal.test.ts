import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Connection from 'libsql';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Database, query } from '../../../../electron/database.ts';
import { createJournal } from '../../../../electron/database/journal.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('the journal', () => {
  it('is not there before it is first used, and keeps what was written', async () => {
    const { folder, journal } = await openedJournal();
    expect(readdirSync(folder)).toEqual([]);
    journal.use((db) => note(db, 'kept'));
    journal.close();
    expect(journal.use(noted)).toEqual(['kept']);
  });

  it('sets aside a file that is no database and begins anew, and says so', async () => {
    const { folder, file, journal, faults } = await openedJournal();
    writeFileSync(file, 'not a database\n'.repeat(500));
    journal.use((db) => note(db, 'after'));
    expect(journal.use(noted)).toEqual(['after']);
    expect(readFileSync(join(folder, asideIn(folder)), 'utf8')).toContain('not a database');
    expect(faults).toEqual(['The journal could not be read, and is begun anew']);
  });

  it('sets aside a file that a newer Refrain wrote', async () => {
    const { folder, file, journal, faults } = await openedJournal();
    const newer = new Connection(file);
    newer.exec('PRAGMA user_version = 1000');
    newer.close();
    expect(journal.use(noted)).toEqual([]);
    expect(asideIn(folder)).toMatch(/^journal\.set-aside-.*\.db$/);
    expect(faults).toHaveLength(1);
  });

  it('begins anew when a query finds damage, and runs the work there', async () => {
    const { folder, file, journal, faults } = await openedJournal();
    journal.use((db) =>
      db.transaction(() => {
        for (let count = 0; count < 2000; count += 1) note(db, `event ${count}`.repeat(10));
      }),
    );
    journal.close();
    const written = readFileSync(file);
    // All but the first page, which holds the header and the schema's root.
    writeFileSync(file, written.fill(0xa5, 4096 * 20));

    expect(journal.use(noted)).toEqual([]);
    journal.use((db) => note(db, 'goes on'));
    expect(journal.use(noted)).toEqual(['goes on']);
    expect(asideIn(folder)).not.toBe('');
    expect(faults).toHaveLength(1);
  });

  it('passes on what else goes wrong in the work, and undoes nothing by it', async () => {
    const { journal, faults } = await openedJournal();
    journal.use((db) => note(db, 'kept'));
    expect(() => journal.use((db) => db.run('INSERT INTO nowhere VALUES (1)'))).toThrow('nowhere');
    expect(journal.use(noted)).toEqual(['kept']);
    expect(faults).toEqual([]);
  });
});

async function openedJournal() {
  const folder = await temporaryFolder();
  const faults: string[] = [];
  const file = join(folder, 'journal.db');
  const journal = createJournal({
    file,
    now: () => Date.UTC(2026, 10, 22),
    fault: (message) => void faults.push(message),
  });
  onTestFinished(() => journal.close());
  return { folder, file, journal, faults };
}

function note(db: Database, id: string): void {
  db.run(`INSERT INTO events (id, source, type, at, data) VALUES (?, 'test', 'test', 0, '{}')`, id);
}

function noted(db: Database): string[] {
  return db.all(query<{ id: string }>('SELECT id FROM events ORDER BY seq')).map(({ id }) => id);
}

function asideIn(folder: string): string {
  return readdirSync(folder).find((name) => /set-aside.*\.db$/.test(name)) ?? '';
}

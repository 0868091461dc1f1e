import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { query } from '../../../../electron/database.ts';
import { openDatabase } from '../../../../electron/database/open-database.ts';
import { queriesBeside } from '../../../../electron/database/side-queries.ts';
import { temporaryFolder } from '../../../support/temporary-folder.ts';

describe('queries beside the rest', () => {
  it('answer as the database itself does, however long the list', async () => {
    const file = join(await temporaryFolder(), 'library.db');
    const db = openDatabase(file);
    const beside = queriesBeside(file);
    const numbers = `WITH RECURSIVE many(id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM many
      WHERE id < ?) SELECT id * 7919 % 4294967296 AS id FROM many ORDER BY id DESC`;
    for (const count of [1, 2, 100_000]) {
      expect(await beside.ids(numbers, count)).toEqual(db.ids(numbers, count));
    }
    expect(await beside.ids('SELECT id FROM tracks')).toEqual(new Uint32Array());
    db.close();
  });

  it('sort by whole numbers as the database does', async () => {
    const file = join(await temporaryFolder(), 'library.db');
    const db = openDatabase(file);
    const beside = queriesBeside(file);
    const keys = fc.array(fc.oneof(fc.nat(5), fc.nat(), fc.nat(2 ** 50)), { maxLength: 300 });
    await fc.assert(
      fc.asyncProperty(keys, async (list) => {
        const rows = 'SELECT json_each.key + 1 AS id, value AS key FROM json_each(?)';
        expect(await beside.sorted(rows, JSON.stringify(list))).toEqual(
          db.ids(`SELECT id FROM (${rows}) ORDER BY key, id`, JSON.stringify(list)),
        );
      }),
      { numRuns: 50 },
    );
    db.close();
  });

  it('see what was committed', async () => {
    const file = join(await temporaryFolder(), 'library.db');
    const db = openDatabase(file);
    const beside = queriesBeside(file);
    db.run(`INSERT INTO playlists (name) VALUES ('one')`);
    expect(await beside.rows(query<{ name: string }>('SELECT name FROM playlists'))).toEqual([
      { name: 'one' },
    ]);
    db.close();
  });
});

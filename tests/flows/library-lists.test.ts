import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/database/open-database.ts';
import { queriesBeside } from '../../electron/database/side-queries.ts';
import { createLists } from '../../electron/library/lists.ts';
import { type TrackList, TrackSort } from '../../shared/track.ts';
import { makeRows } from '../support/made-rows.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** From here on lists are made beside the rest. */
const large = 20_100;

describe('the songs of a large library', () => {
  it('come in the same order from the connection beside as from the first', async () => {
    const profile = await temporaryFolder();
    makeRows(profile, large, Date.UTC(2026, 10, 22));
    const file = join(profile, 'library.db');
    const db = openDatabase(file);
    db.run('UPDATE tracks SET track = NULL WHERE id % 7 < 2');
    db.run('UPDATE tracks SET disc = id, track = 70000 - id WHERE id % 11 = 0');
    db.run('UPDATE tracks SET year = NULL WHERE id % 13 = 0');
    db.run(`UPDATE tracks SET state = 'removed' WHERE id % 17 = 0`);
    db.run(`UPDATE albums SET title_sort = 'alike' WHERE id % 5 = 0`);
    db.run(`UPDATE artists SET sort = 'alike' WHERE id % 3 = 0`);
    function lists() {
      return createLists(db, () => new Uint32Array(), queriesBeside(file));
    }
    for (const by of TrackSort.shape.by.options) {
      for (const descending of [false, true]) {
        const list: TrackList = { from: 'all', sort: { by, descending } };
        const loaded = await lists().loadTrackIds(list);
        expect(loaded.length).toBeGreaterThan(large / 2);
        expect(loaded, `${by}, ${String(descending)}`).toEqual(lists().trackIds(list));
      }
    }
    db.close();
  });
});

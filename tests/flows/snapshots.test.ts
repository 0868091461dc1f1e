import { readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Connection from 'libsql';
import { describe, expect, it } from 'vitest';
import { query } from '../../electron/database.ts';
import { openDatabase } from '../../electron/database/open-database.ts';
import {
  allTracks,
  openTestLibrary,
  scanFolder,
  type TestLibrary,
  trackCalled,
  writeMusic,
} from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const versionOne = fileURLToPath(new URL('../fixtures/database/version-1.sql', import.meta.url));

describe('a copy of the library', () => {
  it('notes what it holds, and is made only when something is new', async () => {
    const test = await libraryOf('One', 'Two', 'Three');
    const one = trackCalled(test, 'One');
    test.library.setLiked([one.id], true);
    test.library.countPlay(one.id, 1_000);
    test.playlists.create('Evening', { from: 'tracks', ids: [one.id] });

    const { snapshots } = test.process;
    const made = await snapshots.make();
    expect(made).toMatchObject({
      reason: 'asked',
      counts: { tracks: 3, likes: 1, ratings: 0, plays: 1, playlists: 1 },
    });
    expect(await snapshots.make()).toBeNull();
    expect(await snapshots.all()).toEqual([made]);

    test.library.countPlay(one.id, 2_000);
    expect((await snapshots.make())?.counts.plays).toBe(2);
    expect(await snapshots.all()).toHaveLength(2);
  });

  it('is of one moment, though others write on', async () => {
    const test = await libraryOf('One');
    let writes = 0;
    const writing = setInterval(() => {
      writes += 1;
      test.playlists.create(`List ${writes}`, { from: 'all' });
    }, 1);
    await mkdir(join(test.profile, 'snapshots'), { recursive: true });
    while (writes < 5) await test.process.snapshots.make();
    clearInterval(writing);

    for (const path of copiesIn(test)) {
      const copy = new Connection(path);
      const [row] = copy
        .prepare(
          `SELECT (SELECT count(*) FROM playlists) AS lists,
            (SELECT count(*) FROM playlist_items) AS items`,
        )
        .all() as { lists: number; items: number }[];
      expect(row?.lists).toBe(row?.items);
      copy.close();
    }
  });

  it('is left out when it can’t be written, which the log is told, and nothing is lost', async () => {
    const test = await libraryOf('One');
    await writeFile(join(test.profile, 'snapshots'), 'in the way');
    await expect(test.process.snapshots.make()).rejects.toThrow();
    expect(allTracks(test)).toHaveLength(1);
    expect(await test.process.snapshots.all()).toEqual([]);
  });

  it('is made before a new Refrain changes the library', async () => {
    const profile = await profileOfVersionOne();
    const test = await openTestLibrary(profile);
    expect(await test.process.database.problem()).toBeNull();
    const [copy] = await test.process.snapshots.all();
    expect(copy).toMatchObject({ reason: 'before_upgrade', counts: { playlists: 1 } });
    if (copy === undefined) return;

    expect(await test.process.snapshots.preview(copy.id)).toMatchObject({ playlists: [] });
    await test.process.snapshots.restore(copy.id);
    expect(test.playlists.all().map(({ name }) => name)).toEqual(['Kept through every version']);
  });
});

describe('going back to a copy', () => {
  it('shows first what would change, and can be taken back', async () => {
    const test = await libraryOf('One', 'Two');
    const one = trackCalled(test, 'One');
    const two = trackCalled(test, 'Two');
    test.library.setLiked([one.id], true);
    const kept = test.playlists.create('Kept', { from: 'tracks', ids: [one.id] });
    const gone = test.playlists.create('Gone', { from: 'tracks', ids: [two.id] });
    const { snapshots } = test.process;
    test.library.setLoop(one.id, { startSeconds: 1, endSeconds: 2.5 });
    test.library.setPairJoin(one.id, two.id, 4);
    const copy = await snapshots.make();
    if (copy === null) throw new Error('There is something new');

    test.library.setLoop(one.id, { startSeconds: 1, endSeconds: 3 });
    test.library.setPairJoin(one.id, two.id, null);
    test.library.setLiked([one.id], false);
    test.library.setLiked([two.id], true);
    test.library.countPlay(two.id, 1_000);
    test.playlists.add(kept.id, { from: 'tracks', ids: [two.id] });
    test.playlists.remove(gone.id);
    test.playlists.create('New', null);
    test.process.session.save({ place: { now: 'here' } as never });

    expect(await snapshots.preview(copy.id)).toEqual({
      tracks: { gained: 0, lost: 0 },
      likes: { gained: 1, lost: 1 },
      ratings: { gained: 0, lost: 0 },
      loops: { gained: 1, lost: 1 },
      joins: { gained: 1, lost: 0 },
      plays: { gained: 0, lost: 1 },
      playlists: [
        { kind: 'gained', name: 'Gone', tracksNow: null, tracksThen: 1 },
        { kind: 'changed', name: 'Kept', tracksNow: 2, tracksThen: 1 },
        { kind: 'lost', name: 'New', tracksNow: 0, tracksThen: null },
      ],
    });

    const before = await snapshots.restore(copy.id);
    expect(allTracks(test).map(({ title, liked }) => [title, liked])).toEqual([
      ['One', true],
      ['Two', false],
    ]);
    expect(namesOf(test)).toEqual(['Kept', 'Gone']);
    expect(test.library.playables([one.id])[0]?.sound).toMatchObject({
      loop: { startSeconds: 1, endSeconds: 2.5 },
      joins: [{ nextId: two.id, crossfadeSeconds: 4 }],
    });
    expect(test.process.session.load()?.place).toEqual({ now: 'here' });
    expect(test.events).toContainEqual({ name: 'library.changed', payload: { revision: 0 } });

    expect((await snapshots.all()).map(({ id, reason }) => [id, reason])).toEqual([
      [before, 'before_restore'],
      [copy.id, 'asked'],
    ]);
    await test.library.scanEnded();
    await snapshots.restore(before);
    expect(namesOf(test)).toEqual(['Kept', 'New']);
    expect(trackCalled(test, 'Two')).toMatchObject({ liked: true, plays: 1 });
  });

  it('never gives an id again that the library had given', async () => {
    const test = await libraryOf('One');
    const copy = await test.process.snapshots.make();
    const later = test.playlists.create('Later', null);
    await test.process.snapshots.restore(copy?.id ?? '');
    expect(test.playlists.create('Another', null).id).toBeGreaterThan(later.id);
  });

  it('is whole though a process was killed in the middle of preparing another', async () => {
    const test = await libraryOf('One', 'Two');
    await test.process.snapshots.make();
    const [older = ''] = copiesIn(test);
    const prepared = join(test.profile, 'library.db.restoring.new');
    writeFileSync(prepared, readFileSync(older));
    const killed = new Connection(prepared);
    killed.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF; BEGIN');
    killed.exec(`UPDATE tracks SET title = 'Changed'; DELETE FROM session_state;
      UPDATE sqlite_sequence SET seq = seq + 1; CREATE TABLE more AS SELECT * FROM tracks`);
    const journal = readFileSync(`${prepared}-journal`);
    killed.exec('ROLLBACK');
    killed.close();
    writeFileSync(`${prepared}-journal`, journal);

    for (let list = 0; list < 300; list += 1)
      test.playlists.create(`List ${list}`, { from: 'all' });
    const newer = await test.process.snapshots.make();
    test.playlists.create('After', null);
    await test.process.snapshots.restore(newer?.id ?? '');
    expect(namesOf(test)).toHaveLength(300);
    expect(allTracks(test).map(({ title }) => title)).toEqual(['One', 'Two']);
  });

  it('is refused when the copy is damaged, with nothing changed', async () => {
    const test = await libraryOf('One');
    const copy = await test.process.snapshots.make();
    test.playlists.create('New', null);
    for (const path of copiesIn(test)) damage(path);
    await expect(test.process.snapshots.restore(copy?.id ?? '')).rejects.toThrow();
    expect(namesOf(test)).toEqual(['New']);
    await test.process.database.close();
    expect(namesOf(await openTestLibrary(test.profile))).toEqual(['New']);
  });

  it.each(['nothing', 'the log', 'the library'])(
    'goes on at the next start when it was broken off after %s had moved',
    async (moved) => {
      const test = await libraryOf('One');
      test.playlists.create('Then', null);
      const copy = await test.process.snapshots.make();
      test.playlists.create('Now', null);
      await test.process.database.close();
      const file = join(test.profile, 'library.db');
      const time = '2026-01-01T00-00-00-000Z';
      const [path = ''] = copiesIn(test);
      writeFileSync(join(test.profile, `library.restoring-${time}.whole.db`), readFileSync(path));
      const kept = join(test.profile, 'snapshots', `library-${time}.before_restore.db`);
      writeFileSync(`${file}-wal`, '');
      if (moved !== 'nothing') renameSync(`${file}-wal`, `${kept}-wal`);
      if (moved === 'the library') renameSync(file, kept);

      const again = await openTestLibrary(test.profile);
      expect(namesOf(again)).toEqual(['Then']);
      const ids = (await again.process.snapshots.all()).map(({ id }) => id);
      expect(ids).toEqual([copy?.id, time]);
      expect(readdirSync(test.profile).filter((name) => name.includes('restoring'))).toEqual([]);
    },
  );
});

describe('a damaged library', () => {
  it('can go back to the newest copy that is whole, with what can still be read', async () => {
    const test = await libraryOf('One', 'Two');
    const one = trackCalled(test, 'One');
    const older = await test.process.snapshots.make();
    test.playlists.create('Since', { from: 'tracks', ids: [one.id] });
    const newer = await test.process.snapshots.make();
    test.library.setLiked([one.id], true);
    await test.process.database.close();
    damage(copiesIn(test).find((path) => path.includes(newer?.id ?? '')) ?? '');
    const file = join(test.profile, 'library.db');
    damageTable(file, 'track_words_data');
    const damaged = readFileSync(file);
    writeFileSync(`${file}.open`, '');

    const again = await openTestLibrary(test.profile);
    const problem = await again.process.database.problem();
    expect(problem).toEqual({ kind: 'database_damaged', file, copy: older });
    await again.process.database.goBack(older?.id ?? '');
    expect(await again.process.database.problem()).toBeNull();
    expect(namesOf(again)).toEqual(['Since']);
    expect(trackCalled(again, 'One').liked).toBe(true);
    const aside = readdirSync(test.profile).find((name) => name.includes('set-aside')) ?? '';
    expect(readFileSync(join(test.profile, aside)).equals(damaged)).toBe(true);
  });

  it('is told of when a query meets the damage, and asked about as at a start', async () => {
    const test = await libraryOf('One', 'Two');
    await test.process.snapshots.make();
    await test.process.database.close();
    damageTable(join(test.profile, 'library.db'), 'likes');

    const again = await openTestLibrary(test.profile);
    expect(await again.process.database.problem()).toBeNull();
    const one = trackCalledWithoutLikes(again);
    expect(() => again.library.setLiked([one], true)).toThrow(
      expect.objectContaining({ code: 'damaged' }),
    );
    await expect
      .poll(() => again.events.filter(({ name }) => name === 'library.damaged'))
      .toHaveLength(1);
    const problem = await again.process.database.problem();
    expect(problem).toMatchObject({ kind: 'database_damaged', copy: { counts: { tracks: 2 } } });
  });
});

async function libraryOf(...titles: readonly string[]): Promise<TestLibrary> {
  const folder = await temporaryFolder();
  await writeMusic(folder, Object.fromEntries(titles.map((title) => [`${title}.wav`, { title }])));
  const test = await openTestLibrary();
  await scanFolder(test, folder);
  return test;
}

async function profileOfVersionOne(): Promise<string> {
  const profile = await temporaryFolder();
  const old = new Connection(join(profile, 'library.db'));
  old.exec(readFileSync(versionOne, 'utf8'));
  old.close();
  return profile;
}

function namesOf({ playlists }: TestLibrary): string[] {
  return playlists.all().map(({ name }) => name);
}

function copiesIn({ profile }: TestLibrary): string[] {
  const folder = join(profile, 'snapshots');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.db'))
    .map((name) => join(folder, name));
}

/** A file that breaks off in the middle. */
function damage(path: string): void {
  writeFileSync(path, readFileSync(path).subarray(0, statSync(path).size / 2));
}

/** Overwrites the first page of one table. */
function damageTable(file: string, table: string): void {
  const db = openDatabase(file);
  const page = db.first(
    query<{ page: number }>('SELECT rootpage AS page FROM sqlite_master WHERE name = ?'),
    table,
  );
  const size = db.first(
    query<{ bytes: number }>('SELECT page_size AS bytes FROM pragma_page_size'),
  );
  db.close();
  const bytes = readFileSync(file);
  const start = ((page?.page ?? 1) - 1) * (size?.bytes ?? 4096);
  bytes.fill(0xff, start, start + 64);
  writeFileSync(file, bytes);
  rmSync(`${file}-shm`, { force: true });
}

/** Rows of tracks ask for their likes, too. */
function trackCalledWithoutLikes({ library }: TestLibrary): number {
  return library.trackIds({ from: 'all' })[0] ?? 0;
}

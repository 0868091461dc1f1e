import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseFile } from 'music-metadata';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/database/open-database.ts';
import type { EditPreview, EditResult, TagChanges } from '../../shared/editing.ts';
import type { Id } from '../../shared/track.ts';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  type TestLibrary,
} from '../support/library.ts';
import { taggedFiles } from '../support/tagged-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { taggedWav } from '../support/wav.ts';

const picture = Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex');

describe('editing tags', () => {
  it('changes many files at once, keeps what the listener gave the tracks, and is taken back exactly', async () => {
    const { test, folder, ids } = await libraryOfFiles();
    const before = await contents(folder);
    const [first = 0] = ids;
    test.library.setLiked(ids, true);
    test.library.setRating([first], 4);
    test.library.countPlay(first, 1);
    const list = test.playlists.create('Mine', { from: 'tracks', ids: [...ids] });
    const chosen = await chooseCover(test);

    const preview = await previewOf(test, ids, {
      values: { album: ['One Album'], artists: ['Ann', 'Ben'], date: ['1999'] },
      cover: { kind: 'set', picture: chosen },
      numberFrom: 1,
    });
    expect(preview).toMatchObject({ changing: ids.length, waiting: 0, refused: { count: 0 } });
    expect(preview.changes[0]?.fields).toContainEqual({
      field: 'album',
      from: '',
      to: 'One Album',
    });
    expect(await contents(folder)).toEqual(before);

    const result = await test.process.editing.apply(preview.id);
    expect(result).toMatchObject({ written: ids.length, waiting: 0, refused: { count: 0 } });
    const rows = test.library.tracks(ids);
    expect(rows.map(({ id }) => id)).toEqual(ids);
    expect(rows.map(({ track }) => track)).toEqual(ids.map((_, at) => at + 1));
    expect(
      new Set(rows.map(({ album, artist, year, cover }) => `${album} ${artist} ${year} ${cover}`)),
    ).toEqual(new Set([`One Album Ann, Ben 1999 ${chosen}`]));
    expect(rows.every(({ liked }) => liked)).toBe(true);
    expect(rows[0]).toMatchObject({ rating: 4, plays: 1 });
    expect([...test.library.trackIds({ from: 'playlist', id: list.id })]).toEqual([...ids]);
    expect(await rescan(test)).toMatchObject({ added: 0, updated: 0, removed: 0 });

    expect(await test.process.editing.undo(result.edit)).toMatchObject({ count: 0 });
    expect(await contents(folder)).toEqual(before);
    expect(test.library.tracks(ids).every(({ album, liked }) => album === '' && liked)).toBe(true);
    expect(test.faults).toEqual([]);
  });

  it('says together what files say, and leaves what differs alone unless it is changed', async () => {
    const { test, ids } = await libraryOfFiles();
    await apply(test, ids.slice(0, 1), { values: { genres: ['Folk', 'Jazz'], comment: ['a\nb'] } });
    const sheet = await test.process.editing.sheet(ids);
    expect(sheet.tracks).toBe(ids.length);
    expect(sheet.fields.genres).toEqual({ kind: 'varied' });
    expect(sheet.fields.album).toEqual({ kind: 'absent' });
    const [one] = ids;
    expect((await test.process.editing.sheet([one ?? 0])).fields).toMatchObject({
      genres: { kind: 'same', values: ['Folk', 'Jazz'] },
      comment: { kind: 'same', values: ['a\nb'] },
    });
    await apply(test, ids, { values: { composers: ['Clara'] } });
    expect((await test.process.editing.sheet(ids)).fields).toMatchObject({
      genres: { kind: 'varied' },
      composers: { kind: 'same', values: ['Clara'] },
    });
  });

  it('names files that can’t be written, with the reason, and does the others', async () => {
    const { test, folder, ids } = await libraryOfFiles();
    await writeFile(join(folder, 'listen.wav'), taggedWav(0.2, { title: 'Listen only' }));
    await rescan(test);
    const all = allTracks(test).map(({ id }) => id);
    const preview = await previewOf(test, all, { values: { album: ['New'] } });
    expect(preview.refused.files).toMatchObject([{ title: 'Listen only', reason: 'format' }]);
    await utimes(join(folder, 'stream.ogg'), 1, 1);
    const result = await test.process.editing.apply(preview.id);
    expect(result).toMatchObject({ written: ids.length - 1, refused: { count: 1 } });
    expect(result.refused.files).toMatchObject([{ reason: 'changed' }]);
    await expect(async () => test.process.editing.apply(preview.id)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(previewOf(test, all, { values: { date: ['soon'] } })).rejects.toMatchObject({
      code: 'invalid',
      detail: 'date',
    });
  });

  it('waits with the file of a track that plays, whose row is new at once, even over a restart', async () => {
    const { test, folder, ids } = await libraryOfFiles();
    const before = await contents(folder);
    const [playing = 0, other = 0] = ids;
    test.process.editing.setInUse([playing]);
    const result = await apply(test, [playing, other], { values: { title: ['Renamed'] } });
    expect(result).toMatchObject({ written: 1, waiting: 1 });
    expect(test.library.tracks([playing])[0]?.title).toBe('Renamed');
    expect(changedFiles(before, await contents(folder))).toHaveLength(1);
    expect(await rescan(test)).toMatchObject({ updated: 0 });
    expect((await test.process.editing.sheet([playing])).waiting).toBe(1);
    // A second edit of the same track waits behind the first.
    await apply(test, [playing], { values: { album: ['Later'] } });
    await test.process.database.close();

    const again = await openTestLibrary(test.profile);
    expect(again.library.tracks([playing])[0]).toMatchObject({ title: 'Renamed', album: 'Later' });
    again.process.editing.setInUse([]);
    await again.process.editing.idle();
    const sheet = await again.process.editing.sheet([playing]);
    expect(sheet.waiting).toBe(0);
    expect(sheet.fields.title).toEqual({ kind: 'same', values: ['Renamed'] });
    expect(sheet.fields.album).toEqual({ kind: 'same', values: ['Later'] });
    expect(again.library.tracks([playing])[0]).toMatchObject({ title: 'Renamed', album: 'Later' });
    expect(again.events.filter(({ name }) => name === 'editing.refused')).toEqual([]);
  });

  it('takes back an edit that waits, and waits with taking back while the track plays', async () => {
    const { test, folder, ids } = await libraryOfFiles();
    const before = await contents(folder);
    const [track = 0] = ids;
    const { title } = test.library.tracks([track])[0] ?? { title: '' };
    test.process.editing.setInUse([track]);
    const waiting = await apply(test, [track], { values: { title: ['Never written'] } });
    await test.process.editing.undo(waiting.edit);
    expect(test.library.tracks([track])[0]?.title).toBe(title);
    test.process.editing.setInUse([]);
    const written = await apply(test, [track], { values: { title: ['Written'] } });
    test.process.editing.setInUse([track]);
    await test.process.editing.undo(written.edit);
    expect(changedFiles(before, await contents(folder))).toHaveLength(1);
    test.process.editing.setInUse([]);
    await test.process.editing.idle();
    expect(await contents(folder)).toEqual(before);
    expect(test.library.tracks([track])[0]?.title).toBe(title);
  });

  it('removes at the start what a crash left beside the files, and tells of a wait in vain', async () => {
    const { test, folder, ids } = await libraryOfFiles();
    const [track = 0] = ids;
    test.process.editing.setInUse([track]);
    const before = test.library.tracks([track])[0]?.title;
    await apply(test, [track], { values: { title: ['In vain'] } });
    await test.process.database.close();
    const left = join(folder, '.refrain-edit-0123456789ab.mp3');
    await writeFile(left, 'half');
    const db = openDatabase(join(test.profile, 'library.db'));
    db.run('INSERT INTO edit_copies (path) VALUES (?)', left);
    db.close();
    for (const name of await readdir(folder)) await utimes(join(folder, name), 1, 1);

    const again = await openTestLibrary(test.profile);
    again.process.editing.setInUse([]);
    await again.process.editing.idle();
    expect(existsSync(left)).toBe(false);
    expect(again.events).toContainEqual({
      name: 'editing.refused',
      payload: { count: 1, files: [{ id: track, title: 'In vain', reason: 'changed' }] },
    });
    expect(again.library.tracks([track])[0]?.title).toBe(before);
  });
});

describe('ratings', () => {
  it('are the listener’s own, are taken back exactly, and stand in files only when asked for', async () => {
    const { test, folder, ids } = await libraryOfFiles();
    const before = await contents(folder);
    const [one = 0, two = 0] = ids;
    expect(test.library.setRating([one], 2)).toEqual([{ stars: 0, ids: [one] }]);
    expect(test.library.setRating([one, two], 5)).toEqual([
      { stars: 2, ids: [one] },
      { stars: 0, ids: [two] },
    ]);
    expect(test.library.setRating([one, two], 5)).toEqual([]);
    expect(test.library.tracks([one, two]).map(({ rating }) => rating)).toEqual([5, 5]);
    const byRating = { from: 'all', sort: { by: 'rating', descending: true } } as const;
    test.library.setRating([two], 1);
    expect([...test.library.trackIds(byRating)].slice(0, 2)).toEqual([one, two]);
    test.library.setRating([two], 0);
    expect(test.library.tracks([two])[0]?.rating).toBeNull();
    expect(await contents(folder)).toEqual(before);

    test.library.setRating(ids, 4);
    test.library.setLiked([one], true);
    const preview = await test.process.editing.preview({ kind: 'ratings', ids: null });
    expect(preview.changing).toBe(ids.length);
    await test.process.editing.apply(preview.id);
    for (const [name, content] of await contents(folder)) {
      expect(Buffer.from(content, 'base64').toString('latin1')).toMatch(/POPM?|RATING/);
      const { common } = await parseFile(join(folder, name));
      // Not everybody reads every format's.
      for (const { rating } of common.rating ?? []) expect(rating).toBeGreaterThan(0.7);
    }
  });
});

/** One track for each kind of file, by the files' names. */
async function libraryOfFiles() {
  const folder = join(await temporaryFolder(), 'music');
  await mkdir(folder);
  for (const { name, bytes } of taggedFiles()) await writeFile(join(folder, name), bytes);
  const test = await openTestLibrary();
  await scanFolder(test, folder);
  test.process.editing.setInUse([]);
  const ids = allTracks(test).map(({ id }) => id);
  expect(ids).toHaveLength(taggedFiles().length);
  return { test, folder, ids };
}

async function chooseCover(test: TestLibrary): Promise<string> {
  const path = join(await temporaryFolder(), 'cover.jpg');
  await writeFile(path, 'no picture');
  await expect(test.process.editing.chooseCover(path)).rejects.toMatchObject({ code: 'invalid' });
  await writeFile(path, picture);
  return (await test.process.editing.chooseCover(path)).picture;
}

function previewOf(
  test: TestLibrary,
  ids: readonly Id[],
  changes: Partial<TagChanges>,
): Promise<EditPreview> {
  const whole: TagChanges = { values: {}, cover: { kind: 'keep' }, numberFrom: null, ...changes };
  return test.process.editing.preview({ kind: 'tags', ids: [...ids], changes: whole });
}

async function apply(
  test: TestLibrary,
  ids: readonly Id[],
  changes: Partial<TagChanges>,
): Promise<EditResult> {
  return test.process.editing.apply((await previewOf(test, ids, changes)).id);
}

async function contents(folder: string): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const name of (await readdir(folder)).sort()) {
    found.set(name, (await readFile(join(folder, name))).toString('base64'));
  }
  return found;
}

function changedFiles(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  return [...after.keys()].filter((name) => before.get(name) !== after.get(name));
}

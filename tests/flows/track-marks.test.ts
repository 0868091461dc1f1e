import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/database/open-database.ts';
import { salvage } from '../../electron/database/salvage.ts';
import { passOn } from '../../electron/library/track-places.ts';
import { createTrackMarks } from '../../electron/library/track-marks.ts';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  type TestLibrary,
  trackCalled,
  writeMusic,
} from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const points = { startSeconds: 0.05, endSeconds: 0.15 };

describe('loops and joins', () => {
  it('go out with the tracks that they are about, and are told of', async () => {
    const { test, one, two } = await library();
    test.library.setLoop(one, points);
    test.library.setPairJoin(one, two, 3.5);
    test.library.setPairJoin(one, two, 4);
    expect(soundOf(test, one)).toMatchObject({
      loop: points,
      joins: [{ nextId: two, crossfadeSeconds: 4 }],
    });
    expect(soundOf(test, two)).toMatchObject({ loop: null, joins: [] });
    expect(test.events.at(-1)).toMatchObject({
      name: 'library.changed',
      payload: { trackIds: [one] },
    });
    test.library.setLoop(one, null);
    test.library.setPairJoin(one, two, null);
    expect(soundOf(test, one)).toMatchObject({ loop: null, joins: [] });
    expect(test.library.pairJoin(one, two)).toBeNull();
  });

  it('of tracks that are gone are not made', async () => {
    const { test, one } = await library();
    const told = test.events.length;
    test.library.setLoop(999, points);
    test.library.setPairJoin(one, 999, 3);
    test.library.setPairJoin(999, one, 3);
    expect(test.events).toHaveLength(told);
  });

  it('keep their tracks when the files go, and are there when they come back', async () => {
    const { test, folder, one, two, three } = await library();
    test.library.setLoop(one, points);
    test.library.setPairJoin(two, three, 0);
    for (const name of ['1.wav', '2.wav', '3.wav']) await rm(join(folder, name));
    const [source] = test.library.sources();
    await rescan(test);
    await test.library.letGo(source?.id ?? 0);
    expect(test.library.tracks([one, two, three])).toMatchObject([
      { away: true },
      { away: true },
      { away: true },
    ]);
    await writeMusic(folder, music);
    await rescan(test);
    expect(trackCalled(test, 'One').id).toBe(one);
    expect(soundOf(test, one).loop).toEqual(points);
    expect(test.library.pairJoin(two, three)).toBe(0);
  });

  it('are the older row’s when two rows turn out to be one track', async () => {
    const { test, one, two, three } = await library();
    await test.process.database.close();
    const db = openDatabase(join(test.profile, 'library.db'));
    const marks = createTrackMarks(
      db,
      () => 1,
      () => undefined,
    );
    marks.setLoop(three, points);
    marks.setLoop(two, points);
    marks.setLoop(one, { startSeconds: 0, endSeconds: 0.1 });
    marks.setPairJoin(three, two, 5);
    marks.setPairJoin(two, three, 6);
    passOn(db, three, one);
    expect(marks.pairJoin(one, two)).toBe(5);
    expect(marks.pairJoin(two, one)).toBe(6);
    db.close();
    const again = await openTestLibrary(test.profile);
    expect(soundOf(again, one).loop).toEqual({ startSeconds: 0, endSeconds: 0.1 });
    expect(soundOf(again, two).loop).toEqual(points);
    expect(again.library.tracks([three])).toEqual([]);
  });

  it('are saved out of a damaged library, as far as they make sense', async () => {
    const { test, one, two, three } = await library();
    await test.process.snapshots.make();
    await test.process.database.close();
    const file = join(test.profile, 'library.db');
    const copy = join(await temporaryFolder(), 'copy.db');
    const db = openDatabase(file);
    db.run('VACUUM INTO ?', copy);
    const marks = createTrackMarks(
      db,
      () => 1,
      () => undefined,
    );
    marks.setLoop(one, points);
    marks.setLoop(two, { startSeconds: 2, endSeconds: 1 });
    marks.setPairJoin(one, two, 3);
    marks.setPairJoin(two, three, 4000);
    db.close();

    await salvage(file, copy);
    const saved = openDatabase(copy);
    const read = createTrackMarks(
      saved,
      () => 1,
      () => undefined,
    );
    expect(read.pairJoin(one, two)).toBe(3);
    expect(read.pairJoin(two, three)).toBeNull();
    expect(saved.ids('SELECT track_id AS id FROM track_loops')).toEqual(Uint32Array.of(one));
    saved.close();
  });
});

const music = {
  '1.wav': { title: 'One', album: 'A', artist: 'Ana' },
  '2.wav': { title: 'Two', album: 'A', artist: 'Ana' },
  '3.wav': { title: 'Three', album: 'B', artist: 'Ana' },
};

async function library() {
  const folder = await temporaryFolder();
  await writeMusic(folder, music);
  const test = await openTestLibrary();
  await scanFolder(test, folder);
  expect(allTracks(test)).toHaveLength(3);
  const [one, two, three] = ['One', 'Two', 'Three'].map((title) => trackCalled(test, title).id);
  return { test, folder, one: one ?? 0, two: two ?? 0, three: three ?? 0 };
}

function soundOf({ library: { playables } }: TestLibrary, id: number) {
  const [playable] = playables([id]);
  if (playable === undefined) throw new Error(`There is no track ${id}`);
  return playable.sound;
}

import { cp, mkdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect } from 'vitest';
import { allTracks, openTestLibrary, rescan, scanFolder, type TestLibrary } from './library.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { soundingWav } from './wav.ts';

/**
 * Two folders of music to which the given things are done, round after round, each followed by a look
 * at the folders. The library must show every file after every round, and what the listener made of
 * a track must be with the row that had it.
 */
export async function followRounds(rounds: readonly (readonly Act[])[]): Promise<void> {
  const world = await createWorld();
  for (const acts of rounds) {
    for (const [index, done] of acts.entries()) await perform(world, done, index);
    await rescan(world.test);
    await world.test.library.fingerprintsEnded();
    check(world);
  }
  await world.test.process.database.close();
}

/** What a listener or a program does; numbers choose among what there is. */
export type Act =
  | { readonly kind: 'move' | 'retag' | 'moveAndRetag'; readonly file: number; readonly to: number }
  | { readonly kind: 'renameFolder'; readonly file: number; readonly to: number }
  | {
      readonly kind: 'copy';
      readonly file: number;
      readonly to: number;
      readonly sameTime: boolean;
    }
  | { readonly kind: 'swap'; readonly file: number; readonly to: number }
  | { readonly kind: 'delete' | 'bringBack'; readonly file: number }
  | { readonly kind: Listening; readonly file: number };

type Listening = (typeof listening)[number];
const listening = ['like', 'play', 'list', 'loop', 'join'] as const;

const number = fc.nat(11);
export const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constantFrom('move' as const, 'retag' as const, 'moveAndRetag' as const),
    file: number,
    to: number,
  }),
  fc.record({ kind: fc.constant('renameFolder' as const), file: number, to: number }),
  fc.record({
    kind: fc.constant('copy' as const),
    file: number,
    to: number,
    sameTime: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('swap' as const), file: number, to: number }),
  fc.record({ kind: fc.constantFrom('delete' as const, 'bringBack' as const), file: number }),
  fc.record({
    kind: fc.constantFrom(...listening),
    file: number,
  }),
);

interface WorldFile {
  path: string;
  readonly sound: number;
  title: string;
}

/** What lies on disk, and what the listener made. */
interface World {
  readonly test: TestLibrary;
  readonly root: string;
  files: WorldFile[];
  /** Sounds whose files are all gone. */
  readonly lost: number[];
  /** Ids as the last check found them, by path. */
  readonly ids: Map<number, number>;
  readonly liked: Set<number>;
  readonly plays: Map<number, number>;
  readonly listed: number[];
  /** Starts of loops, and seconds of crossfade into the first track, by track. */
  readonly loops: Map<number, number>;
  readonly joins: Map<number, number>;
  readonly playlist: number;
  retags: number;
}

const firstFiles = 8;
/** The id that is given first. The listener likes it, so it stays whatever becomes of its file. */
const firstTrack = 1;

async function createWorld(): Promise<World> {
  const root = await temporaryFolder();
  const test = await openTestLibrary();
  const files = Array.from({ length: firstFiles }, (_, sound) => ({
    path: join(root, sound % 2 === 0 ? 'one' : 'two', `${sound % 3}`, `${sound}.wav`),
    sound,
    title: `T${sound}`,
  }));
  for (const file of files) await write(file);
  await mkdir(join(root, 'two'), { recursive: true });
  for (const source of ['one', 'two']) await scanFolder(test, join(root, source));
  await test.library.fingerprintsEnded();
  const playlist = test.playlists.create('List', null).id;
  const world: World = {
    test,
    root,
    files,
    lost: [],
    ids: new Map(),
    liked: new Set([firstTrack]),
    plays: new Map(),
    listed: [],
    loops: new Map(),
    joins: new Map(),
    playlist,
    retags: 0,
  };
  test.library.setLiked([firstTrack], true);
  check(world);
  return world;
}

async function write({ path, sound, title }: WorldFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, soundingWav(sound, { title, artist: `A${sound}` }));
}

async function perform(world: World, done: Act, index: number): Promise<void> {
  const file = world.files[done.file % Math.max(1, world.files.length)];
  if (done.kind === 'bringBack') {
    const sound = world.lost.pop();
    if (sound === undefined) return;
    const back = { path: freePlace(world, done.file), sound, title: `Back ${sound}` };
    await write(back);
    world.files.push(back);
    return;
  }
  if (file === undefined) return;
  switch (done.kind) {
    case 'move':
      await moveTo(file, freePlace(world, done.to));
      return;
    case 'retag':
      await retag(world, file);
      return;
    case 'moveAndRetag':
      await moveTo(file, freePlace(world, done.to));
      await retag(world, file);
      return;
    case 'renameFolder':
      await renameFolder(world, dirname(file.path), `folder ${done.to} ${index}`);
      return;
    case 'copy': {
      const path = freePlace(world, done.to);
      await mkdir(dirname(path), { recursive: true });
      await cp(file.path, path, { preserveTimestamps: done.sameTime });
      world.files.push({ ...file, path });
      return;
    }
    case 'swap': {
      const other = world.files[done.to % world.files.length] ?? file;
      if (other !== file) await swap(file, other);
      return;
    }
    case 'delete':
      await rm(file.path);
      world.files = world.files.filter((left) => left !== file);
      if (!world.files.some(({ sound }) => sound === file.sound)) world.lost.push(file.sound);
      return;
    case 'like':
    case 'play':
    case 'list':
    case 'loop':
    case 'join':
      listen(world, done.kind, file.sound);
  }
}

/** The listener can only make something of what the library shows, as it was last looked at. */
function listen(world: World, kind: string, sound: number) {
  const { test, ids, liked, plays, listed, loops, joins, playlist } = world;
  const id = ids.get(sound);
  if (id === undefined) return;
  if (kind === 'like') {
    test.library.setLiked([id], true);
    liked.add(id);
  } else if (kind === 'play') {
    test.library.countPlay(id, 1);
    plays.set(id, (plays.get(id) ?? 0) + 1);
  } else if (kind === 'loop') {
    const startSeconds = loops.size / 10;
    test.library.setLoop(id, { startSeconds, endSeconds: startSeconds + 1 });
    loops.set(id, startSeconds);
  } else if (kind === 'join') {
    test.library.setPairJoin(id, firstTrack, joins.size % 12);
    joins.set(id, joins.size % 12);
  } else {
    test.playlists.add(playlist, { from: 'tracks', ids: [id] });
    listed.push(id);
  }
}

function freePlace({ root, files }: World, wanted: number): string {
  const source = wanted % 2 === 0 ? 'one' : 'two';
  for (let n = 0; ; n += 1) {
    const path = join(root, source, `${wanted % 3}`, `${wanted}${'x'.repeat(n)}.wav`);
    if (!files.some((file) => file.path === path)) return path;
  }
}

async function moveTo(file: WorldFile, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rename(file.path, path);
  file.path = path;
}

async function swap(one: WorldFile, other: WorldFile): Promise<void> {
  await rename(one.path, `${one.path}.aside`);
  await rename(other.path, one.path);
  await rename(`${one.path}.aside`, other.path);
  [one.path, other.path] = [other.path, one.path];
}

/** As a tag editor does: the same sound, other tags, a time that no file had before. */
async function retag(world: World, file: WorldFile): Promise<void> {
  world.retags += 1;
  file.title = `R${world.retags}`;
  await write(file);
  await utimes(file.path, 1, 1_000_000 + world.retags);
}

async function renameFolder(world: World, from: string, name: string): Promise<void> {
  const to = join(dirname(from), name);
  if (dirname(from) === world.root || world.files.some(({ path }) => path.startsWith(`${to}/`))) {
    return;
  }
  await rename(from, to);
  for (const file of world.files) {
    if (dirname(file.path) === from) file.path = file.path.replace(from, to);
  }
}

function check(world: World): void {
  const { test, files, ids, liked, plays, listed, loops, joins, playlist } = world;
  const here = allTracks(test).filter(({ away }) => !away);
  const places = new Map(here.map(({ id }) => [test.library.file(id)?.path, id]));
  expect([...places.keys()].sort()).toEqual(files.map(({ path }) => path).sort());
  for (const { path, title, sound } of files) {
    const id = places.get(path);
    expect(here.find((track) => track.id === id)?.title).toBe(title);
    const isOnly = files.filter((file) => file.sound === sound).length === 1;
    const before = ids.get(sound);
    if (isOnly && before !== undefined && !world.lost.includes(sound)) expect(id).toBe(before);
  }
  ids.clear();
  for (const { path, sound } of files) {
    const isOnly = files.filter((file) => file.sound === sound).length === 1;
    const id = places.get(path);
    if (isOnly && id !== undefined) ids.set(sound, id);
  }
  const made = [...new Set([...liked, ...plays.keys(), ...listed])];
  const rows = new Map(test.library.tracks(made).map((track) => [track.id, track]));
  for (const id of made) {
    expect(rows.get(id)?.liked).toBe(liked.has(id));
    expect(rows.get(id)?.plays).toBe(plays.get(id) ?? 0);
  }
  expect([...test.playlists.items(playlist).trackIds]).toEqual(listed);
  for (const [id, start] of loops) {
    expect(test.library.playables([id])[0]?.sound.loop?.startSeconds).toBe(start);
  }
  for (const [id, seconds] of joins) {
    expect(test.library.pairJoin(id, firstTrack)).toBe(seconds);
  }
}

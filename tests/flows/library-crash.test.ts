import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join, parse } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { parseFile } from 'music-metadata';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { buildProgram } from '../support/built-program.ts';
import type { ChildWish, Said } from '../support/library-child.ts';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  writeAt,
  writeMusic,
} from '../support/library.ts';
import { type Act, type Made, after } from '../support/listener-acts.ts';
import { createRandom } from '../support/made-library/random.ts';
import { taggedFiles } from '../support/tagged-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let program = '';
const killsOfEach = 100;
/** That a killed one says before: its opening, then the beginning and the end of each act. */
const mostLines = 20;
const longestWaitMilliseconds = 20;
const files = 250;

describe('a library whose process is killed', () => {
  beforeAll(async () => {
    program = await buildProgram('tests/support/library-child.ts', 'library-child');
  });

  it(
    'opens whole after each of 200 kills, with all that was acknowledged',
    { timeout: 300_000 },
    async () => {
      // Two lives at once, as there are two cores.
      await Promise.all([liveAndDie(1), liveAndDie(2)]);
    },
  );

  it('is held by one process at a time, and says so to the other', async () => {
    const profile = await temporaryFolder();
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'One' } });
    const child = start({ profile, folder });
    const ended = listen(child, () => undefined);
    await once(child.stdout, 'data');
    const test = await openTestLibrary(profile);
    await expect(test.process.database.problem()).rejects.toMatchObject({
      code: 'unavailable',
      detail: 'in_use',
    });
    child.kill('SIGKILL');
    await ended;
    expect(await test.process.database.problem()).toBeNull();
  });
});

describe('a library that is being closed', () => {
  it('is not opened again by who still asks, and is free for the next process', async () => {
    const test = await openTestLibrary();
    expect(test.library.sources()).toEqual([]);
    const closing = test.process.database.close();
    const refusal = expect.objectContaining({ code: 'unavailable', detail: undefined }) as Error;
    expect(() => test.library.sources()).toThrow(refusal);
    await closing;
    expect(() => test.library.sources()).toThrow(refusal);
    const next = await openTestLibrary(test.profile);
    expect(await next.process.database.problem()).toBeNull();
  });
});

describe('a library that can’t be opened', () => {
  it('tells why, answers every call with it, and is kept when it is set aside', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'One' } });
    const first = await openTestLibrary();
    await scanFolder(first, folder);
    await first.process.database.close();
    const file = join(first.profile, 'library.db');
    const newer = readFileSync(file);
    newer.writeUInt32BE(1000, 60);
    writeFileSync(file, newer);

    const test = await openTestLibrary(first.profile);
    expect(await test.process.database.problem()).toEqual({
      kind: 'database_newer',
      file,
      version: 1000,
    });
    expect(() => test.library.sources()).toThrow(
      expect.objectContaining({ code: 'newer_database' }),
    );
    expect(readFileSync(file).equals(newer)).toBe(true);

    const kept = test.process.database.setAside();
    expect(readFileSync(kept).equals(newer)).toBe(true);
    expect(await test.process.database.problem()).toBeNull();
    expect(allTracks(test)).toEqual([]);
    expect(readdirSync(first.profile)).toContain('library.db');
  });

  it('is called damaged when it is no database', async () => {
    const profile = await temporaryFolder();
    const file = join(profile, 'library.db');
    writeFileSync(file, 'something else entirely');
    const test = await openTestLibrary(profile);
    expect(await test.process.database.problem()).toEqual({
      kind: 'database_damaged',
      file,
      copy: null,
    });
  });
});

/** @param seed names a life; when in it the kills come is also the machine's */
async function liveAndDie(seed: number): Promise<void> {
  const { part: random, chance, whole, several } = createRandom(seed);
  const profile = await temporaryFolder();
  const folder = await temporaryFolder();
  const paths = await writeLibrary(folder);
  const edited = await writeEditedFiles(join(folder, 'edited'));
  const expected = createExpectation(edited.titles);
  let startMilliseconds = 200;
  for (let kill = 0; kill < killsOfEach; kill += 1) {
    touch(several(paths, 40), whole(1, 1e9));
    const startedAt = performance.now();
    const child = start({
      profile,
      folder,
      acts: { seed: seed * 1000 + kill, copies: expected.copies() },
    });
    let livedEnough = (): void => undefined;
    const lived = new Promise<void>((resolve) => {
      livedEnough = resolve;
    });
    let linesLeft = whole(1, mostLines);
    const ended = listen(child, (said) => {
      expected.hear(said);
      if ('opened' in said) startMilliseconds = performance.now() - startedAt;
      if (!('tracks' in said)) linesLeft -= 1;
      if (linesLeft === 0) livedEnough();
    });
    if (chance(0.15)) {
      await setTimeout(random() * startMilliseconds);
    } else {
      await Promise.race([lived, ended]);
      await setTimeout(random() * longestWaitMilliseconds);
    }
    child.kill('SIGKILL');
    await ended;
    await edited.expectWhole();
  }
  const last = start({ profile, folder });
  await listen(last, (said) => {
    expected.hear(said);
    if ('scanned' in said) last.kill('SIGKILL');
  });
  expect(expected.opened()).toBeGreaterThan(killsOfEach / 2);
  const acts = expected.acknowledged();
  expect(acts.length).toBeGreaterThan(killsOfEach);
  expect(acts).toEqual(expect.arrayContaining(['add', 'edit', 'copy', 'restore']));

  const test = await openTestLibrary(profile);
  expect(await test.process.database.problem()).toBeNull();
  expect(await rescan(test)).toMatchObject({ added: 0, updated: 0, removed: 0, away: 0 });
  const titles = allTracks(test).map(({ title }) => title);
  expect(titles.filter((title) => /^T\d+$/.test(title)).sort()).toEqual(
    paths.map((_, n) => `T${n}`).sort(),
  );
  expect(titles).toHaveLength(paths.length + edited.titles.size);
  for (const title of await edited.expectWhole()) expect(titles).toContain(title);
  expect(readdirSync(join(folder, 'edited'))).toHaveLength(edited.titles.size);
}

/** Files of every format that can be edited, and the titles that each may have by now. */
async function writeEditedFiles(folder: string) {
  const files = taggedFiles().map((file) => ({ ...file, path: join(folder, file.name) }));
  const titles = new Map<string, ReadonlySet<string>>();
  for (const { name, path, bytes } of files) {
    await writeAt(folder, name, bytes);
    titles.set(path, new Set([await titleIn(path)]));
  }
  return {
    titles,
    /** Each file is as before the edit or after it, and sounds as ever. Returns the titles. */
    async expectWhole(): Promise<string[]> {
      return Promise.all(
        files.map(async ({ path, bytes, sound }) => {
          const title = await titleIn(path);
          expect(titles.get(path)).toContain(title);
          expect(sound(readFileSync(path)).equals(sound(bytes))).toBe(true);
          return title;
        }),
      );
    },
  };
}

/** As another reader finds it; of a file without one its name, as in rows. */
async function titleIn(path: string): Promise<string> {
  const { common } = await parseFile(path, { skipCovers: true });
  return common.title ?? parse(path).name;
}

/** What must be found at the next opening, by all that the killed ones have said. */
function createExpectation(titles: Map<string, ReadonlySet<string>>) {
  const nothing: Made = { likes: [], stars: [], plays: 0, lists: [] };
  const copies = new Map<string, Made>();
  /** As it was acknowledged, and with the act that was on its way. */
  let possible: readonly Made[] = [nothing];
  let leastTracks = 0;
  let openings = 0;
  const acknowledged: Act['kind'][] = [];

  return {
    copies: () => [...copies],
    opened: () => openings,
    acknowledged: () => acknowledged,
    hear(said: Said): void {
      const made = possible[0] ?? nothing;
      if ('opened' in said) {
        openings += 1;
        expect(said.opened.wrong).toBeNull();
        expect(possible).toContainEqual(said.opened.made);
        possible = [said.opened.made];
        for (const id of copies.keys()) {
          if (!said.opened.copies.includes(id)) copies.delete(id);
        }
      } else if ('tracks' in said) {
        expect(said.tracks).toBeGreaterThanOrEqual(leastTracks);
        leastTracks = said.tracks;
      } else if ('begins' in said) {
        possible = [made, after(made, said.begins)];
        if (said.begins.kind === 'edit') {
          const { path, title } = said.begins;
          titles.set(path, new Set([...(titles.get(path) ?? []), title]));
        }
        if (said.begins.kind === 'restore') leastTracks = 0;
      } else if ('did' in said) {
        acknowledged.push(said.did.kind);
        const done = after(made, said.did);
        // The present library becomes a copy when it is gone back from.
        if (said.copy !== null) copies.set(said.copy, said.did.kind === 'restore' ? made : done);
        possible = [done];
        if (said.did.kind === 'edit') titles.set(said.did.path, new Set([said.did.title]));
      }
    },
  };
}

/** @returns the paths of its files, the number in a title being the place in the list */
async function writeLibrary(folder: string): Promise<string[]> {
  const paths = Array.from({ length: files }, (_, n) => `${n % 20}/${n}.wav`);
  await writeMusic(
    folder,
    Object.fromEntries(
      paths.map((path, n) => [
        path,
        { title: `T${n}`, artist: `A${n % 20}`, album: `Album ${n % 20}`, genre: 'Rock' },
      ]),
    ),
  );
  return paths.map((path) => join(folder, path));
}

/** Files that are newer than the library knows are read again. */
function touch(files: readonly string[], seconds: number): void {
  for (const file of files) utimesSync(file, seconds, seconds);
}

type Child = ChildProcessByStdio<null, Readable, null>;

function start(wish: ChildWish): Child {
  const child = spawn(process.execPath, [program, JSON.stringify(wish)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Hears every whole line until the child has ended. */
async function listen(child: Child, hear: (said: Said) => void): Promise<void> {
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>;
  for await (const line of createInterface(child.stdout)) {
    if (line.endsWith('}')) hear(JSON.parse(line) as Said);
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
}

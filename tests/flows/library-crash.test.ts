import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { ChildWish, Said } from '../support/library-child.ts';
import { allTracks, openTestLibrary, rescan, scanFolder, writeMusic } from '../support/library.ts';
import { type Made, after } from '../support/listener-acts.ts';
import { createRandom } from '../support/made-library/random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
// Below the repository, so that the packages are found from there.
const childFolder = join(root, '.build/library-child');
const killsOfEach = 100;
const longestLifeMilliseconds = 300;
const files = 250;

describe('a library whose process is killed', () => {
  beforeAll(async () => {
    await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: {
        ssr: join(root, 'tests/support/library-child.ts'),
        outDir: childFolder,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'library-child.mjs' } },
      },
    });
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
  const expected = createExpectation();
  let startMilliseconds = 200;
  for (let kill = 0; kill < killsOfEach; kill += 1) {
    touch(several(paths, 40), whole(1, 1e9));
    const startedAt = performance.now();
    const child = start({
      profile,
      folder,
      acts: { seed: seed * 1000 + kill, copies: expected.copies() },
    });
    let openedNow = (): void => undefined;
    const opened = new Promise<void>((resolve) => {
      openedNow = resolve;
    });
    const ended = listen(child, (said) => {
      expected.hear(said);
      if ('opened' in said) openedNow();
    });
    if (chance(0.15)) {
      await setTimeout(random() * startMilliseconds);
    } else {
      await Promise.race([opened, ended]);
      startMilliseconds = performance.now() - startedAt;
      await setTimeout(random() * longestLifeMilliseconds);
    }
    child.kill('SIGKILL');
    await ended;
  }
  const last = start({ profile, folder });
  await listen(last, (said) => {
    expected.hear(said);
    if ('scanned' in said) last.kill('SIGKILL');
  });
  expect(expected.opened()).toBeGreaterThan(killsOfEach / 2);
  expect(expected.acknowledged()).toBeGreaterThan(killsOfEach);

  const test = await openTestLibrary(profile);
  expect(await test.process.database.problem()).toBeNull();
  expect(await rescan(test)).toMatchObject({ added: 0, updated: 0, removed: 0, away: 0 });
  const titles = allTracks(test).map(({ title }) => title);
  expect(titles.sort()).toEqual(paths.map((_, n) => `T${n}`).sort());
}

/** What must be found at the next opening, by all that the killed ones have said. */
function createExpectation() {
  const nothing: Made = { likes: [], stars: [], plays: 0, lists: [] };
  const copies = new Map<string, Made>();
  /** As it was acknowledged, and with the act that was on its way. */
  let possible: readonly Made[] = [nothing];
  let leastTracks = 0;
  let openings = 0;
  let acknowledged = 0;

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
        if (said.begins.kind === 'restore') leastTracks = 0;
      } else if ('did' in said) {
        acknowledged += 1;
        const done = after(made, said.did);
        // The present library becomes a copy when it is gone back from.
        if (said.copy !== null) copies.set(said.copy, said.did.kind === 'restore' ? made : done);
        possible = [done];
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
  const child = spawn(
    process.execPath,
    [join(childFolder, 'library-child.mjs'), JSON.stringify(wish)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** Hears every whole line until the child has ended. */
async function listen(child: Child, hear: (said: Said) => void): Promise<void> {
  const exited = once(child, 'exit');
  for await (const line of createInterface(child.stdout)) {
    if (line.endsWith('}')) hear(JSON.parse(line) as Said);
  }
  await exited;
}

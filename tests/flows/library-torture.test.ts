import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdir, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  type TestLibrary,
} from '../support/library.ts';
import { writeShape } from '../support/made-library/made-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { makeTorture } from '../support/torture/make-torture.ts';
import { makeStrangePlaces } from '../support/torture/strange-places.ts';
import { goodShape } from '../support/torture/torture-file.ts';

/** The largest files have 25 MB of picture or 100 MB of nothing, and two of them may be read at once. */
const mostMoreMegabytes = 600;
const tortureTimeout = 60_000;

describe('a scan of broken music', { timeout: tortureTimeout }, () => {
  for (const part of ['files', 'tags', 'containers', 'mutated'] as const) {
    it(`makes a row or a reason of each of the ${part}, finds what is good between, and changes nothing`, async () => {
      const folder = join(await temporaryFolder(), part);
      const { broken, titles } = makeTorture(folder, part);
      const before = contentOf(folder);
      const memory = process.resourceUsage().maxRSS;
      const test = await openTestLibrary();
      await scanFolder(test, folder);
      const scan = test.library.scan();
      expect(scan).toMatchObject({ state: 'done', found: broken.length + titles.length });

      const rows = new Set(filesOf(test));
      const reasons = new Set(scan?.skippedFiles.map(({ path }) => basename(path)));
      const becameOf = (name: string) =>
        [...(rows.has(name) ? ['row'] : []), ...(reasons.has(name) ? ['skipped'] : [])].join();
      const wrong = broken
        .map(({ name, ends }) => ({ name, ends, became: becameOf(name) }))
        .filter(({ ends, became }) =>
          ends === 'either' ? became !== 'row' && became !== 'skipped' : became !== ends,
        );
      expect(wrong).toEqual([]);
      expect(allTracks(test).map(({ title }) => title)).toEqual(
        expect.arrayContaining([...titles]),
      );
      expect(await rescan(test)).toMatchObject({
        state: 'done',
        added: 0,
        updated: 0,
        removed: 0,
        skipped: reasons.size,
      });
      await askForCovers(test);
      expect(contentOf(folder)).toEqual(before);
      expect(test.faults).toEqual([]);
      const moreMegabytes = (process.resourceUsage().maxRSS - memory) / 1024;
      expect(moreMegabytes).toBeLessThan(mostMoreMegabytes);
    });
  }

  it('goes by links in circles, pipes, devices, sockets and names of any kind', async () => {
    const folder = join(await temporaryFolder(), 'places');
    const { titles, noFiles, close } = makeStrangePlaces(folder);
    onTestFinished(close);
    const before = contentOf(folder);
    const test = await openTestLibrary();
    await scanFolder(test, folder);
    const found = test.library.scan();
    expect(found?.state).toBe('done');
    expect(allTracks(test).map(({ title }) => title)).toEqual(expect.arrayContaining([...titles]));
    expect(filesOf(test).filter((name) => noFiles.includes(name))).toEqual([]);
    expect(await rescan(test)).toMatchObject({ added: 0, removed: 0, skipped: found?.skipped });
    await askForCovers(test);
    expect(contentOf(folder)).toEqual(before);
    expect(test.faults).toEqual([]);
  });

  it('opens no pipe, device or socket that is dropped on the window', async () => {
    const folder = join(await temporaryFolder(), 'places');
    const { noFiles, close } = makeStrangePlaces(folder);
    onTestFinished(close);
    const files = noFiles.filter((name) => name !== 'folder.mp3').map((name) => join(folder, name));
    const { library } = await openTestLibrary();
    const added = await library.addPaths(files);
    expect(added).toMatchObject({ trackIds: [], sources: [] });
    expect(added.rejected.map(({ path }) => path)).toEqual(files);
  });

  it('goes on while files change, vanish and turn into other things, and the next one sets it right', async () => {
    const folder = await temporaryFolder();
    const names = Array.from({ length: 200 }, (_, at) => `${String(at).padStart(3, '0')}.mp3`);
    for (const [at, name] of names.entries()) {
      writeShape(join(folder, name), goodShape('mp3', at), Date.UTC(2020, 0));
    }
    const test = await openTestLibrary();
    await test.library.addFolder(folder, { sample: false });
    await expect.poll(() => test.library.trackIds({ from: 'all' }).length).toBeGreaterThan(0);
    for (const [at, name] of names.entries()) await disturb(join(folder, name), at);
    await test.library.scanEnded();
    expect(test.library.scan()?.state).toBe('done');
    await rescan(test);
    const good = names.filter((_, at) => at % 6 > 4 || at % 6 === 3);
    expect(filesOf(test)).toEqual(expect.arrayContaining(good));
    expect(allTracks(test).find(({ title }) => title === 'Retagged 3')).toBeDefined();
    expect(test.faults).toEqual([]);
  });
});

/** What others do to files while they are read: of each six, one stays as it is. */
async function disturb(path: string, at: number): Promise<void> {
  switch (at % 6) {
    case 0:
      return rm(path);
    case 1:
      return truncate(path, 40);
    case 2:
      return writeFile(path, '');
    case 3:
      writeShape(path, goodShape('mp3', at, `Retagged ${at}`), Date.UTC(2021, 0));
      return;
    case 4:
      await rename(path, `${path}.part`);
      if (at % 12 === 4 || process.platform === 'win32') await mkdir(path);
      else execFileSync('mkfifo', [path]);
      return;
    default:
  }
}

/** The names of all files that have a row. */
function filesOf({ library }: TestLibrary): string[] {
  return [...library.trackIds({ from: 'all' })].map((id) => basename(library.file(id)?.path ?? ''));
}

/** Each answers, with a picture or with none. */
async function askForCovers(test: TestLibrary): Promise<void> {
  const hashes = new Set(allTracks(test).flatMap(({ cover }) => cover ?? []));
  const covers = [...hashes].map((hash) => test.library.cover(hash, 320));
  for (const cover of await Promise.all(covers)) {
    if (cover !== null) expect(lstatSync(cover).isFile()).toBe(true);
  }
}

/** Everything that a listener could find changed, below a folder, by path. */
function contentOf(folder: string | Buffer): Record<string, string> {
  const found: Record<string, string> = {};
  // By bytes: some of the names are no text.
  for (const name of readdirSync(folder, { encoding: 'buffer' })) {
    const path = Buffer.concat([Buffer.from(folder), Buffer.from('/'), name]);
    const entry = lstatSync(path);
    const isReadable = entry.isFile() && entry.size < 1_000_000 && (entry.mode & 0o400) !== 0;
    const content = entry.isSymbolicLink()
      ? readlinkSync(path)
      : isReadable && createHash('sha256').update(readFileSync(path)).digest('hex');
    const { mode, size, mtimeMs, ino } = entry;
    found[path.toString('latin1')] = [mode, size, mtimeMs, ino, content].join(' ');
    if (entry.isDirectory() && (mode & 0o400) !== 0) Object.assign(found, contentOf(path));
  }
  return found;
}

import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDatabase } from '../../electron/database/open-database.ts';
import { query } from '../../electron/database.ts';
import { allTracks, openTestLibrary, rescan, scanFolder, writeMusic } from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
// Below the repository, so that the packages are found from there.
const childFolder = join(root, '.build/library-child');
const files = 600;

describe('a library whose process was killed', () => {
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

  it('opens whole with all that was committed, and the scan goes on where it was', async () => {
    const profile = await temporaryFolder();
    const folder = await temporaryFolder();
    await writeMusic(
      folder,
      Object.fromEntries(
        Array.from({ length: files }, (_, n) => [
          `${n % 20}/${n}.wav`,
          { title: `T${n}`, artist: `A${n % 20}`, album: `Album ${n % 20}`, genre: 'Rock' },
        ]),
      ),
    );
    const child = startScan(profile, folder);
    const seen = await countsUntil(child, (count) => count > 0);
    child.kill('SIGKILL');
    await once(child, 'exit');

    const db = openDatabase(join(profile, 'library.db'));
    expect(db.all(query('PRAGMA integrity_check'))).toEqual([{ integrity_check: 'ok' }]);
    expect(db.all(query('PRAGMA foreign_key_check'))).toEqual([]);
    const committed = db.ids('SELECT id FROM tracks').length;
    db.close();
    expect(committed).toBeGreaterThanOrEqual(seen);
    expect(committed).toBeLessThan(files);

    const test = await openTestLibrary(profile);
    expect(await test.process.database.problem()).toBeNull();
    expect(await rescan(test)).toMatchObject({ added: files - committed, updated: 0, removed: 0 });
    expect(allTracks(test)).toHaveLength(files);
    expect(test.library.search({ text: 't599', limit: 5 }).tracks).toHaveLength(1);
  });

  it('is held by one process at a time, and says so to the other', async () => {
    const profile = await temporaryFolder();
    const folder = await temporaryFolder();
    await writeMusic(folder, { '1.wav': { title: 'One' } });
    const child = startScan(profile, folder);
    await countsUntil(child, (count) => count > 0);
    const test = await openTestLibrary(profile);
    await expect(test.process.database.problem()).rejects.toMatchObject({
      code: 'unavailable',
      detail: 'in_use',
    });
    child.kill('SIGKILL');
    await once(child, 'exit');
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

type Child = ChildProcessByStdio<null, Readable, null>;

function startScan(profile: string, folder: string): Child {
  const child = spawn(process.execPath, [join(childFolder, 'library-child.mjs'), profile, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}

/** The first count of rows that the child says and that will do. */
async function countsUntil(child: Child, willDo: (count: number) => boolean): Promise<number> {
  for await (const line of createInterface(child.stdout)) {
    const count = Number(line);
    if (willDo(count)) return count;
  }
  throw new Error('The child ended before it came so far');
}

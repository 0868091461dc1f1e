import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/database/open-database.ts';
import { buildProgram } from '../support/built-program.ts';
import { type TestLibrary, openTestLibrary, scanFolder, writeMusic } from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let program = '';

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('the command line', () => {
  beforeAll(async () => {
    program = await buildProgram('electron/command-line.ts', 'command-line');
  });

  it('scans, searches, exports and checks what the app would, each as one JSON object', async () => {
    const folder = await temporaryFolder();
    const other = await temporaryFolder();
    const profile = join(await temporaryFolder(), 'new');
    await writeMusic(folder, {
      'a/1.wav': { title: 'First', artist: 'Ana', album: 'Both', track: '1/2', year: '1999' },
      'a/2.wav': { title: 'Second', artist: 'Ana', album: 'Both', track: '2/2', year: '1999' },
    });
    await writeMusic(other, { '3.wav': { title: 'Third', artist: 'Bo', album: 'Alone' } });

    expect(await asked('scan', folder, other, '--profile', profile)).toEqual({
      ...{ added: 3, updated: 0, removed: 0, away: 0, skipped: 0, tracks: 3 },
      seconds: expect.any(Number) as unknown,
      rssBytes: expect.any(Number) as unknown,
    });
    expect(await asked('scan', folder, '--profile', profile)).toMatchObject({
      ...{ added: 0, updated: 0, tracks: 3 },
    });
    expect(await asked('search', 'ana', '--limit', '1', '--profile', profile)).toEqual({
      total: 2,
      milliseconds: expect.any(Number) as unknown,
      tracks: [{ id: expect.any(Number) as unknown, title: 'First', artist: 'Ana', album: 'Both' }],
    });
    const { tracks } = await asked('export', '--profile', profile);
    expect(tracks).toHaveLength(3);
    expect(tracks).toContainEqual({
      path: join(folder, 'a/2.wav'),
      ...{ title: 'Second', artist: 'Ana', album: 'Both', track: 2, disc: null, year: 1999 },
      seconds: expect.closeTo(0.2, 2) as unknown,
    });
    expect(await asked('check', '--profile', profile)).toMatchObject({
      ...{ whole: true, damage: [], brokenReferences: 0, searchMissing: 0, searchAstray: 0 },
      ...{ tracks: 3, filesHere: 3, filesMissing: 0, snapshots: 0 },
    });
  });

  it('tells people the same in words', async () => {
    const test = await closedLibrary();
    const { out } = await run('search', 'one', '--profile', test.profile);
    expect(out).toBe('One\t\t\n1 found\n');
    const check = await run('check', '--profile', test.profile);
    expect(check).toMatchObject({ code: 0, err: '' });
    expect(check.out).toContain('whole: yes\n');
    expect((await run('help')).out).toContain('Usage: refrain COMMAND');
  });

  it('finds what is wrong with a library, and says so by its exit code', async () => {
    const { profile } = await closedLibrary();
    const db = openDatabase(join(profile, 'library.db'));
    db.run('DELETE FROM track_words WHERE rowid IN (SELECT id FROM tracks)');
    db.run(`INSERT INTO artist_words (rowid, name) VALUES (999, 'nobody')`);
    db.close();
    const { code, out } = await run('check', '--json', '--profile', profile);
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ whole: false, searchMissing: 1, searchAstray: 1 });

    await writeFile(join(profile, 'library.db'), 'no database at all');
    const broken = await run('check', '--json', '--profile', profile);
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.out)).toMatchObject({ whole: false, damage: [expect.any(String)] });
  });

  it('answers in one line, with nothing else done, when it can’t', async () => {
    const open = await openTestLibrary();
    await open.process.database.problem();
    const empty = await temporaryFolder();
    const failing: readonly (readonly string[])[] = [
      ['search', 'a', '--profile', open.profile],
      ['check', '--profile', open.profile],
      ['scan', join(empty, 'none'), '--profile', empty],
      ['export', '--profile', empty],
      ['check', '--profile', empty],
    ];
    for (const args of failing) {
      const { code, out, err } = await run(...args);
      expect({ args, code, out }).toEqual({ args, code: 1, out: '' });
      expect(err).toMatch(/^refrain: [^\n]+\n$/);
    }
  });

  it('explains itself to who doesn’t know it', async () => {
    const { code, out, err } = await run('sing');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('refrain: there is no command "sing"');
    expect(err).toContain('Usage: refrain COMMAND');
  });
});

async function closedLibrary(): Promise<TestLibrary> {
  const folder = await temporaryFolder();
  await writeMusic(folder, { '1.wav': { title: 'One' } });
  const test = await openTestLibrary();
  await scanFolder(test, folder);
  await test.process.database.close();
  return test;
}

async function asked(...args: readonly string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await run(...args, '--json');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out.trim().split('\n')).toHaveLength(1);
  return JSON.parse(out) as Record<string, unknown>;
}

function run(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    const command = [program, ...args];
    execFile(process.execPath, command, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

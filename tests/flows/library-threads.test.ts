import { readdir } from 'node:fs/promises';
import { constants, getPriority } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createTagReaders } from '../../electron/library/scan/tag-readers.ts';
import { threadsOf } from '../../electron/library/scan/threads.ts';
import { buildProgram } from '../support/built-program.ts';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  writeAt,
  writeMusic,
} from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { taggedWav } from '../support/wav.ts';

const sources = {
  'scan-thread': 'electron/library/scan/scan-thread.ts',
  'harmful-thread': 'tests/support/harmful-thread.ts',
} as const;
const programs = new Map<string, string>();

describe('threads of a scan', () => {
  beforeAll(async () => {
    for (const [name, source] of Object.entries(sources)) {
      programs.set(name, await buildProgram(source, name));
    }
  });

  it('find and read what the thread that asks for it would', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, manyFiles(300));
    await writeAt(folder, 'broken.wav', 'RIFF and no more');
    const [threaded, plain] = [
      await openTestLibrary(undefined, { startThread: startBuilt('scan-thread') }),
      await openTestLibrary(),
    ];
    await scanFolder(threaded, folder);
    await scanFolder(plain, folder);
    expect(threaded.library.scan()).toMatchObject({ state: 'done', added: 300, skipped: 1 });
    expect(allTracks(threaded).map(withoutIds)).toEqual(allTracks(plain).map(withoutIds));

    await writeAt(folder, '0/7.wav', taggedWav(0.2, { title: 'Retagged, and so it is longer' }));
    expect(await rescan(threaded)).toMatchObject({ found: 301, added: 0, updated: 1, removed: 0 });
    expect(threaded.faults).toEqual([]);
  });

  it.runIf(process.platform === 'linux')('give way to the thread that answers', async () => {
    const thread = startBuilt('scan-thread')();
    onTestFinished(thread.stop);
    const own = getPriority(process.pid);
    // It has begun when it answers.
    await thread.work.sounds.hear('/nowhere');
    // Once more when a thread ended while they were counted.
    await expect.poll(ownPriorities).toContain(constants.priority.PRIORITY_BELOW_NORMAL);
    expect(getPriority(process.pid)).toBe(own);
  });

  it('are replaced when a file ends them, and all others are read', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { ...manyFiles(40), 'killer.wav': { title: 'Never read' } });
    const test = await openTestLibrary(undefined, { startThread: startBuilt('harmful-thread') });
    await scanFolder(test, folder);
    expect(test.library.scan()).toMatchObject({ state: 'done', added: 40, skipped: 1 });
    expect(test.library.scan()?.skippedFiles).toEqual([
      { path: join(folder, 'killer.wav'), reason: 'unreadable' },
    ]);
  });

  it('are replaced when a file keeps them too long', async () => {
    const folder = await temporaryFolder();
    await writeMusic(folder, { ...manyFiles(3), 'hanger.wav': { title: 'Never read' } });
    const readers = createTagReaders(startBuilt('harmful-thread'), { secondsPerFile: 1 });
    onTestFinished(() => readers.close());
    const names = ['0/0.wav', 'hanger.wav', '1/1.wav', '2/2.wav'];
    const readings = await readers.read(
      names.map((name) => ({ path: join(folder, name), cue: null })),
    );
    expect(readings.map(({ kind }) => kind)).toEqual(['read', 'skipped', 'read', 'read']);
  });
});

function startBuilt(name: keyof typeof sources) {
  return threadsOf(pathToFileURL(programs.get(name) ?? ''), () => undefined);
}

/** Of the threads of this process. */
async function ownPriorities(): Promise<number[]> {
  return (await readdir('/proc/self/task')).map((id) => getPriority(Number(id)));
}

function manyFiles(count: number) {
  return Object.fromEntries(
    Array.from({ length: count }, (_, n) => [
      `${n % 7}/${n}.wav`,
      { title: `T${n}`, artist: `A${n % 5}`, album: `Album ${n % 7}`, genre: 'Rock' },
    ]),
  );
}

function withoutIds(row: object) {
  return Object.fromEntries(
    Object.entries(row).filter(([name]) => name !== 'id' && !name.endsWith('Id')),
  );
}

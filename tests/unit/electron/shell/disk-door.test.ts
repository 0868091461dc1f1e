import { execFileSync } from 'node:child_process';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StuckDiskError, createDiskDoor } from '../../../../electron/shell/disk-door.ts';

const limits = { longestMilliseconds: 50, mostStuck: 1 };
let folder: string;
/** Opening it waits, as a read of a share that is away does, until somebody opens the other end. */
let pipe: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'refrain-door-'));
  pipe = join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
});
afterEach(() => rm(folder, { recursive: true }));

async function openPipe(end: 'r' | 'w'): Promise<void> {
  await (await open(pipe, end)).close();
}

describe.skipIf(process.platform === 'win32')('the door to the disk', () => {
  it('gives up a read that does not end, and refuses what lies beside it until it does', async () => {
    const disk = createDiskDoor(limits);
    const song = join(folder, 'song.flac');
    await writeFile(song, 'music');
    await expect(disk.enter(pipe, () => openPipe('r'))).rejects.toThrow(StuckDiskError);
    await expect(disk.enter(song, () => readFile(song, 'utf8'))).rejects.toThrow(StuckDiskError);
    await openPipe('w');
    const read = () => disk.enter(song, () => readFile(song, 'utf8')).catch(String);
    await expect.poll(read).toBe('music');
  });

  it('lets other places be read meanwhile', async () => {
    const disk = createDiskDoor(limits);
    const here = import.meta.filename;
    const read = () => disk.enter(here, () => readFile(here, 'utf8')).catch(String);
    const stuck = expect(disk.enter(pipe, () => openPipe('r'))).rejects.toThrow(StuckDiskError);
    await expect.poll(read).toContain('the door');
    await stuck;
    await expect.poll(read).toContain('the door');
    await openPipe('w');
  });
});

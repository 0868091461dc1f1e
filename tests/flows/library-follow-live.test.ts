import { appendFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  allTracks,
  openTestLibrary,
  scanFolder,
  type TestLibrary,
  trackCalled,
  writeAt,
  writeMusic,
} from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { soundingWav } from '../support/wav.ts';

/** As the app's, but nobody waits for minutes. */
const times = {
  quietMilliseconds: 50,
  longestMilliseconds: 1000,
  probeMilliseconds: 50,
  pollMilliseconds: 200,
};

describe('a library that follows the disk', () => {
  it('takes in new files, changes and removals by itself', async () => {
    const { test, folder } = await watched({ 'a/1.wav': { title: 'One' } });
    await writeMusic(folder, { 'a/2.wav': { title: 'Two' }, '3.wav': { title: 'Three' } });
    await shows(test, ['One', 'Three', 'Two']);
    await writeMusic(folder, { 'a/1.wav': { title: 'First' } });
    await shows(test, ['First', 'Three', 'Two']);
    await rm(join(folder, '3.wav'));
    await shows(test, ['First', 'Two']);
  });

  it('takes in folders that are new, moved in and renamed, and what comes into them later', async () => {
    const { test, folder } = await watched({ 'a/1.wav': { title: 'One' } });
    const id = trackCalled(test, 'One').id;
    await writeMusic(folder, { 'new/deep/er/2.wav': { title: 'Two' } });
    await shows(test, ['One', 'Two']);
    await test.library.scanEnded();
    await writeMusic(folder, { 'new/deep/er/3.wav': { title: 'Three' } });
    await shows(test, ['One', 'Three', 'Two']);
    await rename(join(folder, 'a'), join(folder, 'b'));
    await vi.waitFor(() => expect(test.library.file(id)?.path).toBe(join(folder, 'b/1.wav')), soon);
    await writeMusic(folder, { 'b/4.wav': { title: 'Four' } });
    await shows(test, ['Four', 'One', 'Three', 'Two']);
    const other = await temporaryFolder();
    await writeMusic(other, { 'in/5.wav': { title: 'Five' } });
    await rename(join(other, 'in'), join(folder, 'in'));
    await shows(test, ['Five', 'Four', 'One', 'Three', 'Two']);
  });

  it('reads a file again when it has been copied whole', async () => {
    const { test, folder } = await watched({ '1.wav': { title: 'One' } });
    const whole = soundingWav(5, { title: 'Slow' });
    await writeFile(join(folder, 'slow.wav'), whole.subarray(0, 2000));
    for (let at = 2000; at < whole.length; at += 1000) {
      await appendFile(join(folder, 'slow.wav'), whole.subarray(at, at + 1000));
    }
    await vi.waitFor(() => expect(trackCalled(test, 'Slow').seconds).toBeCloseTo(0.6), soon);
  });

  it('greys a source that goes away, and has it back by itself with what was done meanwhile', async () => {
    const { test, folder } = await watched({ '1.wav': { title: 'One' } });
    const id = trackCalled(test, 'One').id;
    test.library.setLiked([id], true);
    await rename(folder, `${folder}-away`);
    await vi.waitFor(() => expect(test.library.sources()).toMatchObject([{ away: true }]), soon);
    expect(trackCalled(test, 'One')).toMatchObject({ id, liked: true, away: true });
    await writeMusic(`${folder}-away`, { '2.wav': { title: 'Two' } });
    await rename(`${folder}-away`, folder);
    await shows(test, ['One', 'Two']);
    expect(trackCalled(test, 'One')).toMatchObject({ id, liked: true, away: false });
    // Watched again, not only looked at once.
    await writeMusic(folder, { '3.wav': { title: 'Three' } });
    await shows(test, ['One', 'Three', 'Two']);
  });

  it('keeps the tracks of a drive that comes up empty, and asks before it lets them go', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { test, folder } = await watched(
      Object.fromEntries(names.map((name) => [`${name}.wav`, { title: name }])),
    );
    const liked = trackCalled(test, 'a').id;
    test.library.setLiked([liked], true);
    await rename(folder, `${folder}-away`);
    await mkdir(folder);
    await vi.waitFor(() => expect(test.library.missing()).toHaveLength(1), soon);
    const [source] = test.library.sources();
    expect(test.library.missing()).toEqual([
      {
        source: source?.id,
        path: folder,
        sample: false,
        tracks: 5,
        kept: 1,
        isNews: true,
        examples: expect.arrayContaining(['b.wav']) as string[],
      },
    ]);
    expect(allTracks(test).every(({ away }) => away)).toBe(true);
    test.library.keepMissing(source?.id ?? 0);
    expect(test.library.missing()).toMatchObject([{ tracks: 5, isNews: false }]);
    await test.library.letGo(source?.id ?? 0);
    expect(test.library.missing()).toEqual([]);
    expect(allTracks(test)).toMatchObject([{ id: liked, liked: true, away: true }]);
    await rm(folder, { recursive: true });
    await rename(`${folder}-away`, folder);
    await shows(test, names);
    expect(trackCalled(test, 'a')).toMatchObject({ id: liked, liked: true });
  });

  it('tells nobody of looks that find nothing, and stops when it is closed', async () => {
    const { test, folder } = await watched({ '1.wav': { title: 'One' } });
    test.events.length = 0;
    await writeAt(folder, '.hidden.wav', 'x');
    await writeAt(folder, 'notes.txt', 'x');
    await writeMusic(folder, { '2.wav': { title: 'Two' } });
    await shows(test, ['One', 'Two']);
    const scans = test.events.filter(({ name }) => name === 'library.scanned');
    expect(scans.every(({ payload }) => (payload as { added: number }).added === 1)).toBe(true);
    await test.process.database.close();
    await writeMusic(folder, { '3.wav': { title: 'Three' } });
    expect(test.faults).toEqual([]);
  });
});

const soon = { timeout: 8000, interval: 20 };

/** A library of one folder that is watched by now. */
async function watched(files: Parameters<typeof writeMusic>[1]) {
  const folder = await temporaryFolder();
  await writeMusic(folder, files);
  const test = await openTestLibrary(undefined, { watchTimes: times });
  await scanFolder(test, folder);
  await test.library.watched();
  return { test, folder };
}

async function shows(test: TestLibrary, titles: readonly string[]): Promise<void> {
  await vi.waitFor(() => {
    const here = allTracks(test).filter(({ away }) => !away);
    expect(here.map(({ title }) => title)).toEqual(titles);
  }, soon);
}

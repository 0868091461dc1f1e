import { rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Measured, UnmeasuredTrack } from '../../shared/measured-sound.ts';
import type { Loudness } from '../../shared/track-sound.ts';
import type { Id } from '../../shared/track.ts';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  type TestLibrary,
  trackCalled,
  writeMusic,
} from '../support/library.ts';
import { madeTags } from '../support/made-files/made-tags.ts';
import { flac } from '../support/made-files/xiph.ts';
import { createRandom } from '../support/made-library/random.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { taggedWav } from '../support/wav.ts';

const nobody = { urgent: [], soon: [] };

describe('Measuring the sound of tracks', () => {
  it('goes from what plays over the queue and the albums heard last to all, each once', async () => {
    const test = await musicOf(['Old', 'Heard', 'New'], 3);
    const ids = (album: string) =>
      allTracks(test)
        .filter((track) => track.album === album)
        .map(({ id }) => id);
    const [playing = 0, next = 0, queued = 0] = ids('Old');
    const [heard = 0] = ids('Heard');
    test.library.countPlay(heard, 1);
    const awaited = { urgent: [playing, next], soon: [queued] };

    const order = await measureAll(test, awaited);
    expect(order.map(({ id }) => id).slice(0, 3)).toEqual([playing, next, queued]);
    expect(order.map(({ urgent }) => urgent)).toEqual(order.map((_, place) => place < 2));
    expect(order).toHaveLength(9);
    expect(new Set(order.slice(3, 6).map(({ id }) => id))).toEqual(new Set(ids('Heard')));
    expect(new Set(order.slice(6).map(({ id }) => id))).toEqual(new Set(ids('New')));
  });

  it('tells of the track alone, so that no list is asked for again', async () => {
    const test = await musicOf(['Album'], 1);
    const { id } = trackCalled(test, 'Album 1');
    test.events.length = 0;
    await measureAll(test, nobody);
    expect(test.events).toEqual([{ name: 'sounds.changed', payload: { id } }]);
    expect(test.library.waveform(id)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('does not try again what can’t be decoded, and what can’t be read not before the next look', async () => {
    const test = await musicOf(['Album'], 2);
    const first = await test.library.nextUnmeasured(nobody);
    keep(test, first, { kind: 'undecodable' });
    const second = await test.library.nextUnmeasured(nobody);
    keep(test, second, { kind: 'missing' });
    expect(await test.library.nextUnmeasured(nobody)).toBeNull();
    expect(test.library.waveform(first?.id ?? 0)).toBeNull();

    await writeMusic(test.folder, { 'more.wav': { title: 'More', album: 'Album' } });
    await rescan(test);
    const again = await measureAll(test, nobody);
    expect(again.map(({ id }) => id).sort()).toEqual(
      [second?.id, trackCalled(test, 'More').id].sort(),
    );
  });

  it('measures a file anew when it changes, whose old loudness counts until then', async () => {
    const test = await musicOf(['Album'], 1);
    const { id } = trackCalled(test, 'Album 1');
    const [before] = await measureAll(test, nobody, () => measured(-12));
    await utimes(join(test.folder, 'Album 1.wav'), 1_000_000, 1_000_000);
    await rescan(test);
    expect(loudnessOf(test, id).track?.lufs).toBe(-12);

    // Of the file as it was: too late.
    keep(test, before ?? null, measured(-30));
    expect(loudnessOf(test, id).track?.lufs).toBe(-12);
    await measureAll(test, nobody, () => measured(-14));
    expect(loudnessOf(test, id).track).toEqual({ lufs: -14, peak: 0.5 });
  });

  it('leaves out what is away', async () => {
    const test = await musicOf(['Album'], 2);
    await rename(test.folder, join(test.profile, 'elsewhere'));
    await rescan(test);
    expect(await test.library.nextUnmeasured({ urgent: idsOf(test), soon: [] })).toBeNull();
  });

  it('knows an album’s loudness once all its tracks are measured, by their lengths', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a.wav'), taggedWav(1, { title: 'A', album: 'Album' }));
    await writeFile(join(folder, 'b.wav'), taggedWav(3, { title: 'B', album: 'Album' }));
    const test = await opened(folder);
    const [a, b] = [trackCalled(test, 'A').id, trackCalled(test, 'B').id];
    const lufs = new Map([
      [a, -10],
      [b, -20],
    ]);
    keep(test, await test.library.nextUnmeasured({ urgent: [a], soon: [] }), measured(-10, 0.9));
    expect(loudnessOf(test, a).album).toBeNull();
    await measureAll(test, nobody, ({ id }) => measured(lufs.get(id) ?? NaN));

    const mean = 10 * Math.log10((0.1 * 1 + 0.01 * 3) / 4);
    for (const id of [a, b]) {
      expect(loudnessOf(test, id).album?.lufs).toBeCloseTo(mean, 6);
      expect(loudnessOf(test, id).album?.peak).toBe(0.9);
    }
  });

  it('believes tags before what it measured, and takes from that what they don’t say', async () => {
    const folder = await temporaryFolder();
    const gains = { trackGain: '-7.25 dB', trackPeak: '0.975' };
    const tags = { ...madeTags(createRandom(1)), ...gains, album: 'Album' };
    await writeFile(join(folder, 'tagged.flac'), flac(tags, Buffer.alloc(1000, 7)));
    const test = await opened(folder);
    const [{ id } = { id: 0 }] = allTracks(test);
    expect(loudnessOf(test, id).track).toEqual({ lufs: -10.75, peak: 0.975 });
    await measureAll(test, nobody, () => measured(-30, 0.2));
    expect(loudnessOf(test, id).track).toEqual({ lufs: -10.75, peak: 0.975 });
    expect(loudnessOf(test, id).album?.lufs).toBeCloseTo(-30, 6);
  });
});

interface MusicLibrary extends TestLibrary {
  readonly folder: string;
}

/** Albums of so many tracks each, "Album 1" and on, in the order in which they were added. */
async function musicOf(albums: readonly string[], tracks: number): Promise<MusicLibrary> {
  const folder = await temporaryFolder();
  const test = await opened(folder);
  for (const album of albums) {
    const titles = Array.from({ length: tracks }, (_, index) => `${album} ${index + 1}`);
    for (const [index, title] of titles.entries()) {
      const track = String(index + 1);
      await writeMusic(folder, { [`${title}.wav`]: { title, album, artist: 'Someone', track } });
    }
    await rescan(test);
  }
  return test;
}

async function opened(folder: string): Promise<MusicLibrary> {
  const test = await openTestLibrary();
  await scanFolder(test, folder);
  return Object.assign(test, { folder });
}

/** Does what the window does until nothing is left, and tells in which order. */
async function measureAll(
  test: TestLibrary,
  awaited: { readonly urgent: readonly Id[]; readonly soon: readonly Id[] },
  measure: (track: UnmeasuredTrack) => Measured = () => measured(-18),
): Promise<readonly UnmeasuredTrack[]> {
  const order: UnmeasuredTrack[] = [];
  for (;;) {
    const track = await test.library.nextUnmeasured(awaited);
    if (track === null || order.length > 50) return order;
    order.push(track);
    keep(test, track, measure(track));
  }
}

function keep({ library }: TestLibrary, track: UnmeasuredTrack | null, result: Measured): void {
  if (track === null) throw new Error('There was nothing to measure');
  library.keepMeasured(track, result);
}

function measured(lufs: number, peak = 0.5): Measured {
  return { kind: 'measured', lufs, peak, waveform: Uint8Array.of(1, 2, 3) };
}

function loudnessOf(
  { library }: TestLibrary,
  id: Id,
): { readonly track: Loudness | null; readonly album: Loudness | null } {
  const [playable] = library.playables([id]);
  if (playable === undefined) throw new Error(`There is no track ${id}`);
  return playable.sound.loudness;
}

function idsOf(test: TestLibrary): readonly Id[] {
  return allTracks(test).map(({ id }) => id);
}

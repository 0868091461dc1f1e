import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import {
  createLibraryProcess,
  type LibraryEvents,
  type LibraryProcess,
} from '../../electron/library-process.ts';
import type { StartThread } from '../../electron/library/scan/threads.ts';
import type { WatchTimes } from '../../electron/library/scan/watch.ts';
import type { Track } from '../../shared/track.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { taggedWav, type WavTags, withSound } from './wav.ts';

export interface TestLibrary {
  readonly process: LibraryProcess;
  readonly library: LibraryProcess['library'];
  readonly playlists: LibraryProcess['playlists'];
  readonly profile: string;
  /** Everything that was told, oldest first. */
  readonly events: { readonly name: keyof LibraryEvents; readonly payload: unknown }[];
  readonly faults: unknown[];
}

/** The library's parts in this process, over a real database; closed when the test ends. */
export async function openTestLibrary(
  profile?: string,
  options: {
    readonly watchTimes?: WatchTimes;
    readonly startThread?: StartThread;
    /** Told of each event as it happens. */
    readonly heard?: (name: keyof LibraryEvents) => void;
  } = {},
): Promise<TestLibrary> {
  const folder = profile ?? (await temporaryFolder());
  const events: TestLibrary['events'] = [];
  const faults: unknown[] = [];
  const process = createLibraryProcess({
    profile: folder,
    emit: (name, payload) => {
      events.push({ name, payload });
      options.heard?.(name);
    },
    fault: (_, cause) => faults.push(cause),
    now: () => Date.now(),
    watchTimes: options.watchTimes,
    ...(options.startThread && { startThread: options.startThread }),
  });
  onTestFinished(() => process.database.close());
  return {
    process,
    profile: folder,
    events,
    faults,
    get library() {
      return process.library;
    },
    get playlists() {
      return process.playlists;
    },
  };
}

/** Adds the folder and waits until it is scanned. */
export async function scanFolder({ library }: TestLibrary, folder: string): Promise<number> {
  const id = await library.addFolder(folder, { sample: false });
  await library.scanEnded();
  return id;
}

export async function rescan({ library }: TestLibrary) {
  library.rescan();
  await library.scanEnded();
  return library.scan();
}

/** Every track of the library, by title. */
export function allTracks({ library }: TestLibrary): Track[] {
  return library.tracks([...library.trackIds({ from: 'all' })]);
}

export function trackCalled(test: TestLibrary, title: string): Track {
  const found = allTracks(test).find((track) => track.title === title);
  if (found === undefined) throw new Error(`No track is called ${title}`);
  return found;
}

/** Writes small WAV files, by their path below the folder, which is what each sounds like. */
export async function writeMusic(
  folder: string,
  files: Readonly<Record<string, WavTags>>,
): Promise<void> {
  for (const [path, tags] of Object.entries(files)) {
    const sound = Buffer.from(path).reduce((sum, byte) => (sum * 31 + byte) >>> 0, 0);
    await writeAt(folder, path, withSound(taggedWav(0.2, tags), sound));
  }
}

export async function writeAt(folder: string, path: string, content: Uint8Array | string) {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

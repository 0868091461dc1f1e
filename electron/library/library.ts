import type { DuplicateKind, LibraryChange, ScanProgress } from '../../shared/library.ts';
import type { Measured, UnmeasuredTrack } from '../../shared/measured-sound.ts';
import type { Playlist } from '../../shared/playlist.ts';
import type { Id } from '../../shared/track.ts';
import type { CoverSize } from '../../shared/urls.ts';
import type { Database } from '../database.ts';
import { createAnswers } from './answers.ts';
import { createCovers } from './covers/covers.ts';
import { createDisk } from './disk.ts';
import { createListening } from './listening.ts';
import type { Beside } from './long-answers.ts';
import type { StartThread } from './scan/threads.ts';
import type { WatchTimes } from './scan/watch.ts';
import { duplicates } from './sounds/duplicates.ts';
import { createMeasuredSounds } from './sounds/measured-sounds.ts';
import { createTrackMarks } from './track-marks.ts';
import { createTyping } from './typing.ts';

export interface LibraryParts {
  readonly db: Database;
  /** Where small pictures are kept. */
  readonly coversFolder: string;
  readonly playlists: () => readonly Playlist[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** How soon what happens on disk is followed; absent: only when a scan is asked for. */
  readonly watchTimes?: WatchTimes | undefined;
  readonly changed: (change: LibraryChange) => void;
  readonly scanned: (progress: ScanProgress) => void;
  /** How a track sounds was measured. */
  readonly measured: (id: Id) => void;
  /** The bytes of a picture that may become a cover; null: it is none of them. */
  readonly chosenPicture: (hash: string) => Uint8Array | null;
  readonly fault: (message: string, cause: unknown) => void;
  readonly startThread: StartThread;
  readonly beside: Beside;
}

/**
 * The listener's music: what lies in their folders (`disk.ts`), what they make of it
 * (`listening.ts`), and what is shown of both (`answers.ts`).
 */
export function createLibrary(parts: LibraryParts) {
  const { db } = parts;
  let revision = 0;
  const typing = createTyping();
  const answers = createAnswers({ ...parts, typed: typing.typed });
  const disk = createDisk({ ...parts, changed, typing });
  const isScanning = () => disk.requests.scan()?.state === 'running';
  const sounds = createMeasuredSounds(db, isScanning, typing);
  const covers = createCovers(db, parts.coversFolder, parts.chosenPicture);

  /** @param trackIds rows that changed in themselves; absent: lists may be others, too */
  function changed(trackIds?: Uint32Array): void {
    answers.forget(trackIds);
    if (trackIds === undefined) sounds.forget();
    revision += 1;
    parts.changed(
      trackIds === undefined ? { revision } : { revision, trackIds: Array.from(trackIds) },
    );
  }

  return {
    ...answers.questions,
    ...disk.requests,
    ...createListening(db, parts.now, changed),
    ...createTrackMarks(db, parts.now, changed),
    nextUnmeasured: sounds.next,
    keepMeasured(track: Pick<UnmeasuredTrack, 'id' | 'modified'>, measured: Measured): void {
      if (sounds.keep(track, measured)) parts.measured(track.id);
    },
    waveform: sounds.waveform,
    /** @param after null: the first page; else `next` of the page before */
    duplicates: (kind: DuplicateKind, after: string | null) => duplicates(db, kind, after),
    /** Absolute path of a JPEG that fits in a square of that size; null when there is none. */
    cover: (hash: string, size: CoverSize) => covers.cover(hash, size),
    /** For the other parts of this process, which changed rows. */
    rowsChanged: () => changed(),

    /** Stops the scan where it is; all that it committed stays. */
    async close(): Promise<void> {
      await disk.close();
      await answers.close();
    },
  };
}

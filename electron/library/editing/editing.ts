import { rm } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  EditPreview,
  EditProgress,
  EditResult,
  EditSheet,
  EditWish,
  RefusedFiles,
  TagChanges,
} from '../../../shared/editing.ts';
import { RefrainError } from '../../../shared/errors.ts';
import type { Id } from '../../../shared/track.ts';
import type { Database } from '../../database.ts';
import { removeUnused } from '../names.ts';
import { mapInOrder } from '../scan/pipeline.ts';
import { createChosenCovers } from './chosen-covers.ts';
import { lookAt, type LookedAt, rehearse } from './edit-file.ts';
import { openEditJournal } from './edit-journal.ts';
import { changesOf, gatherChanges, gatherRefused, gatherSheet } from './edit-sheet.ts';
import { givenTo, givenTracks, placeOf, type TrackPlace } from './edited-tracks.ts';
import { createFileEdits } from './file-edits.ts';
import type { SeenFile } from './replace-file.ts';
import { NotWrittenError } from './tag-edit.ts';
import { checkedValues, type CoverWish, editFor, type FileWish, valuesOf } from './tag-values.ts';

export interface EditingParts {
  readonly db: Database;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Rows are others, and with them maybe lists. */
  readonly changed: () => void;
  readonly progressed: (progress: EditProgress) => void;
  /** Files that had to wait and could not be written then. */
  readonly refused: (refused: RefusedFiles) => void;
  readonly fault: (message: string, cause: unknown) => void;
}

interface Preview {
  readonly id: Id;
  readonly entries: readonly Entry[];
}

interface Entry {
  readonly id: Id;
  readonly seen: SeenFile;
  readonly wish: FileWish;
}

const filesReadAtOnce = 8;
const millisecondsBetweenReports = 200;

/**
 * The tag editor: what files say, what would change, and changing it. A file is written whole or not
 * at all, one after the other; each that can't be is named with its reason, and the others go on.
 *
 * Files of tracks that play or come next are left alone until they don't: their rows show the new
 * words at once, a new cover comes with the file, and the wait outlasts a restart.
 */
export function createEditing(parts: EditingParts) {
  const { db, now } = parts;
  const journal = openEditJournal(db);
  const covers = createChosenCovers();
  const edits = createFileEdits({ db, journal, now });
  let preview: Preview | null = null;
  let previews = 0;
  let stop = new AbortController();
  let isClosing = false;
  let turn: Promise<unknown> = Promise.resolve();

  /** One run at a time: what waits for its turn sees the files as the others left them. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  }

  /** @returns what stops the run */
  function beginRun(): AbortSignal {
    stop = new AbortController();
    if (isClosing) stop.abort();
    return stop.signal;
  }

  async function* looked(ids: Iterable<Id>): AsyncGenerator<LookedTrack> {
    let done = 0;
    const total = [...ids].length;
    const report = reporter(parts.progressed, now);
    for await (const track of mapInOrder(ids, filesReadAtOnce, lookAtTrack)) {
      yield track;
      done += 1;
      report({ done, total });
    }
  }

  async function lookAtTrack(id: Id): Promise<LookedTrack> {
    const place = placeOf(db, id);
    if (place === null) return { id, place, looked: new NotWrittenError('gone') };
    if (place.isPart) return { id, place, looked: new NotWrittenError('part') };
    return { id, place, looked: await lookAt(place.path).catch(asNotWritten) };
  }

  async function makePreview(asked: EditWish): Promise<EditPreview> {
    const wishOf = wishes(asked);
    const refused = gatherRefused();
    const changes = gatherChanges();
    const entries: Entry[] = [];
    let tracks = 0;
    let waiting = 0;
    for await (const { id, place, looked: found } of looked(wishOf.ids)) {
      const wish = wishOf.next(id);
      tracks += 1;
      const title = place?.title ?? '';
      if (place === null || found instanceof NotWrittenError) {
        refused.add(id, title, found instanceof NotWrittenError ? found.reason : 'gone');
        continue;
      }
      const { tags, picture } = edits.withWaiting(id, found.tags);
      const values = valuesOf(tags);
      const edit = editFor(wish, values, picture);
      if (edit === null) continue;
      try {
        await rehearse(place.path, found, edit);
      } catch (error) {
        refused.add(id, title, asNotWritten(error).reason);
        continue;
      }
      if (edits.isInUse(id)) waiting += 1;
      entries.push({ id, seen: found.seen, wish });
      changes.add({ id, title, fields: changesOf(wish, values, picture) });
    }
    previews += 1;
    preview = { id: previews, entries };
    const changing = entries.length;
    return {
      id: previews,
      tracks,
      changing,
      waiting,
      changes: changes.all(),
      refused: refused.all(),
    };
  }

  function wishes(asked: EditWish) {
    if (asked.kind === 'ratings') {
      const next = (id: Id): FileWish => ({
        values: {},
        cover: { kind: 'keep' },
        ...givenTo(db, id),
      });
      return { ids: asked.ids ?? [...givenTracks(db)], next };
    }
    const { ids, changes } = asked;
    const values = checkedValues(changes.values);
    const wish: FileWish = { values, cover: coverWish(changes.cover) };
    const from = changes.numberFrom;
    let place = 0;
    function next(): FileWish {
      place += 1;
      if (from === null) return wish;
      return { ...wish, values: { ...values, track: [String(from + place - 1)] } };
    }
    return { ids, next };
  }

  function coverWish(cover: TagChanges['cover']): CoverWish {
    if (cover.kind !== 'set') return cover;
    const picture = covers.picture(cover.picture);
    if (picture === null)
      throw new RefrainError('not_found', 'The chosen picture is not held any more');
    return { kind: 'set', hash: cover.picture, picture };
  }

  async function apply({ entries }: Preview): Promise<EditResult> {
    const edit = journal.begin(now());
    const signal = beginRun();
    const refused = gatherRefused();
    const report = reporter(parts.progressed, now);
    const change = reporter(parts.changed, now);
    const count = { written: 0, waiting: 0 };
    for (const [done, { id, seen, wish }] of entries.entries()) {
      if (signal.aborted) break;
      report({ done, total: entries.length });
      try {
        count[await edits.write(edit, id, wish, seen, signal)] += 1;
        change();
      } catch (error) {
        if (error === signal.reason) break;
        refused.add(id, placeOf(db, id)?.title ?? '', reasonOf(error));
      }
    }
    await finish();
    return { edit, ...count, refused: refused.all(), cancelled: signal.aborted };
  }

  async function finish(): Promise<void> {
    await removeUnused(db, nextTurn);
    parts.changed();
  }

  /** A fault of ours is told to the log, and to the listener as a file that was not written. */
  function reasonOf(error: unknown): NotWrittenError['reason'] {
    const { reason, cause } = asNotWritten(error);
    if (reason === 'failed') parts.fault('An edit failed', cause ?? error);
    return reason;
  }

  async function writeWaiting(): Promise<void> {
    const signal = beginRun();
    const refused = gatherRefused();
    const ready = journal.waiting().filter(({ track }) => !edits.isInUse(track));
    if (ready.length === 0) return;
    for (const { edit, track } of ready) {
      // Read anew: what stood before it may have changed the file that it was asked of.
      const waiting = journal.waitingOf(track).find((row) => row.edit === edit);
      if (waiting === undefined) continue;
      try {
        await edits.writeWaiting(waiting, signal);
      } catch (error) {
        // What is stopped by the end of the app waits for its next start.
        if (error === signal.reason) return;
        refused.add(track, placeOf(db, track)?.title ?? '', reasonOf(error));
        await edits.giveUpWaiting(waiting);
      }
    }
    await finish();
    if (refused.all().count > 0) parts.refused(refused.all());
  }

  /** Copies of a crash are of no use: the files themselves are whole. */
  async function removeLeftCopies(): Promise<void> {
    for (const path of journal.copies()) {
      await rm(path, { force: true }).catch((error: unknown) => parts.fault('A left copy', error));
      journal.copyGone(path);
    }
  }

  void inTurn(removeLeftCopies);

  return {
    /** What the files of the tracks say, together. */
    async sheet(ids: readonly Id[]): Promise<EditSheet> {
      const sheet = gatherSheet();
      const refused = gatherRefused();
      let waiting = 0;
      for await (const { id, place, looked: found } of looked(ids)) {
        if (found instanceof NotWrittenError) refused.add(id, place?.title ?? '', found.reason);
        else {
          const { tags, picture, edits: own } = edits.withWaiting(id, found.tags);
          if (own > 0) waiting += 1;
          sheet.add(valuesOf(tags), picture);
        }
      }
      return sheet.sheet(refused.all(), waiting);
    },
    chooseCover: covers.choose,
    /** The bytes of a picture that was chosen; null when it is not held any more. */
    chosenPicture: (hash: string): Uint8Array | null => covers.picture(hash)?.bytes ?? null,
    /**
     * Looks at every file, writes nothing.
     * @throws RefrainError `invalid` with detail the field whose value is none; `not_found` for a
     *   picture that is not held any more
     */
    preview: (asked: EditWish): Promise<EditPreview> => makePreview(asked),
    /**
     * Does what the newest preview showed.
     * @throws RefrainError `not_found` for another one
     */
    apply(id: Id): Promise<EditResult> {
      const shown = preview;
      if (shown?.id !== id)
        throw new RefrainError('not_found', 'That preview is not held any more');
      preview = null;
      return inTurn(() => apply(shown));
    },
    /** Ends the run; what was written stays and can be taken back. */
    cancel: (): void => stop.abort(),
    /**
     * Makes the files again what they were, byte for byte.
     * @returns what can't be: files that something else changed since
     */
    undo: (edit: Id): Promise<RefusedFiles> =>
      inTurn(async () => {
        const signal = beginRun();
        const refused = gatherRefused();
        for (const track of await edits.dropWaiting(edit)) {
          try {
            await edits.takeBack(edit, track, signal);
          } catch (error) {
            refused.add(track, placeOf(db, track)?.title ?? '', reasonOf(error));
          }
        }
        await finish();
        return refused.all();
      }),
    /** Tracks whose files must not be touched now: that which plays, and the next. */
    setInUse(ids: readonly Id[]): void {
      if (!edits.setInUse(ids)) return;
      void inTurn(writeWaiting).catch((error: unknown) => parts.fault('Edits that waited', error));
    },
    /** Resolves when nothing is being written. */
    idle: async (): Promise<void> => {
      await turn;
    },
    async close(): Promise<void> {
      isClosing = true;
      stop.abort();
      await turn;
    },
  };
}

interface LookedTrack {
  readonly id: Id;
  readonly place: TrackPlace | null;
  readonly looked: LookedAt | NotWrittenError;
}

function asNotWritten(error: unknown): NotWrittenError {
  return error instanceof NotWrittenError ? error : new NotWrittenError('failed', error);
}

/** Passes on what is told no more often than a window can show. */
function reporter<Values extends readonly unknown[]>(
  tell: (...values: Values) => void,
  now: () => number,
): (...values: Values) => void {
  let last = -Infinity;
  return (...values) => {
    if (now() - last < millisecondsBetweenReports) return;
    last = now();
    tell(...values);
  };
}

import type { Id } from '../../../shared/track.ts';
import type { Database } from '../../database.ts';
import type { Tags } from '../tags/tags.ts';
import { editFile, lookAt } from './edit-file.ts';
import type { EditJournal, WaitingEdit } from './edit-journal.ts';
import { placeOf, saveRow } from './edited-tracks.ts';
import { replaceFile, type Replacing, type SeenFile } from './replace-file.ts';
import { NotWrittenError } from './tag-edit.ts';
import { type FileWish, tagsWith } from './tag-values.ts';

/** What tracks say, or are going to say. */
interface TagsAhead {
  readonly tags: Tags;
  /** The hash of the cover; in `tags` it is that of the file. */
  readonly picture: string | null;
  /** How many edits wait. */
  readonly edits: number;
}

/**
 * Edits of single files, with the tracks' rows following: done now, or put off while a track is in
 * use, or taken back.
 */
export function createFileEdits({
  db,
  journal,
  now,
}: {
  readonly db: Database;
  readonly journal: EditJournal;
  readonly now: () => number;
}) {
  /** Null: not told yet. */
  let inUse: ReadonlySet<Id> | null = null;

  function isInUse(id: Id): boolean {
    return inUse?.has(id) ?? false;
  }

  function withWaiting(id: Id, tags: Tags): TagsAhead {
    const waiting = journal.waitingOf(id).flatMap(({ wish }) => wish ?? []);
    let ahead: TagsAhead = { tags, picture: tags.picture, edits: waiting.length };
    for (const wish of waiting) {
      ahead = {
        ...ahead,
        tags: tagsWith(ahead.tags, wish),
        picture: pictureWith(ahead.picture, wish),
      };
    }
    return ahead;
  }

  function replacingOf(
    edit: Id,
    track: Id,
    seen: SeenFile,
    signal: AbortSignal,
  ): Omit<Replacing, 'plan' | 'check'> {
    const place = placeOf(db, track);
    if (place === null) throw new NotWrittenError('gone');
    return {
      path: place.path,
      seen,
      signal,
      mayReplace: () => !isInUse(track),
      copyMade: journal.copyMade,
      copyGone: journal.copyGone,
      keep: (back, written) => journal.keep(edit, track, back, written),
    };
  }

  /** Brings a row to what its file says and what waits for it. */
  async function refreshRow(track: Id): Promise<void> {
    const place = placeOf(db, track);
    if (place === null) return;
    const { tags } = await lookAt(place.path);
    await saveRow(db, track, withWaiting(track, tags).tags, now());
  }

  /**
   * Makes the old file again, now or when the track is free.
   * @returns whether it was done
   * @throws NotWrittenError
   */
  async function takeBack(edit: Id, track: Id, signal: AbortSignal): Promise<boolean> {
    const kept = journal.kept(edit, track);
    if (kept === null) throw new NotWrittenError('changed');
    const isReplaced =
      !isInUse(track) &&
      (await replaceFile({
        ...replacingOf(edit, track, kept.seen, signal),
        plan: () => Promise.resolve(kept.back),
        // Nothing to look for: the old bytes are all there is.
        check: () => Promise.resolve(),
        keep: () => undefined,
      }));
    if (isReplaced) {
      journal.forget(edit, track);
      await refreshRow(track);
    } else journal.wait(edit, track, null, kept.seen);
    return isReplaced;
  }

  return {
    isInUse,
    /** @returns whether that is news */
    setInUse(ids: readonly Id[]): boolean {
      const isSame = inUse?.size === ids.length && ids.every((id) => inUse?.has(id));
      inUse = new Set(ids);
      return !isSame;
    },
    withWaiting,

    /** @throws NotWrittenError */
    async write(
      edit: Id,
      track: Id,
      wish: FileWish,
      seen: SeenFile,
      signal: AbortSignal,
    ): Promise<'written' | 'waiting'> {
      const replacing = replacingOf(edit, track, seen, signal);
      const looked = await lookAt(replacing.path);
      const tags = isInUse(track) ? null : await editFile(replacing, looked, wish);
      if (tags === null) journal.wait(edit, track, wish, seen);
      await saveRow(db, track, tags ?? withWaiting(track, looked.tags).tags, now());
      return tags === null ? 'waiting' : 'written';
    },

    /** @throws NotWrittenError */
    async writeWaiting(
      { edit, track, wish, seen }: WaitingEdit,
      signal: AbortSignal,
    ): Promise<void> {
      if (wish === null) {
        if (await takeBack(edit, track, signal)) journal.stopWaiting(edit, track);
        return;
      }
      const replacing = replacingOf(edit, track, seen, signal);
      const looked = await lookAt(replacing.path);
      if ((await editFile(replacing, looked, wish)) === null) return;
      journal.stopWaiting(edit, track);
      const { seen: written } = await lookAt(replacing.path);
      // What waits behind it was asked of the file as it is now.
      for (const later of journal.waitingOf(track)) {
        if (later.wish !== null) journal.wait(later.edit, track, later.wish, written);
      }
      await refreshRow(track);
    },

    /** The row shows what the file says again. */
    async giveUpWaiting({ edit, track }: WaitingEdit): Promise<void> {
      journal.stopWaiting(edit, track);
      await refreshRow(track).catch(() => undefined);
    },

    /**
     * Forgets what waits of an edit.
     * @returns the tracks whose files were written by it
     */
    async dropWaiting(edit: Id): Promise<readonly Id[]> {
      for (const waiting of journal.waiting()) {
        if (waiting.edit !== edit || waiting.wish === null) continue;
        journal.stopWaiting(edit, waiting.track);
        await refreshRow(waiting.track).catch(() => undefined);
      }
      return journal.written(edit);
    },
    takeBack,
  };
}

function pictureWith(picture: string | null, { cover }: FileWish): string | null {
  if (cover.kind === 'keep') return picture;
  return cover.kind === 'set' ? cover.hash : null;
}

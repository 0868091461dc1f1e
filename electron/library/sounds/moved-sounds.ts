import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import { giveBack, passOn } from '../track-places.ts';
import { listenersOwn } from '../track-rows.ts';

/** A row whose file's sound has just been heard. */
export interface HeardSound {
  readonly id: Id;
  readonly sound: string;
  /** What the row's file sounded like before; null: it is heard for the first time. */
  readonly soundBefore: string | null;
}

/** A missing track that has its file again. */
export interface FoundTrack {
  readonly id: Id;
  /** The row that had the file till then. */
  readonly from: Id;
  /** Whether that row stays, missing: what it stood for was not this file. */
  readonly fromStays: boolean;
}

/** A move to another disk is a copy first, and the old file goes only when all is copied. */
const longestMoveMilliseconds = 24 * 60 * 60 * 1000;

const soundsAlike = query<{ readonly id: Id }>(
  `SELECT lost.id FROM tracks AS file JOIN tracks AS lost ON lost.audio_hash = file.audio_hash
  WHERE file.id = ?1 AND lost.id <> ?1 AND lost.state = 'missing'
  ORDER BY lost.name = file.name DESC, lost.id LIMIT 1`,
);
/** For a track that was lost before it was ever heard. */
const isTaggedAlike = query<{ readonly id: Id }>(
  `SELECT lost.id FROM tracks AS file JOIN tracks AS lost ON lost.title_sort = file.title_sort
  WHERE file.id = ?1 AND lost.id <> ?1 AND lost.state = 'missing' AND lost.audio_hash IS NULL
    AND lost.format = file.format AND abs(lost.seconds - file.seconds) < 0.05
    AND lost.title = file.title AND lost.artist = file.artist AND lost.artist <> ''
  ORDER BY lost.name = file.name DESC, lost.id LIMIT 1`,
);
const newerCopy = query<{ readonly id: Id }>(
  `SELECT copy.id FROM tracks AS lost JOIN tracks AS copy ON copy.audio_hash = lost.audio_hash
  WHERE lost.id = ?1 AND copy.id > ?1 AND copy.state = 'here' AND copy.added > ?2
    AND copy.audio_modified = copy.modified
    AND NOT ${listenersOwn('copy.id')}
  ORDER BY copy.name = lost.name DESC, copy.id LIMIT 1`,
);
/** The row that stands where this one was put aside. */
const successor = query<{ readonly id: Id }>(
  `SELECT file.id FROM tracks AS lost JOIN tracks AS file
    ON file.source_id = lost.source_id AND file.folder = lost.folder
    AND file.name = substr(lost.name, 1, length(lost.name) - length('/' || lost.id))
    AND file.part = lost.part
  WHERE lost.id = ?1 AND lost.state = 'missing' AND lost.name LIKE '%/' || lost.id
    AND file.id > ?2 AND file.state = 'here'`,
);
const addedAt = query<{ readonly added: number }>('SELECT added FROM tracks WHERE id = ?');

/**
 * Gives a file that was just heard to the missing track that sounds like it: it was moved, and may
 * have got other tags on the way. A file that is long known keeps its row.
 * @param now milliseconds since 1970
 */
export function followSound(
  db: Database,
  { id, sound, soundBefore }: HeardSound,
  now: number,
): FoundTrack | null {
  if (soundBefore === sound) return null;
  const lost = (db.first(soundsAlike, id) ?? db.first(isTaggedAlike, id))?.id;
  if (lost === undefined) return null;
  if (soundBefore !== null) {
    giveBack(db, id, lost, soundBefore);
    return { id: lost, from: id, fromStays: true };
  }
  const added = db.first(addedAt, id)?.added ?? 0;
  if (lost > id || added < now - longestMoveMilliseconds) return null;
  passOn(db, id, lost);
  return { id: lost, from: id, fromStays: false };
}

/**
 * Gives to a track that has just lost its file the copy that was made of it not long ago, unless the
 * listener made something of that one, too.
 */
export function followCopy(db: Database, lost: Id, now: number): FoundTrack | null {
  const copy = db.first(newerCopy, lost, now - longestMoveMilliseconds)?.id;
  if (copy === undefined) return null;
  passOn(db, copy, lost);
  return { id: lost, from: copy, fromStays: false };
}

/**
 * Gives to a track whose place was taken, and whose file turned up nowhere, the new file at that
 * place: the listener put a better one there.
 */
export function followPlace(db: Database, lost: Id, newestBefore: Id): FoundTrack | null {
  const file = db.first(successor, lost, newestBefore)?.id;
  if (file === undefined) return null;
  passOn(db, file, lost);
  return { id: lost, from: file, fromStays: false };
}

import type { Id } from '../../shared/track.ts';
import { type Database, listValue, query } from '../database.ts';
import { type RatedTracks, setRating } from './ratings.ts';

/** Likes of tracks as they were. */
export interface LikesBefore {
  readonly ids: readonly Id[];
  /** When each was liked, milliseconds since 1970; null: it was not. */
  readonly at: readonly (number | null)[];
}

const likesBefore = query<{ readonly id: Id; readonly at: number | null }>(
  `SELECT DISTINCT tracks.id, likes.at FROM json_each(?1) JOIN tracks ON tracks.id = value
  LEFT JOIN likes ON likes.track_id = value WHERE (likes.track_id IS NULL) = ?2`,
);

/**
 * What the listener makes of tracks: likes, ratings, plays. A track with any of them is never
 * deleted.
 * @param now milliseconds since 1970
 * @param changed told of the tracks, after each change
 */
export function createListening(
  db: Database,
  now: () => number,
  changed: (trackIds: Uint32Array) => void,
) {
  return {
    /** @returns the likes as they were of the tracks whose like changed, for `restoreLikes` */
    setLiked(ids: readonly Id[] | Uint32Array, liked: boolean): LikesBefore {
      const rows = db.all(likesBefore, listValue(ids), liked ? 1 : 0);
      const before = { ids: rows.map(({ id }) => id), at: rows.map(({ at }) => at) };
      if (rows.length === 0) return before;
      const list = listValue(before.ids);
      if (liked) db.run(like, list, now());
      else db.run(unlike, list);
      changed(Uint32Array.from(before.ids));
      return before;
    },

    /** Puts likes back with their times, which order what is liked. */
    restoreLikes({ ids, at }: LikesBefore): void {
      db.transaction(() => {
        db.run(unlike, listValue(ids));
        const liked = ids.flatMap((id, index) => (at[index] === null ? [] : [[id, at[index]]]));
        db.run(likeAgain, JSON.stringify(liked));
      });
      changed(Uint32Array.from(ids));
    },

    /**
     * @param stars 1 to 5; 0 takes the rating back
     * @returns what each track had before whose rating changed, so that it can be taken back
     */
    setRating(ids: readonly Id[], stars: number): readonly RatedTracks[] {
      const before = setRating(db, ids, stars, now());
      if (before.length > 0) changed(Uint32Array.from(before.flatMap((rated) => rated.ids)));
      return before;
    },

    /** @param at when it was heard, milliseconds since 1970 */
    countPlay(id: Id, at: number): void {
      const { changes } = db.run(
        'INSERT INTO plays (track_id, at) SELECT id, ? FROM tracks WHERE id = ?',
        at,
        id,
      );
      if (changes > 0) changed(Uint32Array.of(id));
    },
  };
}

const like = 'INSERT INTO likes (track_id, at) SELECT value, ?2 FROM json_each(?1)';
const unlike = 'DELETE FROM likes WHERE track_id IN (SELECT value FROM json_each(?1))';
const likeAgain = `INSERT INTO likes (track_id, at)
  SELECT tracks.id, value ->> 1 FROM json_each(?1) JOIN tracks ON tracks.id = value ->> 0`;

import type { LoopPoints } from '../../shared/track-sound.ts';
import type { Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';

const chosen = query<{ readonly seconds: number }>(
  `SELECT crossfade_seconds AS seconds FROM pair_joins WHERE first_id = ? AND second_id = ?`,
);

/**
 * What the listener marks for the instrument: the points of a track's loop, and how one track goes
 * over into another. A track with either is never deleted.
 * @param now milliseconds since 1970
 * @param changed told of the tracks, after each change
 */
export function createTrackMarks(
  db: Database,
  now: () => number,
  changed: (trackIds: Uint32Array) => void,
) {
  return {
    /** @param points null takes them away */
    setLoop(id: Id, points: LoopPoints | null): void {
      const { changes } =
        points === null
          ? db.run('DELETE FROM track_loops WHERE track_id = ?', id)
          : db.run(saveLoop, points.startSeconds, points.endSeconds, now(), id);
      if (changes > 0) changed(Uint32Array.of(id));
    },

    /** @returns seconds, 0 for no crossfade; null: the listener leaves it to the rules */
    pairJoin(first: Id, second: Id): number | null {
      return db.first(chosen, first, second)?.seconds ?? null;
    },

    /** @param crossfadeSeconds 0: never; null: by the rules again */
    setPairJoin(first: Id, second: Id, crossfadeSeconds: number | null): void {
      const { changes } =
        crossfadeSeconds === null
          ? db.run('DELETE FROM pair_joins WHERE first_id = ? AND second_id = ?', first, second)
          : db.run(saveJoin, second, crossfadeSeconds, now(), first);
      if (changes > 0) changed(Uint32Array.of(first));
    },
  };
}

/** Where the track is gone meanwhile there is nothing to mark. */
const saveLoop = `INSERT OR REPLACE INTO track_loops (start_seconds, end_seconds, at, track_id)
  SELECT ?, ?, ?, id FROM tracks WHERE id = ?`;
const saveJoin = `INSERT OR REPLACE INTO pair_joins
  (second_id, crossfade_seconds, at, first_id)
  SELECT second.id, ?2, ?3, first.id FROM tracks AS first JOIN tracks AS second
  WHERE second.id = ?1 AND first.id = ?4`;

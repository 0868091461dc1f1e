import type { Id } from '../../shared/track.ts';
import { type Database, listValue, query } from '../database.ts';

/** Tracks that have the same rating. */
export interface RatedTracks {
  /** 1 to 5; 0: none. */
  readonly stars: number;
  readonly ids: readonly Id[];
}

const present = query<{ readonly id: Id; readonly stars: number }>(
  `SELECT DISTINCT tracks.id, coalesce(stars, 0) AS stars
  FROM json_each(?1) JOIN tracks ON tracks.id = value
  LEFT JOIN ratings ON track_id = value WHERE coalesce(stars, 0) <> ?2`,
);

/**
 * Rates tracks.
 * @param stars 1 to 5; 0 takes the rating away
 * @param now milliseconds since 1970
 * @returns what those had before that have another rating now
 */
export function setRating(
  db: Database,
  ids: readonly Id[],
  stars: number,
  now: number,
): readonly RatedTracks[] {
  return db.transaction(() => {
    const before = new Map<number, Id[]>();
    for (const row of db.all(present, listValue(ids), stars)) {
      const same = before.get(row.stars);
      if (same === undefined) before.set(row.stars, [row.id]);
      else same.push(row.id);
    }
    const changing = listValue([...before.values()].flat());
    if (stars === 0) {
      db.run('DELETE FROM ratings WHERE track_id IN (SELECT value FROM json_each(?))', changing);
    } else {
      db.run(
        `INSERT OR REPLACE INTO ratings (track_id, stars, at)
        SELECT value, ?2, ?3 FROM json_each(?1)`,
        changing,
        stars,
        now,
      );
    }
    return [...before].map(([had, tracks]) => ({ stars: had, ids: tracks }));
  });
}

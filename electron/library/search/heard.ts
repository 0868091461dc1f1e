import { type Database, listValue, query } from '../../database.ts';

/**
 * How dear each track is to the listener, as one byte: 0 when it was never liked, rated well or
 * played. In memory, so that a search looks through the matches of a common word and finds the
 * dear ones among them at a tenth of a microsecond each.
 */
export interface Heard {
  /** The byte of a track stands at its id, counted from 1. */
  readonly scores: () => Uint8Array;
  /** Reads these tracks anew when next asked; absent: all, if anything was liked, rated or played. */
  readonly forget: (trackIds?: Uint32Array) => void;
}

/** A like weighs as five plays, four stars as three, five as six; 1 is for any play or rating. */
const scoreRows = (which: string) =>
  query<{ readonly id: number; readonly score: number }>(
    `SELECT id, min(255, max(0,
      sum(plays) + 5 * sum(liked) + CASE max(stars) WHEN 4 THEN 3 WHEN 5 THEN 6 ELSE 0 END
    )) AS score FROM (
      SELECT track_id AS id, min(count(*), 20) AS plays, 0 AS liked, 0 AS stars
        FROM plays ${which} GROUP BY track_id
      UNION ALL SELECT track_id, 0, 1, 0 FROM likes ${which}
      UNION ALL SELECT track_id, 0, 0, stars FROM ratings ${which}
    ) GROUP BY id`,
  );
const allScores = scoreRows('');
const someScores = scoreRows('WHERE track_id IN (SELECT value FROM json_each(?1))');
const lastId = query<{ readonly id: number | null }>('SELECT max(id) AS id FROM tracks');
/** Another after whatever the listener does; a scan, which tells of all once a second, leaves it. */
const listened = query<{ readonly state: string }>(
  `SELECT (SELECT count(*) FROM likes) || ' ' || (SELECT count(*) FROM ratings) || ' ' ||
    coalesce((SELECT max(id) FROM plays), 0) AS state`,
);

export function createHeard(db: Database): Heard {
  let known: Uint8Array = new Uint8Array();
  let knownState = '';
  let doubtful = true;
  const changed = new Set<number>();

  function readAll(): void {
    known = new Uint8Array(db.first(lastId)?.id ?? 0);
    for (const { id, score } of db.all(allScores)) known[id - 1] = score;
  }

  function readChanged(): void {
    const ids = [...changed];
    for (const id of ids) known[id - 1] = 0;
    for (const { id, score } of db.all(someScores, listValue(ids))) known[id - 1] = score;
  }

  return {
    scores() {
      if (!doubtful && changed.size === 0) return known;
      const state = db.first(listened)?.state ?? '';
      // Tracks that came since the array was made lie beyond its end.
      const isLonger = [...changed].some((id) => id > known.length);
      if ((doubtful && state !== knownState) || isLonger) readAll();
      else readChanged();
      knownState = state;
      doubtful = false;
      changed.clear();
      return known;
    },
    forget(trackIds) {
      if (trackIds === undefined) doubtful = true;
      else for (const id of trackIds) changed.add(id);
    },
  };
}

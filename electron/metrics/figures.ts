import type { Figures } from '../../shared/metrics.ts';
import { type Database, type SqlValue, query } from '../database.ts';

const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
const weekMilliseconds = 7 * dayMilliseconds;
/** The window of every figure that names no other. */
const windowMilliseconds = 30 * dayMilliseconds;
const shownWeeks = 12;

const heard = `SELECT coalesce(sum(data ->> '$.seconds'), 0) AS value FROM events
  WHERE type = 'music.heard' AND at > ? AND at <= ?`;

/** Of all rows of a type in a window, the part for which a condition holds; null: there is none. */
function partOf(type: string, condition: string): string {
  return `SELECT avg(${condition}) AS value FROM events WHERE type = '${type}' AND at > ? AND at <= ?`;
}

/**
 * Computes the figures from the journal as it is now. Each definition stands beside the figure in
 * the words; a day is one of the listener's own.
 * @param zoneMilliseconds how far the listener's clock is before UTC
 */
export function figuresOf(db: Database, now: number, zoneMilliseconds: number): Figures {
  function value(sql: string, ...values: readonly SqlValue[]): number | null {
    return db.first(query<{ value: number | null }>(sql), ...values)?.value ?? null;
  }
  function inWindow(sql: string): number | null {
    return value(sql, now - windowMilliseconds, now);
  }
  function count(type: string, condition = '1'): number {
    const sql = `SELECT count(*) AS value FROM events
      WHERE type = '${type}' AND ${condition} AND at > ? AND at <= ?`;
    return inWindow(sql) ?? 0;
  }
  function hoursBetween(from: number, to: number): number {
    return (value(heard, from, to) ?? 0) / 3600;
  }
  function dayOf(at: number): number {
    return Math.floor((at + zoneMilliseconds) / dayMilliseconds);
  }
  function activeOn(day: number): boolean {
    const from = day * dayMilliseconds - zoneMilliseconds;
    return hoursBetween(from - 1, from + dayMilliseconds - 1) > 0;
  }

  const first = value('SELECT min(at) AS value FROM events');
  function backOn(daysLater: number): boolean | null {
    if (first === null || dayOf(now) < dayOf(first) + daysLater) return null;
    return activeOn(dayOf(first) + daysLater);
  }

  const hours = hoursBetween(now - windowMilliseconds, now);
  const weekHours = hoursBetween(now - weekMilliseconds, now);
  const activeDays = Array.from({ length: 30 }, (_, ago) => activeOn(dayOf(now) - ago));
  const days = activeDays.filter(Boolean).length;
  const adSeconds =
    inWindow(`SELECT sum(data ->> '$.heardSeconds') AS value FROM events
      WHERE type = 'spot.ended' AND at > ? AND at <= ?`) ?? 0;
  // What is sold or tried for real: an issuer on this machine and a tester's tier are neither.
  const forReal = `data ->> '$.environment' = 'prod'`;

  return {
    weeklyHours: weekHours > 0 ? weekHours : null,
    hoursByWeek: Array.from({ length: shownWeeks }, (_, at) => {
      const end = now - (shownWeeks - 1 - at) * weekMilliseconds;
      return hoursBetween(end - weekMilliseconds, end);
    }),
    activated: first === null ? null : activated(db, first, now),
    backOnDay1: backOn(1),
    backOnDay7: backOn(7),
    backOnDay30: backOn(30),
    stickiness: days > 0 ? days / activeDays.length : null,
    offersShown: count('offer.shown'),
    trials: count('trial.began', forReal),
    paid: count('subscription.paid', forReal),
    adSecondsPerHour: hours > 0 ? adSeconds / hours : null,
    fill: inWindow(partOf('break.prepared', `data ->> '$.filled'`)),
    completion: inWindow(partOf('spot.ended', `data ->> '$.how' = 'complete'`)),
    // avg() leaves out the nulls: sessions without a break.
    fatigue: inWindow(partOf('session.ended', `data ->> '$.secondsSinceBreak' <= 60`)),
    searchSuccess: inWindow(partOf('search.ended', `data ->> '$.played'`)),
    firstSoundP95Milliseconds: inWindow(firstSoundP95),
    stallsPerHour: hours > 0 ? count('sound.stalled') / hours : null,
    loudnessBreaches: count('loudness.breached'),
    beaconLoss: inWindow(partOf('beacon.settled', `data ->> '$.lost'`)),
  };
}

/** By nearest rank: the smallest wait that 95 of 100 don't exceed. */
const firstSoundP95 = `
  SELECT max(wait) AS value FROM (
    SELECT data ->> '$.milliseconds' AS wait,
      row_number() OVER (ORDER BY data ->> '$.milliseconds') AS rank, count(*) OVER () AS total
    FROM events WHERE type = 'sound.began' AND at > ? AND at <= ?
  ) WHERE (rank - 1) * 100 < 95 * total`;

/** Three plays of 30 s and something kept, within the first 24 h; null while these run. */
function activated(db: Database, first: number, now: number): boolean | null {
  const row = db.first(
    query<{ plays: number; kept: number }>(
      `SELECT count(*) FILTER (WHERE type = 'play.heard_30s') AS plays,
        count(*) FILTER (WHERE type IN ('track.liked', 'playlist.filled')) AS kept
       FROM events WHERE at <= ?`,
    ),
    Math.min(now, first + dayMilliseconds),
  );
  if (row !== undefined && row.plays >= 3 && row.kept >= 1) return true;
  return now <= first + dayMilliseconds ? null : false;
}

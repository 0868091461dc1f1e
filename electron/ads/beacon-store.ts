import type { OutboxView } from '../../shared/ads.ts';
import { type Database, query } from '../database.ts';
import type { Beacon } from './tracking.ts';

/** A beacon for one address, written down. */
export interface StoredBeacon {
  readonly id: number;
  readonly serving: string;
  readonly event: string;
  readonly place: number;
  readonly address: string;
  /** 1: of our own service. */
  readonly own: 0 | 1;
  readonly at: number;
  readonly heardSeconds: number;
  readonly code: number | null;
  readonly tries: number;
}

export type BeaconOutcome = 'sent' | 'dropped';

/** Where beacons are written before they are sent. A change outlives the process once it returns. */
export interface BeaconStore {
  /** Does nothing when the event of this serving was written before. @returns whether it was new */
  readonly write: (beacon: Beacon, ownAddresses: string | null) => boolean;
  /**
   * Of each serving and host the first that is due, the oldest first.
   * @param now milliseconds since 1970
   */
  readonly due: (now: number, most: number) => readonly StoredBeacon[];
  /** To be called before it is sent to others. @returns false: it is not to be sent, or no more */
  readonly take: (id: number) => boolean;
  readonly settle: (id: number, outcome: BeaconOutcome) => void;
  /** @param dueAt milliseconds since 1970 */
  readonly postpone: (id: number, dueAt: number) => void;
  /**
   * At the start: what was on its way when the last run ended may have arrived, and is given up.
   * @returns how many those were
   */
  readonly recover: () => number;
  readonly view: () => OutboxView;
}

/** Runs the work on the database, once more on a new one when it turns out to be damaged. */
export type UseDatabase = <Result>(work: (db: Database) => Result) => Result;

const mostWaiting = 2000;
const mostSettled = 5000;
const mostShown = 50;
/** Nothing waits longer: a row due later was written by a clock that was put back since. */
const longestWaitMilliseconds = 2 * 3_600_000;

const waitingRows = query<StoredBeacon>(`
  SELECT id, serving, event, place, address, own, at, heard_seconds AS heardSeconds, code, tries
  FROM beacons WHERE id IN (
    SELECT min(id) FROM beacons
    WHERE state = 'waiting' AND (due_at <= ? OR due_at > ?)
    GROUP BY serving, host
  ) ORDER BY id LIMIT ?`);
const known = query<{ id: number }>(
  'SELECT id FROM beacons WHERE serving = ? AND event = ? LIMIT 1',
);
const beyond = query<{ id: number }>(
  `SELECT id FROM beacons WHERE state = 'waiting' ORDER BY own DESC, id DESC LIMIT -1 OFFSET ?`,
);
const sending = query<{ id: number }>(`SELECT id FROM beacons WHERE state = 'sending'`);
const counts = query<{ outcome: BeaconOutcome; count: number }>('SELECT * FROM beacon_counts');
const waitingCount = query<{ count: number }>(
  `SELECT count(*) AS count FROM beacons WHERE state IN ('waiting', 'sending')`,
);
const recentRows = query<OutboxView['recent'][number]>(
  'SELECT at, event, host, state FROM beacons ORDER BY id DESC LIMIT ?',
);

export function createBeaconStore(use: UseDatabase): BeaconStore {
  function settle(db: Database, id: number, outcome: BeaconOutcome): void {
    const { changes } = db.run(
      `UPDATE beacons SET state = ? WHERE id = ? AND state IN ('waiting', 'sending')`,
      outcome,
      id,
    );
    if (changes === 0) return;
    db.run(
      `INSERT INTO beacon_counts VALUES (?, 1) ON CONFLICT DO UPDATE SET count = count + 1`,
      outcome,
    );
  }

  function writeAll(db: Database, beacon: Beacon, ownAddresses: string | null): boolean {
    const { serving, event, at, heardSeconds, code } = beacon;
    if (db.first(known, serving, event) !== undefined) return false;
    for (const [place, address] of beacon.addresses.entries()) {
      const parsed = URL.canParse(address) ? new URL(address) : null;
      // As it will be asked: dots in its path must not lead from the beacons to elsewhere.
      const own = ownAddresses !== null && parsed?.href.startsWith(ownAddresses) === true ? 1 : 0;
      const host = parsed?.host ?? '';
      db.run(
        `INSERT INTO beacons (serving, event, place, address, host, own, at, heard_seconds, code, due_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        ...[serving, event, place, address, host, own, at, heardSeconds, code, at],
      );
    }
    for (const { id } of db.all(beyond, mostWaiting)) settle(db, id, 'dropped');
    db.run(
      `DELETE FROM beacons WHERE id IN (SELECT id FROM beacons WHERE state IN ('sent', 'dropped')
      ORDER BY id DESC LIMIT -1 OFFSET ?)`,
      mostSettled,
    );
    return true;
  }

  return {
    write: (beacon, ownAddresses) =>
      use((db) => db.transaction(() => writeAll(db, beacon, ownAddresses))),
    due: (now, most) => use((db) => db.all(waitingRows, now, now + longestWaitMilliseconds, most)),
    take: (id) =>
      use((db) => {
        const taken = `UPDATE beacons SET state = 'sending' WHERE id = ? AND state = 'waiting'`;
        return db.run(taken, id).changes > 0;
      }),
    settle: (id, outcome) => use((db) => db.transaction(() => settle(db, id, outcome))),
    postpone: (id, dueAt) =>
      use((db) => {
        db.run(
          `UPDATE beacons SET state = 'waiting', tries = tries + 1, due_at = ?
          WHERE id = ? AND state IN ('waiting', 'sending')`,
          dueAt,
          id,
        );
      }),
    recover: () =>
      use((db) =>
        db.transaction(() => {
          const lost = db.all(sending);
          for (const { id } of lost) settle(db, id, 'dropped');
          return lost.length;
        }),
      ),
    view: () =>
      use((db) => {
        const counted = new Map(
          db.all(counts).map(({ outcome, count }) => [outcome, count] as const),
        );
        return {
          sent: counted.get('sent') ?? 0,
          waiting: db.first(waitingCount)?.count ?? 0,
          dropped: counted.get('dropped') ?? 0,
          recent: db.all(recentRows, mostShown),
        };
      }),
  };
}

import { randomUUID } from 'node:crypto';
import type { BatchView, MetricsLevel } from '../../shared/metrics.ts';
import type { MetricsBatch } from '../../service/api/metrics.ts';
import { type Database, query } from '../database.ts';
import { type EventRow, shownEvent } from './event-log.ts';
import { registry } from './registry.ts';

/** A batch that waits to be sent. */
export interface WaitingBatch {
  readonly id: string;
  /** JSON, as it is shown and as it is sent. */
  readonly body: string;
}

const hourMilliseconds = 3_600_000;
const dayMilliseconds = 24 * hourMilliseconds;
/** How often a batch is made at each level. */
const everyMilliseconds = { 1: dayMilliseconds, 2: hourMilliseconds } as const;
/** So that a body stays below what the service takes. */
const mostEvents = { 1: 20_000, 2: 500 } as const;
const givenUpAfterMilliseconds = 7 * dayMilliseconds;
const keptMilliseconds = 90 * dayMilliseconds;
const shownBatches = 50;

/**
 * Notes the listener's consent. What happened before it was given is never sent; what waits is not
 * sent once it is taken back.
 */
export function setLevel(db: Database, level: MetricsLevel, now: number): void {
  if (consentOf(db).level === level) return;
  db.transaction(() => {
    db.run(
      `INSERT OR REPLACE INTO consent (only, level, through)
       VALUES (1, ?, (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events'))`,
      level,
    );
    db.run(
      `UPDATE batches SET state = 'withdrawn', settled_at = ? WHERE state = 'waiting' AND level > ?`,
      now,
      level,
    );
  });
}

/** Makes the batches that are due. @returns those that wait to be sent, oldest first */
export function dueBatches(db: Database, app: string, now: number): WaitingBatch[] {
  const { level } = consentOf(db);
  if (level === 0) return [];
  db.transaction(() => {
    db.run(
      `UPDATE batches SET state = 'given_up', settled_at = ? WHERE state = 'waiting' AND at < ?`,
      now,
      now - givenUpAfterMilliseconds,
    );
    db.run(`DELETE FROM batches WHERE at < ?`, now - keptMilliseconds);
    if (!isDue(db, level, now)) return;
    while (makeBatch(db, level, app, now)) continue;
  });
  return db.all(
    query<WaitingBatch>(
      `SELECT id, body FROM batches WHERE state = 'waiting' AND level <= ? ORDER BY at, id LIMIT 20`,
    ),
    level,
  );
}

/** @param outcome `given_up`: the service refuses it, and would again */
export function settleBatch(
  db: Database,
  id: string,
  outcome: 'sent' | 'given_up',
  now: number,
): void {
  db.run(
    `UPDATE batches SET state = ?, settled_at = ? WHERE id = ? AND state = 'waiting'`,
    outcome,
    now,
    id,
  );
}

export function allBatches(db: Database): BatchView[] {
  return db
    .all(
      query<{
        id: string;
        at: number;
        level: MetricsLevel;
        state: BatchView['state'];
        body: string;
      }>('SELECT id, at, level, state, body FROM batches ORDER BY at DESC LIMIT ?'),
      shownBatches,
    )
    .map((row) => ({ ...row, at: new Date(row.at).toISOString() }));
}

/** What a batch of the last day's events would be at a level, as text: nothing is made by looking. */
export function previewBatch(db: Database, level: 1 | 2, app: string, now: number): string {
  const rows = db.all(
    query<EventRow>('SELECT * FROM events WHERE at >= ? ORDER BY seq LIMIT ?'),
    now - dayMilliseconds,
    mostEvents[level],
  );
  return JSON.stringify(batchOf(rows, level, app), null, 2);
}

function isDue(db: Database, level: 1 | 2, now: number): boolean {
  const newest = db.first(query<{ at: number | null }>('SELECT max(at) AS at FROM batches'))?.at;
  // A clock that was set back must not hold everything up.
  return newest == null || newest > now || now - newest >= everyMilliseconds[level];
}

/** @returns whether there may be more */
function makeBatch(db: Database, level: 1 | 2, app: string, now: number): boolean {
  const { through } = consentOf(db);
  const rows = db.all(
    query<EventRow>('SELECT * FROM events WHERE seq > ? ORDER BY seq LIMIT ?'),
    through,
    mostEvents[level],
  );
  const last = rows.at(-1);
  if (last === undefined) return false;
  const batch = batchOf(rows, level, app);
  db.run(
    `INSERT INTO batches (id, at, level, body, state) VALUES (?, ?, ?, ?, 'waiting')`,
    batch.id,
    now,
    level,
    JSON.stringify(batch),
  );
  db.run('UPDATE consent SET through = ? WHERE only = 1', last.seq);
  return rows.length === mostEvents[level];
}

/** The one place that says what may leave. */
function batchOf(rows: readonly EventRow[], level: 1 | 2, app: string): MetricsBatch {
  const isWhole = ({ type }: EventRow): boolean => level === 2 && registry[type].leaves === 'whole';
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (isWhole(row)) continue;
    const key = `${new Date(row.at).toISOString().slice(0, 10)} ${row.type}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return {
    id: randomUUID(),
    level,
    app,
    counts: [...counts].map(([key, count]) => {
      const [day = '', type = ''] = key.split(' ');
      return { day, type, count };
    }),
    events: rows.filter(isWhole).map((row) => ({
      ...shownEvent(row),
      data: JSON.parse(row.data) as Record<string, unknown>,
    })),
  };
}

function consentOf(db: Database): { readonly level: MetricsLevel; readonly through: number } {
  const row = db.first(
    query<{ level: MetricsLevel; through: number }>('SELECT level, through FROM consent'),
  );
  return row ?? { level: 0, through: 0 };
}

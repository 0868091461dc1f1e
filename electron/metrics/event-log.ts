import type { NotedEvent } from '../../shared/metrics.ts';
import { type Database, listValue, query } from '../database.ts';
import { type EventType, eventTypes, isEventType, registry } from './registry.ts';

/** An event on its way into the log; checked there. */
export interface NewEvent {
  readonly id: string;
  readonly type: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly data: unknown;
}

/** A row of the log. */
export interface EventRow {
  readonly seq: number;
  readonly id: string;
  readonly source: string;
  readonly type: EventType;
  readonly at: number;
  /** JSON. */
  readonly data: string;
}

const dayMilliseconds = 86_400_000;
/** Some years of heavy use; beyond it the oldest go. */
const mostEvents = 200_000;

/**
 * Appends events. One that came before, by its id, is not noted again.
 * @returns why those that the registry does not know were refused
 */
export function appendEvents(db: Database, events: readonly NewEvent[]): readonly string[] {
  const refused: string[] = [];
  db.transaction(() => {
    for (const { id, type, at, data } of events) {
      const checked = isEventType(type) ? registry[type].data.safeParse(data) : null;
      if (checked?.success !== true) {
        refused.push(`${type}: ${checked?.error.issues[0]?.message ?? 'no such event'}`);
        continue;
      }
      db.run(
        'INSERT OR IGNORE INTO events (id, source, type, at, data) VALUES (?, ?, ?, ?, ?)',
        id,
        sourceOf(type),
        type,
        Math.round(at),
        JSON.stringify(checked.data),
      );
    }
  });
  return refused;
}

/** Lets go of events older than their kind is kept, and of kinds that are noted no more. */
export function trimEvents(db: Database, now: number): void {
  db.transaction(() => {
    for (const type of eventTypes) {
      const oldest = now - registry[type].retentionDays * dayMilliseconds;
      db.run('DELETE FROM events WHERE type = ? AND at < ?', type, oldest);
    }
    db.run(
      'DELETE FROM events WHERE type NOT IN (SELECT value FROM json_each(?))',
      listValue(eventTypes),
    );
    db.run('DELETE FROM events WHERE seq <= (SELECT max(seq) FROM events) - ?', mostEvents);
  });
}

/** The newest events, newest first. */
export function newestEvents(db: Database, limit: number): NotedEvent[] {
  return db
    .all(query<EventRow>('SELECT * FROM events ORDER BY seq DESC LIMIT ?'), limit)
    .map(shownEvent);
}

export function countsByType(db: Database): ReadonlyMap<string, number> {
  const rows = db.all(
    query<{ type: string; count: number }>(
      'SELECT type, count(*) AS count FROM events GROUP BY type',
    ),
  );
  return new Map(rows.map(({ type, count }) => [type, count]));
}

export function shownEvent({ id, source, type, at, data }: EventRow): NotedEvent {
  return { id, source, type, time: new Date(at).toISOString(), data: JSON.parse(data) };
}

/** Which part of the app an event is about. */
function sourceOf(type: string): string {
  return `urn:refrain:${type.split('.')[0] ?? ''}`;
}

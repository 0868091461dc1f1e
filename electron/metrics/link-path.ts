import { randomUUID } from 'node:crypto';
import type { LinkMarks } from '../../shared/link.ts';
import { type Database, query } from '../database.ts';
import type { NewEvent } from './event-log.ts';
import type { EventData, LinkStep } from './registry.ts';

/** A link that was opened: where it leads to, and what its publisher wrote into it. */
export interface OpenedLink {
  /** A kind of place, without its id. */
  readonly to: string;
  readonly marks: LinkMarks;
}

interface TouchRow {
  readonly id: number;
  readonly utm_source: string;
  readonly utm_medium: string;
  readonly utm_campaign: string;
}

/** How long what is done counts as coming from a link; the very first one is kept for good. */
const lastTouchMilliseconds = 30 * 86_400_000;

/**
 * Keeps the touch of a link and begins its path.
 * @returns the event that tells of it
 */
export function linkOpened(db: Database, { to, marks }: OpenedLink, now: number): NewEvent[] {
  return db.transaction(() => {
    forgetOldTouches(db, now);
    db.run(
      `INSERT INTO link_touches (at, target, utm_source, utm_medium, utm_campaign, utm_content)
       VALUES (?, ?, ?, ?, ?, ?)`,
      now,
      to,
      marks.source,
      marks.medium,
      marks.campaign,
      marks.content,
    );
    return linkReached(db, 'link.opened', now);
  });
}

/**
 * Marks a step of the path that the newest link began.
 * @returns the event that tells of it; none where no link led here, or where it was reached before
 */
export function linkReached(db: Database, step: LinkStep, now: number): NewEvent[] {
  const last = db.first(
    query<TouchRow>('SELECT * FROM link_touches WHERE at > ? ORDER BY id DESC LIMIT 1'),
    now - lastTouchMilliseconds,
  );
  const first = db.first(query<TouchRow>('SELECT * FROM link_touches ORDER BY id LIMIT 1'));
  if (last === undefined || first === undefined) return [];
  const { changes } = db.run(
    'INSERT OR IGNORE INTO link_steps (touch, step, at) VALUES (?, ?, ?)',
    last.id,
    step,
    now,
  );
  if (changes === 0) return [];
  const data: EventData<LinkStep> = { first: touchOf(first), last: touchOf(last) };
  return [{ id: randomUUID(), type: step, at: now, data }];
}

function forgetOldTouches(db: Database, now: number): void {
  db.run(
    `DELETE FROM link_touches WHERE at <= ? AND id <> (SELECT min(id) FROM link_touches)`,
    now - lastTouchMilliseconds,
  );
}

function touchOf({ utm_source, utm_medium, utm_campaign }: TouchRow) {
  return { source: utm_source, medium: utm_medium, campaign: utm_campaign };
}

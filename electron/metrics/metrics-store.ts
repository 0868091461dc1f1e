import type { Figures, InspectorView, MetricsLevel } from '../../shared/metrics.ts';
import type { Database } from '../database.ts';
import {
  allBatches,
  dueBatches,
  previewBatch,
  setLevel,
  settleBatch,
  type WaitingBatch,
} from './batches.ts';
import {
  appendEvents,
  countsByType,
  type NewEvent,
  newestEvents,
  trimEvents,
} from './event-log.ts';
import { figuresOf } from './figures.ts';
import { linkOpened, linkReached, type OpenedLink } from './link-path.ts';
import { type LinkStep, eventTypes, registry } from './registry.ts';

/** What Refrain notes, in the journal. */
export interface MetricsStore {
  /** Events that the registry doesn't know are refused, which is told by `fault`. */
  readonly record: (events: readonly NewEvent[]) => void;
  readonly inspect: () => Omit<InspectorView, 'canSend'>;
  readonly figures: () => Figures;
  /** The listener's consent as it is now. */
  readonly setLevel: (level: MetricsLevel) => void;
  /** @returns what a batch of the last day's events would be, as JSON; nothing is made */
  readonly preview: (level: 1 | 2, app: string) => string;
  /** @param app the version that sends. @returns what waits to be sent, oldest first */
  readonly dueBatches: (app: string) => readonly WaitingBatch[];
  /** @param outcome `given_up`: the service refuses it, and would again */
  readonly settleBatch: (id: string, outcome: 'sent' | 'given_up') => void;
  /** Everything that was noted goes: events, batches, links. The consent stays. */
  readonly removeAll: () => void;
}

/** The paths from links to what was done after them. */
export interface LinkPaths {
  readonly opened: (link: OpenedLink) => void;
  /** Tells that a step was reached; counted once for each link. */
  readonly reached: (step: LinkStep) => void;
}

export interface MetricsStoreParts {
  /** As of the journal: runs work on the open database. */
  readonly use: <Result>(work: (db: Database) => Result) => Result;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly fault: (message: string, cause: unknown) => void;
}

const shownEvents = 200;
const trimEveryMilliseconds = 3_600_000;

export function createMetricsStore({ use, now, fault }: MetricsStoreParts): {
  readonly events: MetricsStore;
  readonly links: LinkPaths;
} {
  let trimmedAt = -Infinity;

  function record(events: readonly NewEvent[]): void {
    const refused = use((db) => {
      const isDue = Math.abs(now() - trimmedAt) >= trimEveryMilliseconds;
      if (isDue) trimEvents(db, now());
      if (isDue) trimmedAt = now();
      return appendEvents(db, events);
    });
    for (const reason of refused) fault('An event was refused', reason);
  }

  return {
    events: {
      record,
      inspect: () =>
        use((db) => {
          trimEvents(db, now());
          const counts = countsByType(db);
          return {
            types: eventTypes.map((type) => {
              const { purpose, retentionDays, leaves } = registry[type];
              return { type, purpose, retentionDays, leaves, count: counts.get(type) ?? 0 };
            }),
            events: newestEvents(db, shownEvents),
            batches: allBatches(db),
          };
        }),
      figures: () =>
        use((db) => figuresOf(db, now(), -new Date(now()).getTimezoneOffset() * 60_000)),
      setLevel: (level) => use((db) => setLevel(db, level, now())),
      preview: (level, app) => use((db) => previewBatch(db, level, app, now())),
      dueBatches: (app) =>
        use((db) => {
          trimEvents(db, now());
          return dueBatches(db, app, now());
        }),
      settleBatch: (id, outcome) => use((db) => settleBatch(db, id, outcome, now())),
      removeAll: () =>
        use((db) =>
          db.transaction(() => {
            for (const table of ['events', 'batches', 'link_steps', 'link_touches']) {
              db.run(`DELETE FROM ${table}`);
            }
          }),
        ),
    },
    links: {
      opened: (link) => record(use((db) => linkOpened(db, link, now()))),
      reached: (step) => record(use((db) => linkReached(db, step, now()))),
    },
  };
}

import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createJournal } from '../../electron/database/journal.ts';
import type { NewEvent } from '../../electron/metrics/event-log.ts';
import { createMetricsStore } from '../../electron/metrics/metrics-store.ts';
import type { EventData, EventType } from '../../electron/metrics/registry.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** What Refrain notes, in a real file of this test's own, with a clock that the test moves. */
export async function openTestJournal(start: number) {
  const file = join(await temporaryFolder(), 'journal.db');
  const faults: string[] = [];
  let now = start;
  const parts = {
    now: () => now,
    fault: (message: string, cause: unknown) => void faults.push(`${message}: ${String(cause)}`),
  };
  let journal = createJournal({ file, ...parts });
  onTestFinished(() => journal.close());
  return {
    faults,
    store: createMetricsStore({ use: (work) => journal.use(work), ...parts }),
    use: ((work) => journal.use(work)) as typeof journal.use,
    moveTo: (milliseconds: number): void => {
      now = milliseconds;
    },
    /** As if the app had been started anew. */
    restart: (): void => {
      journal.close();
      journal = createJournal({ file, ...parts });
    },
  };
}

export function newEvent<Type extends EventType>(
  type: Type,
  at: number,
  data: EventData<Type>,
): NewEvent {
  return { id: randomUUID(), type, at, data };
}

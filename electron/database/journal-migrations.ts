import { events } from './journal/0001-events.ts';

/** One SQL text per version of the journal, from version 1 on. A released one is frozen. */
export const journalMigrations: readonly string[] = [events];

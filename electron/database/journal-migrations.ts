import { events } from './journal/0001-events.ts';
import { beacons } from './journal/0002-beacons.ts';

/** One SQL text per version of the journal, from version 1 on. A released one is frozen. */
export const journalMigrations: readonly string[] = [events, beacons];

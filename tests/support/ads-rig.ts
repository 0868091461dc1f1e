import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { createOutbox } from '../../electron/ads/beacon-outbox.ts';
import type { BeaconOutbox, BeaconOutboxParts } from '../../electron/ads/beacon-outbox.ts';
import { createBeaconStore } from '../../electron/ads/beacon-store.ts';
import type { BeaconStore } from '../../electron/ads/beacon-store.ts';
import { createJournal } from '../../electron/database/journal.ts';
import { connect, overMessagePort, serve } from '../../electron/remote.ts';
import { type AdServer, startAdServer } from './ad-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface OutboxRig {
  readonly outbox: BeaconOutbox;
  readonly store: BeaconStore;
  /** What the test sets: wall clock and monotonic clock, in milliseconds. */
  readonly time: { now: number; monotonic: number };
  readonly settled: boolean[];
  readonly folder: string;
}

/**
 * An outbox over a real journal in the folder, called as the main process calls it. Opened again on
 * the same folder it is what the next start finds.
 */
export async function openOutbox(
  change: Partial<BeaconOutboxParts> & {
    readonly folder?: string;
    readonly now?: () => number;
  } = {},
): Promise<OutboxRig> {
  const folder = change.folder ?? (await temporaryFolder());
  const time = { now: Date.parse('2026-11-22T12:00:00Z'), monotonic: 0 };
  const fault = (message: string, cause: unknown): never => {
    throw new Error(message, { cause });
  };
  const journal = createJournal({ file: join(folder, 'journal.db'), now: () => time.now, fault });
  const store = createBeaconStore(journal.use);
  const { port1, port2 } = new MessageChannel();
  const settled: boolean[] = [];
  serve(overMessagePort(port1), { beacons: store }, fault);
  const outbox = createOutbox({
    store: connect<{ beacons: BeaconStore }, never>(overMessagePort(port2)).parts.beacons,
    service: null,
    reach: 'any',
    now: () => time.now,
    monotonic: () => time.monotonic,
    random: () => 0.5,
    settled: (lost) => settled.push(lost),
    trouble: () => undefined,
    ...change,
  });
  onTestFinished(async () => {
    await outbox.close();
    port1.close();
    journal.close();
  });
  return { outbox, store, time, settled, folder };
}

export async function openAdServer(): Promise<AdServer> {
  const server = await startAdServer();
  onTestFinished(() => server.close());
  return server;
}

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

export interface OutboxChange extends Partial<BeaconOutboxParts> {
  readonly folder?: string;
  /**
   * As if the app was killed at this call of the store: it and all later ones come to nothing, it
   * before or after its work.
   */
  readonly killedAfter?: { readonly calls: number; readonly before: boolean };
}

/**
 * An outbox over a real journal in the folder, called as the main process calls it. Opened again on
 * the same folder it is what the next start finds.
 */
export async function openOutbox(change: OutboxChange = {}): Promise<OutboxRig> {
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
  const { beacons } = connect<{ beacons: BeaconStore }, never>(overMessagePort(port2)).parts;
  const { killedAfter, ...parts } = change;
  const outbox = createOutbox({
    store: killedAfter === undefined ? beacons : mortal(beacons, killedAfter),
    service: null,
    reach: 'any',
    now: () => time.now,
    monotonic: () => time.monotonic,
    random: () => 0.5,
    settled: (lost) => settled.push(lost),
    trouble: () => undefined,
    ...parts,
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

type RemoteStore = BeaconOutboxParts['store'];

function mortal(
  store: RemoteStore,
  { calls, before }: NonNullable<OutboxChange['killedAfter']>,
): RemoteStore {
  let called = 0;
  const dying =
    <Values extends readonly unknown[], Result>(call: (...values: Values) => Promise<Result>) =>
    async (...values: Values): Promise<Result> => {
      called += 1;
      if (called > calls + 1 || (called > calls && before)) throw new Error('Killed');
      const result = await call(...values);
      if (called > calls) throw new Error('Killed');
      return result;
    };
  return {
    write: dying(store.write),
    due: dying(store.due),
    take: dying(store.take),
    settle: dying(store.settle),
    postpone: dying(store.postpone),
    recover: dying(store.recover),
    view: dying(store.view),
  };
}

import { rename, stat, statfs } from 'node:fs/promises';
import { RefrainError } from '../../shared/errors.ts';
import type {
  RestorePreview,
  Snapshot,
  SnapshotId,
  SnapshotReason,
} from '../../shared/snapshots.ts';
import { contentOf, expectWhole } from './content.ts';
import { previewRestore } from './difference.ts';
import { type PresentState, prepareRestore } from './restore.ts';
import { interval, superfluous } from './rotation.ts';
import { besideTheRest, sqlText } from './side-connection.ts';
import {
  type KeptSnapshot,
  flush,
  listSnapshots,
  noteContent,
  removeSnapshot,
  snapshotPath,
  snapshotsFolder,
  tidyFolder,
} from './snapshot-files.ts';

/** Rotated copies of the library's database. Nothing here keeps a query waiting. */
export interface Snapshots {
  /** Newest first. */
  readonly all: () => Promise<Snapshot[]>;
  /**
   * @returns null when nothing is new since the newest copy
   * @throws RefrainError `unavailable`, detail `disk_full`; what the file system says
   */
  readonly make: (reason: SnapshotReason) => Promise<Snapshot | null>;
  /** The same when it is time for it; what goes wrong is told to the log. */
  readonly makeIfDue: () => Promise<void>;
  /** @throws RefrainError `not_found` */
  readonly preview: (id: SnapshotId) => Promise<RestorePreview>;
  /**
   * Makes a copy ready to be the library at the next opening.
   * @returns names the copy that the present library will be, unless it is damaged
   * @throws RefrainError `not_found`; `damaged`
   */
  readonly prepare: (id: SnapshotId, present: PresentState) => Promise<SnapshotId>;
  /** The newest copy that is whole. */
  readonly newestWhole: () => Promise<Snapshot | null>;
}

const roomLeftBytes = 50_000_000;

/** @param file path of the library */
export function createSnapshots(
  file: string,
  now: () => number,
  fault: (message: string, cause: unknown) => void,
): Snapshots {
  let lastTurn: Promise<unknown> = Promise.resolve();

  /** One after the other: a copy that is being made is no copy yet. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = lastTurn.then(work);
    lastTurn = result.catch(() => undefined);
    return result;
  }

  async function make(reason: SnapshotReason): Promise<Snapshot | null> {
    await tidyFolder(file);
    const before = await listSnapshots(file);
    const content = await besideTheRest(file, contentOf);
    if (content.fingerprint === before[0]?.content.fingerprint) return null;
    await expectRoom(file);
    const at = now();
    const path = snapshotPath(file, at, reason);
    try {
      await writeCopy(file, `${path}.new`, path);
    } catch (error) {
      await tidyFolder(file);
      throw error;
    }
    const all = await listSnapshots(file);
    for (const old of superfluous(all, at)) await removeSnapshot(old.path);
    return described(all.find((snapshot) => snapshot.path === path) ?? null);
  }

  async function find(id: SnapshotId): Promise<KeptSnapshot> {
    const found = (await listSnapshots(file)).find((snapshot) => snapshot.id === id);
    if (found === undefined) throw new RefrainError('not_found', 'There is no such copy');
    return found;
  }

  return {
    all: () =>
      inTurn(async () => (await listSnapshots(file)).flatMap((one) => described(one) ?? [])),
    make: (reason) => inTurn(() => make(reason)),
    makeIfDue: () =>
      inTurn(async () => {
        try {
          const [newest] = await listSnapshots(file);
          const isDue = newest === undefined || now() - newest.at >= interval(newest.bytes);
          if (isDue) await make('regular');
        } catch (error) {
          fault('No copy of the library could be made', error);
        }
      }),
    preview: (id) => inTurn(async () => previewRestore(file, (await find(id)).path)),
    prepare: (id, present) =>
      inTurn(async () => prepareRestore(file, (await find(id)).path, present, now())),
    newestWhole: () =>
      inTurn(async () => {
        for (const snapshot of await listSnapshots(file)) {
          const isWhole = await besideTheRest(snapshot.path, expectWhole).then(
            () => true,
            () => false,
          );
          if (isWhole) return described(snapshot);
        }
        return null;
      }),
  };
}

/** Under its name a copy is whole, checked and safely on the disk. */
async function writeCopy(file: string, temporary: string, path: string): Promise<void> {
  // As it is at one moment, while others go on to read and write; and without a log.
  await besideTheRest(file, ({ exec }) => exec(`VACUUM INTO ${sqlText(temporary)}`));
  const content = await besideTheRest(temporary, async (connection) => {
    await expectWhole(connection);
    return contentOf(connection);
  });
  await flush(temporary);
  await noteContent(path, content);
  await rename(temporary, path);
}

async function expectRoom(file: string): Promise<void> {
  const { bavail, bsize } = await statfs(snapshotsFolder(file));
  const { size } = await stat(file);
  if (bavail * bsize >= size + roomLeftBytes) return;
  throw new RefrainError('unavailable', 'There is no room on the disk for a copy of the library', {
    detail: 'disk_full',
  });
}

function described(snapshot: KeptSnapshot | null): Snapshot | null {
  if (snapshot === null) return null;
  const { id, at, bytes, reason, counts } = snapshot;
  return { id, at, bytes, reason, counts };
}

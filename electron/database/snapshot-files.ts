import { mkdir, open, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Snapshot, SnapshotId, SnapshotReason } from '../../shared/snapshots.ts';
import { openAtomicFile } from '../atomic-file.ts';
import { Content, contentOf } from './content.ts';
import { besideTheRest, removeDatabase } from './side-connection.ts';

/**
 * A copy of `library.db` is `snapshots/library-TIME.REASON.db`; what it holds is noted in a `.json`
 * beside it, so that a list of them opens none. A note that is missing is written anew.
 */
export interface KeptSnapshot extends Snapshot {
  readonly path: string;
  readonly content: Content;
}

const namePattern = /^library-(?<id>[^.]+)\.(?<reason>[^.]+)\.db$/;
const mostNoteBytes = 20_000_000;

export function snapshotsFolder(file: string): string {
  return join(dirname(file), 'snapshots');
}

/** @param at milliseconds since 1970 */
export function snapshotPath(file: string, at: number, reason: SnapshotReason): string {
  return join(snapshotsFolder(file), `library-${timeName(at)}.${reason}.db`);
}

/** A time as files are named by it: Windows allows no colon. */
export function timeName(at: number): SnapshotId {
  return new Date(at).toISOString().replaceAll(/[:.]/g, '-');
}

/** Newest first; what can't be read is left out, and left where it is. */
export async function listSnapshots(file: string): Promise<KeptSnapshot[]> {
  const folder = snapshotsFolder(file);
  const names = await readdir(folder).catch(() => []);
  const found = await Promise.all(
    names
      .sort()
      .reverse()
      .map((name) => readSnapshot(join(folder, name)).catch(() => null)),
  );
  return found.flatMap((snapshot) => snapshot ?? []);
}

/** Notes what a new copy holds. */
export async function noteContent(path: string, content: Content): Promise<void> {
  await noteOf(path).write(content);
}

export async function removeSnapshot(path: string): Promise<void> {
  await removeDatabase(path);
  await rm(noteOf(path).path, { force: true });
}

/** Makes the folder, without what a copy that was broken off has left there. */
export async function tidyFolder(file: string): Promise<void> {
  const folder = snapshotsFolder(file);
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(folder)) {
    if (name.includes('.new')) await rm(join(folder, name), { force: true });
  }
}

/** Until it is on the disk. */
export async function flush(path: string): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function readSnapshot(path: string): Promise<KeptSnapshot | null> {
  const { groups } = namePattern.exec(basename(path)) ?? {};
  const id = SnapshotId.safeParse(groups?.['id']);
  const reason = SnapshotReason.safeParse(groups?.['reason']);
  if (!id.success || !reason.success) return null;
  const { size } = await stat(path);
  const noted = await noteOf(path).read();
  const content = noted.kind === 'read' ? noted.value : await readContent(path);
  return {
    id: id.data,
    at: timeOf(id.data),
    bytes: size,
    reason: reason.data,
    counts: content.counts,
    ...{ path, content },
  };
}

async function readContent(path: string): Promise<Content> {
  const content = await besideTheRest(path, async (connection) => {
    // One that was moved here as it was would get a log of its own as soon as it is read. It stays
    // so while libsql has not let go of it.
    await connection.exec('PRAGMA journal_mode = DELETE').catch(() => undefined);
    return contentOf(connection);
  });
  await noteContent(path, content);
  return content;
}

function noteOf(path: string) {
  return openAtomicFile(path.replace(/\.db$/, '.json'), Content, mostNoteBytes);
}

/** `timeName` the other way. */
function timeOf(id: SnapshotId): number {
  return Date.parse(id.replace(/T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z$/, 'T$1:$2:$3.$4Z'));
}

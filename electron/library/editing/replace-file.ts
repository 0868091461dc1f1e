import { randomBytes } from 'node:crypto';
import { renameSync } from 'node:fs';
import { type FileHandle, open, realpath, rm, stat, statfs } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { flushFolder } from '../../atomic-file.ts';
import { largestPageBytes, readPage, renumberPage } from './ogg-pages.ts';
import { type OldFile, oldFile, type Piece, piecesBack, sizeOf } from './pieces.ts';
import { NotWrittenError } from './tag-edit.ts';

/** A file as it was looked at: one that is no longer so was changed by others. */
export interface SeenFile {
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}

export interface Replacing {
  readonly path: string;
  readonly seen: SeenFile;
  readonly plan: (old: OldFile) => Promise<readonly Piece[]>;
  /** Looks at the finished copy; throws when it is not as it should be. */
  readonly check: (copy: string) => Promise<void>;
  /** Asked at the very last moment, in the same turn as the rename. */
  readonly mayReplace: () => boolean;
  /** Told of the copy before it is made, so that one left by a crash is found, and when it is gone. */
  readonly copyMade: (copy: string) => void;
  readonly copyGone: (copy: string) => void;
  /** Keeps what makes the old file again; in the same turn as the rename, before it. */
  readonly keep: (back: readonly Piece[], written: SeenFile) => void;
  readonly signal: AbortSignal;
}

const chunkBytes = 1024 * 1024;
/** Left free on the disk beside the copy. */
const spareBytes = 8 * 1024 * 1024;

/**
 * Puts an edited copy in a file's place: made beside it, checked, flushed, renamed over it. Whoever
 * opens the path finds the old file or the new one, whole, whenever the power goes. There is no
 * quicker way in place: a tag that is half written is neither.
 * @returns false when `mayReplace` said no; the file is as it was then
 * @throws NotWrittenError, with the file as it was; `signal`'s reason when it was aborted
 */
export async function replaceFile(replacing: Replacing): Promise<boolean> {
  const { signal, copyMade, copyGone } = replacing;
  let copy: string | null = null;
  let source: FileHandle | null = null;
  try {
    // A link stays one: what it leads to is replaced.
    const path = await realpath(replacing.path);
    source = await open(path, 'r');
    const before = await source.stat();
    if (!before.isFile() || !isSeen(before, replacing.seen)) throw new NotWrittenError('changed');
    // Root and the folder's owner could replace it; who took the right to write meant it.
    if ((before.mode & 0o222) === 0) throw new NotWrittenError('read_only');
    const old = oldFile(source, before.size);
    const pieces = await replacing.plan(old);
    const back = await piecesBack(pieces, old);
    await needRoom(dirname(path), sizeOf(pieces));

    copy = join(dirname(path), `${copyPrefix}${randomBytes(6).toString('hex')}${extname(path)}`);
    copyMade(copy);
    await writeCopy(copy, before, source, pieces, signal);
    await replacing.check(copy);
    const written = await stat(copy);
    if (!isSeen(await stat(path), replacing.seen)) throw new NotWrittenError('changed');
    signal.throwIfAborted();
    if (!replacing.mayReplace()) return false;
    replacing.keep(back, seenOf(written));
    // In the same turn: a track that begins to play is told of before its file is asked for.
    renameSync(copy, path);
    await flushFolder(dirname(path));
    return true;
  } catch (error) {
    throw asRefusal(error, signal);
  } finally {
    await source?.close();
    if (copy !== null) {
      await rm(copy, { force: true });
      copyGone(copy);
    }
  }
}

/** Hidden, so that no scan and no listener takes it for music. */
export const copyPrefix = '.refrain-edit-';

export function seenOf({
  size,
  mtimeMs,
}: {
  readonly size: number;
  readonly mtimeMs: number;
}): SeenFile {
  return { size, modified: Math.floor(mtimeMs) };
}

/** What the system says, as a reason. */
export function asRefusal(error: unknown, signal?: AbortSignal): unknown {
  if (error instanceof NotWrittenError || signal?.aborted === true) return error;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return new NotWrittenError('gone', error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new NotWrittenError('read_only', error);
    case 'ENOSPC':
    case 'EDQUOT':
      return new NotWrittenError('no_space', error);
    case 'EFBIG':
      return new NotWrittenError('too_large', error);
    default:
      return new NotWrittenError('failed', error);
  }
}

function isSeen(
  found: { readonly size: number; readonly mtimeMs: number },
  seen: SeenFile,
): boolean {
  const { size, modified } = seenOf(found);
  return size === seen.size && modified === seen.modified;
}

async function needRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < bytes + spareBytes) throw new NotWrittenError('no_space');
}

async function writeCopy(
  copy: string,
  like: {
    readonly mode: number;
    readonly uid: number;
    readonly gid: number;
    readonly mtimeMs: number;
  },
  source: FileHandle,
  pieces: readonly Piece[],
  signal: AbortSignal,
): Promise<void> {
  const target = await open(copy, 'wx', like.mode & 0o777);
  try {
    for (const piece of pieces) {
      signal.throwIfAborted();
      if (piece.kind === 'bytes') await target.writeFile(piece.bytes);
      else if (piece.kind === 'copy') await copyRange(source, target, piece, signal);
      else await copyPages(source, target, piece, signal);
    }
    // The same rights, and where that is ours to give the same owner.
    await target.chmod(like.mode & 0o7777);
    await target.chown(like.uid, like.gid).catch(() => undefined);
    const { mtimeMs } = await target.stat();
    if (Math.floor(mtimeMs) === Math.floor(like.mtimeMs)) {
      // Whoever tells files by their times has to see that this is another.
      await target.utimes(mtimeMs / 1000, mtimeMs / 1000 + 1);
    }
    await target.sync();
  } finally {
    await target.close();
  }
}

async function copyRange(
  source: FileHandle,
  target: FileHandle,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(chunkBytes, Math.max(1, to - from)));
  for (let at = from; at < to;) {
    signal.throwIfAborted();
    const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, to - at), at);
    if (bytesRead === 0) throw new NotWrittenError('changed');
    await target.writeFile(buffer.subarray(0, bytesRead));
    at += bytesRead;
  }
}

/** Ogg pages with new numbers; all of one stream, or the file is left as it is. */
async function copyPages(
  source: FileHandle,
  target: FileHandle,
  { from, to, shift }: { readonly from: number; readonly to: number; readonly shift: number },
  signal: AbortSignal,
): Promise<void> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  let serial: number | null = null;
  for (let at = from; at < to;) {
    signal.throwIfAborted();
    const { bytesRead } = await source.read(buffer, 0, Math.min(buffer.length, to - at), at);
    let done = 0;
    for (let page = readPage(buffer.subarray(0, bytesRead)); page !== null;) {
      if (page.isFirst || (serial ?? page.serial) !== page.serial) {
        throw new NotWrittenError('several_streams');
      }
      serial = page.serial;
      if (shift !== 0) renumberPage(page, shift);
      done += page.bytes.length;
      page = readPage(buffer.subarray(done, bytesRead));
    }
    // A whole page always fits; what is none ends the stream before its time.
    if (done === 0 && bytesRead < Math.min(largestPageBytes, to - at)) {
      throw new NotWrittenError('changed');
    }
    if (done === 0) throw new NotWrittenError('damaged');
    await target.writeFile(buffer.subarray(0, done));
    at += done;
  }
}

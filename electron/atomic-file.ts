import { open, readFile, rename, stat } from 'node:fs/promises';
import { dirname, parse } from 'node:path';
import type { z } from 'zod';

/** What was found where a JSON file of ours should be. */
export type FileContent<Value> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'read'; readonly value: Value };

/** One JSON file of ours. A reader sees the old content or the new, never a part of either. */
export interface AtomicFile<Value> {
  readonly path: string;
  /** Never rejects: a file that can't be read is damaged, whatever the reason. */
  readonly read: () => Promise<FileContent<Value>>;
  /** Resolves when the content is safely on the disk. Writes run in the order they were asked. */
  readonly write: (value: Value) => Promise<void>;
  /**
   * Moves the file out of the way, to `NAME.damaged-TIME.json`, where it is kept.
   * @returns the new path; null when there was no file
   */
  readonly setAside: (now: number) => Promise<string | null>;
  /** Resolves when all that was asked has come to its end. */
  readonly settled: () => Promise<void>;
}

/** @param mostBytes a larger file is taken for damaged and not read */
export function openAtomicFile<Value>(
  path: string,
  schema: z.ZodType<Value>,
  mostBytes: number,
): AtomicFile<Value> {
  let queue: Promise<unknown> = Promise.resolve();

  function inTurn<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = queue.then(task);
    queue = result.catch(() => undefined);
    return result;
  }

  return {
    path,
    read: () => inTurn(() => readChecked(path, schema, mostBytes)),
    write: (value) => inTurn(() => replaceFile(path, `${JSON.stringify(value, null, 2)}\n`)),
    setAside: (now) => inTurn(() => moveAside(path, now)),
    settled: () => inTurn(() => Promise.resolve()),
  };
}

/** Replaces the file whole: written beside it, flushed, then renamed over it. */
async function replaceFile(path: string, content: string): Promise<void> {
  const beside = `${path}.new`;
  const file = await open(beside, 'w', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(beside, path);
  await flushFolder(dirname(path));
}

async function readChecked<Value>(
  path: string,
  schema: z.ZodType<Value>,
  mostBytes: number,
): Promise<FileContent<Value>> {
  try {
    const found = await stat(path).catch(ignoreMissing);
    if (found === null) return { kind: 'missing' };
    if (!found.isFile() || found.size > mostBytes) return { kind: 'damaged' };
    const checked = schema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    return checked.success ? { kind: 'read', value: checked.data } : { kind: 'damaged' };
  } catch {
    return { kind: 'damaged' };
  }
}

async function moveAside(path: string, now: number): Promise<string | null> {
  const { dir, name, ext } = parse(path);
  // Windows allows no colon in a file's name.
  const time = new Date(now).toISOString().replaceAll(/[:.]/g, '-');
  for (let attempt = 1; ; attempt += 1) {
    const suffix = attempt === 1 ? '' : `-${attempt}`;
    const kept = `${dir}/${name}.damaged-${time}${suffix}${ext}`;
    if ((await stat(kept).catch(ignoreMissing)) !== null) continue;
    const moved = await rename(path, kept).then(() => true, ignoreMissing);
    return moved === null ? null : kept;
  }
}

/** A rename lasts through a power cut only once its folder is flushed; Windows can't and needn't. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function ignoreMissing(error: unknown): null {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
  throw error;
}

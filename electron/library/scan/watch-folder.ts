import { stat } from 'node:fs/promises';
import { basename, dirname, relative, sep } from 'node:path';
import type { Event } from '@parcel/watcher';
import { isOurs } from './walk.ts';

/** What is told of a folder that is watched; paths are relative to it, '/' between parts. */
export interface FolderNews {
  /** Files that matter to us came, went or changed, right in this folder. */
  readonly touched: (folder: string) => void;
  /** Folders came or went, or some news were lost: all of it has to be looked through. */
  readonly reshaped: () => void;
  /** Whether tracks of ours are known to lie in this folder or below it. */
  readonly holdsTracks: (folder: string) => boolean;
}

/**
 * Watches a folder and all below it by the system's own means.
 * @returns how to end it; rejects when the system can't watch so many folders
 */
export async function watchFolder(root: string, news: FolderNews): Promise<() => Promise<void>> {
  // Not needed before the first screen.
  const { subscribe } = await import('@parcel/watcher');
  const subscription = await subscribe(root, (error, events) => {
    if (error !== null) news.reshaped();
    else for (const event of events) void hear(root, event, news);
  });
  return async () => {
    // It rejects when the folder is no more, and its watch with it.
    await subscription.unsubscribe().catch(() => undefined);
  };
}

async function hear(root: string, { path, type }: Event, news: FolderNews): Promise<void> {
  const within = relative(root, path).split(sep).join('/');
  const parts = within.split('/');
  if (within === '' || parts[0] === '..') {
    news.reshaped();
    return;
  }
  // Names that the walk passes over, too.
  if (parts.some((part) => part.startsWith('.'))) return;
  if (isOurs(basename(path))) {
    const folder = dirname(within);
    news.touched(folder === '.' ? '' : folder);
    return;
  }
  const isFolder =
    type === 'delete' ? news.holdsTracks(within) : type === 'create' && (await isFolderNow(path));
  if (isFolder) news.reshaped();
}

async function isFolderNow(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

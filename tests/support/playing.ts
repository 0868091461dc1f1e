import type { Page } from '@playwright/test';
import type { SessionView } from '../../shared/session.ts';
import { askMain, expect } from './app.ts';

/** Plays the files in order and waits until the queue has run out. */
export async function playToTheEnd(window: Page, paths: readonly string[]): Promise<void> {
  await askMain(window, 'session.setVolume', { volume: 1 });
  await askMain(window, 'library.addPaths', { paths });
  await expect.poll(() => statusOf(window), { timeout: 10_000 }).toBe('playing');
  await expect.poll(() => statusOf(window), { timeout: 30_000 }).toBe('idle');
}

export async function statusOf(window: Page): Promise<string> {
  return ((await askMain(window, 'session.get')) as SessionView).status;
}

export async function positionOf(window: Page): Promise<number> {
  return ((await askMain(window, 'session.get')) as SessionView).positionSeconds;
}

import type { Page } from '@playwright/test';
import type { SessionView } from '../../shared/session.ts';
import { askMain, expect } from './app.ts';

/** Plays the files in order and waits until the queue has run out. */
export async function playToTheEnd(window: Page, paths: readonly string[]): Promise<void> {
  await beginToPlay(window, paths);
  await untilOver(window);
}

/** Plays the files in order, at full volume. */
export async function beginToPlay(window: Page, paths: readonly string[]): Promise<void> {
  await askMain(window, 'session.setVolume', { volume: 1 });
  await askMain(window, 'library.addPaths', { paths });
  await expect.poll(() => statusOf(window), { timeout: 10_000 }).toBe('playing');
}

export async function untilOver(window: Page): Promise<void> {
  await expect.poll(() => statusOf(window), { timeout: 30_000 }).toBe('idle');
}

export async function sessionOf(window: Page): Promise<SessionView> {
  return (await askMain(window, 'session.get')) as SessionView;
}

export async function statusOf(window: Page): Promise<string> {
  return (await sessionOf(window)).status;
}

export async function positionOf(window: Page): Promise<number> {
  return (await sessionOf(window)).positionSeconds;
}

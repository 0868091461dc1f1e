import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { ElectronApplication, Page } from '@playwright/test';
import { askMain, goTo } from '../../support/app.ts';
import { figure, note, partOf, type Row, rounded } from './figures.ts';
import { noWindowReason, openApp } from './opened-app.ts';

const sorts = ['title', 'artist', 'album', 'seconds', 'added', 'plays', 'year'] as const;
/** Typed letter by letter, as a listener does. */
const texts =
  'golden hour|amber|the b|fêver|noël|ночь|звезда|月光|さくら|봄날|sonata no. 3|live|zzz|å'.split(
    '|',
  );
const searches = 400;
const idleMilliseconds = 3000;

/** The real app, from the folder that was chosen to the last of its songs on the screen. */
export async function inTheWindow(app: string, music: string, scratch: string): Promise<Row[]> {
  const reason = noWindowReason();
  if (reason !== null) return [note('the window', reason)];
  const profile = join(scratch, 'window');
  const opened = await openApp(app, profile);
  const rows: Row[] = [];
  try {
    const { window } = opened;
    await goTo(window, 'Songs');
    await watchMain(opened.app);
    await watchWindow(window);
    await wait(idleMilliseconds);
    const idle = { main: await longestOfMain(opened.app), seen: await seenByWindow(window) };
    const first = await firstRow(window, music);
    await opened.scanned();
    const main = await longestOfMain(opened.app);
    const seen = await seenByWindow(window);
    rows.push(
      figure('first tracks on the screen after the folder was chosen', first, 'ms', {
        atMost: 1000,
      }),
      figure('longest block of the main process while scanning', main, 'ms', { atMost: 20 }),
      figure('longest block of the window while scanning', seen.longest, 'ms', { atMost: 50 }),
      note(
        'the same in three idle seconds before, main and window',
        `${rounded(idle.main)} ms, ${rounded(idle.seen.longest)} ms`,
      ),
      note('longest answer of the library while scanning', `${rounded(seen.answer)} ms`),
    );
    const scrolled = await scroll(window);
    rows.push(
      figure('frames of a scroll through Songs, 95 of 100 within', partOf(scrolled, 0.95), 'ms', {
        atMost: 18.5,
      }),
      note('its longest frame', `${rounded(partOf(scrolled, 1))} ms of ${scrolled.length} frames`),
    );
  } finally {
    await opened.close();
  }
  return [...rows, ...(await askedByTheWindow(app, profile))];
}

/** In an app that was just started: nothing is remembered yet. */
async function askedByTheWindow(app: string, profile: string): Promise<Row[]> {
  const opened = await openApp(app, profile);
  try {
    const { window } = opened;
    await opened.scanned();
    const opens = await openSongs(window);
    const typed = await typeSearches(window);
    return [
      figure('search as you type, first 50, 99 of 100 within', partOf(typed, 0.99), 'ms', {
        atMost: 10,
      }),
      note('half of them within', `${rounded(partOf(typed, 0.5))} ms of ${typed.length}`),
      figure('open Songs in a new order, the slowest', Math.max(...opens.cold), 'ms', {
        atMost: 1000,
      }),
      figure('open Songs in a known order, the slowest', Math.max(...opens.known), 'ms', {
        atMost: 100,
      }),
    ];
  } finally {
    await opened.close();
  }
}

async function watchMain(app: ElectronApplication): Promise<void> {
  await app.evaluate(() => {
    const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    Object.assign(globalThis, { benchDelay: delay });
  });
  // Asking is work for main, too; what follows is not.
  await longestOfMain(app);
}

/** Since the last question, in milliseconds. */
function longestOfMain(app: ElectronApplication): Promise<number> {
  return app.evaluate(() => {
    const { benchDelay } = globalThis as unknown as {
      readonly benchDelay: { readonly max: number; readonly reset: () => void };
    };
    const longest = benchDelay.max / 1e6;
    benchDelay.reset();
    return longest;
  });
}

/** How long its loop stands still, and how long it waits for the library. */
async function watchWindow(window: Page): Promise<void> {
  await window.evaluate(() => {
    const seen = { longest: 0, answer: 0 };
    Object.assign(globalThis, { benchSeen: seen });
    const channel = new MessageChannel();
    let turned = performance.now();
    // A message comes as soon as the loop is free; the next is sent a little later.
    channel.port1.onmessage = () => {
      seen.longest = Math.max(seen.longest, performance.now() - turned);
      setTimeout(() => {
        turned = performance.now();
        channel.port2.postMessage(null);
      }, 1);
    };
    channel.port2.postMessage(null);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.longest = Math.max(seen.longest, duration);
    }).observe({ type: 'longtask' });
    const ping = async (): Promise<void> => {
      const asked = performance.now();
      await globalThis.window.refrain.ask('library.sources', undefined);
      seen.answer = Math.max(seen.answer, performance.now() - asked);
      setTimeout(() => void ping(), 20);
    };
    void ping();
  });
}

interface Seen {
  longest: number;
  answer: number;
}

/** Since the last question, in milliseconds. */
function seenByWindow(window: Page): Promise<Readonly<Seen>> {
  return window.evaluate(() => {
    const { benchSeen } = globalThis as unknown as { readonly benchSeen: Seen };
    const before = { ...benchSeen };
    Object.assign(benchSeen, { longest: 0, answer: 0 });
    return before;
  });
}

/** Milliseconds from the choice of a folder to a row of Songs with a title in it. */
function firstRow(window: Page, music: string): Promise<number> {
  return window.evaluate(async (path) => {
    const chosen = performance.now();
    const reply = await globalThis.window.refrain.ask('library.addPaths', { paths: [path] });
    if (!reply.ok) throw new Error(reply.message);
    return new Promise<number>((resolve) => {
      const look = (): void => {
        const shown = document.querySelector('[role="grid"][aria-label="Songs"] .track-cell-title');
        if (shown !== null && shown.textContent !== '') resolve(performance.now() - chosen);
        else requestAnimationFrame(look);
      };
      look();
    });
  }, music);
}

/** Milliseconds between frames while the wheel turns, fast. */
function scroll(window: Page): Promise<number[]> {
  return window.evaluate(async () => {
    const grid = document.querySelector('[role="grid"][aria-label="Songs"]');
    if (grid === null) throw new Error('Songs are shown');
    const frames: number[] = [];
    let last = await new Promise<number>(requestAnimationFrame);
    while (frames.length < 300) {
      grid.scrollTop += 170;
      const now = await new Promise<number>(requestAnimationFrame);
      frames.push(now - last);
      last = now;
    }
    return frames;
  });
}

/** Milliseconds from the question to the first hundred rows, for every order. */
async function openSongs(window: Page): Promise<{ cold: number[]; known: number[] }> {
  return window.evaluate(async (orders) => {
    const ask = async (name: string, input: unknown): Promise<unknown> => {
      const reply = await globalThis.window.refrain.ask(name, input);
      if (!reply.ok) throw new Error(reply.message);
      return reply.value;
    };
    const open = async (by: string): Promise<number> => {
      const asked = performance.now();
      const sort = { by, descending: false };
      const ids = (await ask('library.trackIds', { from: 'all', sort })) as Uint32Array;
      await ask('library.tracks', { ids: [...ids.subarray(0, 100)] });
      return performance.now() - asked;
    };
    const [cold, known]: [number[], number[]] = [[], []];
    for (const by of orders) cold.push(await open(by));
    for (const by of orders) known.push(await open(by));
    return { cold, known };
  }, sorts);
}

async function typeSearches(window: Page): Promise<number[]> {
  const typed = texts.flatMap((text) =>
    Array.from(text, (_, end) =>
      Array.from(text)
        .slice(0, end + 1)
        .join(''),
    ),
  );
  // Spaces at its end make a text new, so that no answer is remembered.
  const asked = Array.from({ length: searches }, (_, at) => {
    const round = Math.floor(at / typed.length);
    return `${typed[at % typed.length] ?? ''}${' '.repeat(round)}`;
  });
  await askMain(window, 'library.search', { text: 'first', limit: 50, whole: false });
  return window.evaluate(async (all) => {
    const times: number[] = [];
    for (const text of all) {
      const began = performance.now();
      await globalThis.window.refrain.ask('library.search', { text, limit: 50, whole: false });
      times.push(performance.now() - began);
    }
    return times;
  }, asked);
}

/**
 * Songs over a library of made-up rows in the real app: when the first rows stand in the window, and
 * how evenly frames come while the list is wheeled, dragged by its bar and jumped about.
 *
 *   npm run build && npx tsx tests/bench/scroll.ts [ROWS] [FOLDER]
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Page, _electron as electron } from '@playwright/test';
// Declares what preload puts on the page.
import type {} from '../../renderer/main-process.ts';
import { makeRows } from '../support/made-rows.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const kept = process.argv[3];
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'refrain-scroll-')));
const runSeconds = 5;

if (!existsSync(join(folder, 'library.db'))) makeRows(folder, count, Date.now());
const app = await electron.launch({
  args: [process.env['REFRAIN_APP'] ?? '.', `--user-data-dir=${folder}`],
  chromiumSandbox: process.getuid?.() !== 0,
});
try {
  const window = await app.firstWindow();
  await window.getByRole('navigation', { name: 'Main' }).waitFor();
  // Until the database is open, which is looked through first when it was not closed well.
  await window.evaluate(() => globalThis.window.refrain.ask('library.home', undefined));
  console.log(`Songs, in an order not known yet: first rows after ${await openSongs(window)} ms`);
  await window.getByRole('link', { name: 'Home', exact: true }).click();
  console.log(`Songs again: first rows after ${await openSongs(window)} ms`);
  for (const column of ['Artist', 'Time']) {
    const header = window.getByRole('columnheader', { name: column }).getByRole('button');
    const first = window.locator('.track-row').first();
    const before = await first.textContent();
    const began = Date.now();
    await header.click();
    while ((await first.textContent()) === before && Date.now() - began < 20_000);
    console.log(`sorted by ${column}: first rows after ${Date.now() - began} ms`);
  }

  const box = await window.locator('.screen').boundingBox();
  if (box === null) throw new Error('The list is on the screen');
  await window.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const ways: Readonly<Record<string, () => Promise<void>>> = {
    wheel: () => window.mouse.wheel(0, 400),
    'drag of the bar': () => moveBar(window, 0.002),
    jumps: () => moveBar(window, Math.random() - 0.5),
  };
  for (const [name, step] of Object.entries(ways)) {
    const frames = window.evaluate(measureFrames, runSeconds * 1000);
    const end = Date.now() + runSeconds * 1000;
    while (Date.now() < end) {
      await step();
      await new Promise((resolve) => setTimeout(resolve, name === 'jumps' ? 250 : 16));
    }
    const times = (await frames).sort((one, other) => one - other);
    const at = (share: number) => times[Math.floor(times.length * share)]?.toFixed(1) ?? '';
    const late = times.filter((time) => time > 34).length;
    console.log(
      `${name}: frames p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, p99 ${at(0.99)} ms, ${late} of ${times.length} over two frames`,
    );
  }
} finally {
  await app.close();
  if (kept === undefined) await rm(folder, { recursive: true, force: true });
}

/** Milliseconds from the click to a row with a title. */
async function openSongs(window: Page): Promise<number> {
  const began = Date.now();
  await window.getByRole('link', { name: 'Songs', exact: true }).click();
  await window.locator('.track-row [role=gridcell]').first().waitFor({ timeout: 60_000 });
  return Date.now() - began;
}

/** Moves the list by a share of its whole length, round the ends. */
function moveBar(window: Page, share: number): Promise<void> {
  return window.evaluate((by) => {
    const screen = document.querySelector('.screen');
    if (screen === null) return;
    const most = screen.scrollHeight - screen.clientHeight;
    screen.scrollTop = ((((screen.scrollTop / most + by) % 1) + 1) % 1) * most;
  }, share);
}

/** How long each frame took, for so many milliseconds. Runs in the page. */
async function measureFrames(milliseconds: number): Promise<number[]> {
  const times: number[] = [];
  const began = performance.now();
  for (let last = began; last - began < milliseconds;) {
    const now = await new Promise<number>(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return times.slice(2);
}

/**
 * Search, sorted lists and the screens' own questions over a library of made-up rows, asked as the
 * window's requests reach the library's process. The rows are kept for another run when a folder
 * is named.
 *
 *   npx tsx tests/bench/lists.ts [ROWS] [FOLDER]
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { createLibraryProcess } from '../../electron/library-process.ts';
import { makeRows, seeded } from '../support/made-rows.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const kept = process.argv[3];
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'refrain-lists-')));
const now = Date.UTC(2026, 10, 22);
/** Milliseconds, as the library's specification has them. */
const searchBar = 10;
const coldBar = 1000;
const cachedBar = 100;
const typedNames = 150;
const mostTyped = 24;

/** Each class is typed letter by letter where it is words, and asked whole where it is limits. */
const searches: Readonly<Record<string, readonly string[]>> = {
  'one letter': Array.from('abcdefghijklmnopqrstuvwxyz'),
  'a word, letter by letter': ['love', 'night', 'remix', 'kalomi', 'winter'].flatMap(typed),
  'two common words': ['love you', 'the night', 'my baby', 'blue moon', 'in the city'].flatMap(
    typed,
  ),
  'other scripts': ['кино', '椎名林檎', '椎名', 'スピ', '사랑', 'björk', 'bjork', 'ночь'],
  'a field': ['artist:love', 'album:night', 'title:dream', 'artist:the', 'genre:jazz', 'title:l'],
  'limits alone': [
    'year:1990..1999',
    'year:1952',
    'is:liked',
    'is:lossless',
    'added:<30d',
    'rating:>=4',
    'plays:>2',
    'format:flac',
    'is:unplayed',
    'genre:reggae',
  ],
  'words and limits': [
    'love year:1990..1999',
    'the is:liked',
    'night genre:jazz',
    'blue format:flac',
    'my plays:>1',
    'a is:lossless',
    'love added:<1y',
    'fire rating:>=4',
  ],
  'minus and quotes': ['love -live', '"love you"', 'night -genre:jazz', '-love', 'the -is:liked'],
  'a typo': ['nihgt', 'dreem', 'winterr', 'rivre', 'remxi'],
  nothing: ['zzzz', 'qqqqqq wwwww', 'love xyzzyq'],
  'words with a rare limit': ['love year:1952', 'the rating:5 year:1960', 'a plays:>50'],
};

if (!existsSync(join(folder, 'library.db'))) {
  const began = performance.now();
  makeRows(folder, count, now);
  console.log(`${count} rows made in ${((performance.now() - began) / 1000).toFixed(0)} s`);
}
const parts = createLibraryProcess({
  profile: folder,
  emit: () => undefined,
  fault: (message, cause) => console.error(message, cause),
  now: () => now,
});
const { library } = parts;

try {
  const cold = await timed(() => library.search({ text: 'cold', limit: 50 }));
  console.log(`first search of all: ${cold.toFixed(0)} ms`);
  await tellTyping();
  for (const [kind, texts] of Object.entries(searches)) await tellSearches(kind, texts);
  for (const by of ['title', 'artist', 'album', 'seconds', 'added', 'plays', 'year'] as const) {
    for (const descending of [false, true]) {
      const list = { from: 'all', sort: { by, descending } } as const;
      await tellList(`Songs by ${by}${descending ? ', descending' : ''}`, () =>
        library.loadTrackIds(list),
      );
    }
  }
  for (const sort of ['title', 'artist', 'year', 'added'] as const) {
    await tellList(`Albums by ${sort}`, () => library.loadAlbumIds({ from: 'all', sort }));
  }
  await tellList('Artists', () => library.artistIds());
  await tellList('Genres', () => library.loadGenres());
  await tellList('Home', () => library.loadHome());
  console.log(`memory: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
} finally {
  await parts.database.close();
  if (kept === undefined) await rm(folder, { recursive: true, force: true });
}

/** Names of the library, each typed letter by letter; none was asked for before. */
async function tellTyping(): Promise<void> {
  const random = seeded(7);
  const ids = Array.from({ length: typedNames }, () => 1 + Math.floor(random() * count));
  const texts = library.tracks(ids).flatMap(({ title, artist, album }, place) => {
    const names = [title, artist, album, `${artist} ${title}`];
    return typed((names[place % names.length] ?? '').slice(0, mostTyped));
  });
  const times: { readonly text: string; readonly milliseconds: number }[] = [];
  for (const text of texts) {
    times.push({
      text,
      milliseconds: await timed(() => library.loadSearch({ text, limit: 50, whole: false })),
    });
  }
  tellTimes(
    `search as you type (bar: p99 ${searchBar} ms)`,
    times.map(({ milliseconds }) => milliseconds),
  );
  times.sort((one, other) => other.milliseconds - one.milliseconds);
  const slowest = times.slice(0, 3);
  const told = slowest.map(({ text, milliseconds }) => `${text} ${milliseconds.toFixed(1)} ms`);
  console.log(`  slowest: ${told.join(', ')}`);
}

async function tellSearches(kind: string, texts: readonly string[]): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < Math.max(3, Math.ceil(60 / texts.length)); round += 1) {
    for (const text of texts) {
      // Spaces at its end make each text new, so that no answer is remembered.
      const asked = { text: text + ' '.repeat(round + 1), limit: 50, whole: false };
      times.push(await timed(() => library.loadSearch(asked)));
    }
  }
  tellTimes(`search, ${kind}`, times);
}

function tellTimes(name: string, times: readonly number[]): void {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? NaN;
  console.log(
    `${name}: p50 ${at(0.5).toFixed(1)} ms, p99 ${at(0.99).toFixed(1)} ms, of ${sorted.length}: ${judged(at(0.99), searchBar)}`,
  );
}

function judged(milliseconds: number, bar: number): string {
  return milliseconds <= bar ? 'met' : `missed, ${(milliseconds / bar).toFixed(1)} times the bar`;
}

/** How long the list took, how long other questions had to wait meanwhile, and how long it takes again. */
async function tellList(name: string, ask: () => unknown): Promise<void> {
  let longest = 0;
  let last = performance.now();
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last - 1);
    last = performance.now();
  }, 1);
  const first = await timed(ask);
  await new Promise((resolve) => setTimeout(resolve, 5));
  clearInterval(watch);
  const again = await timed(ask);
  console.log(
    `${name}: ${first.toFixed(0)} ms (${judged(first, coldBar)}), others waited ${longest.toFixed(0)} ms; again ${again.toFixed(2)} ms (${judged(again, cachedBar)})`,
  );
}

async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function typed(text: string): string[] {
  return Array.from(text, (_, at) => text.slice(0, at + 1));
}

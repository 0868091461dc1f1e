/**
 * What the library's process does with many files, in plain Node: how fast it scans, how long it
 * keeps its event loop meanwhile (every query waits so long), and how soon it answers.
 *
 *   npx tsx tests/bench/library.ts [FILES]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { createLibraryProcess } from '../../electron/library-process.ts';
import { makeMusic } from '../support/made-music.ts';

const files = Number(process.argv[2] ?? 5000);
const folder = await mkdtemp(join(tmpdir(), 'refrain-bench-'));
const music = join(folder, 'music');
const parts = createLibraryProcess({
  profile: join(folder, 'profile'),
  emit: () => undefined,
  fault: (message, cause) => console.error(message, cause),
  now: () => Date.now(),
});

try {
  const made = await timed(() => makeMusic(music, files));
  console.log(`${files} files made in ${seconds(made)}`);
  const { library, playlists } = parts;

  const first = await timed(async () => {
    await library.addFolder(music, { sample: false });
    await library.scanEnded();
  });
  const { added = 0, skipped = 0 } = library.scan() ?? {};
  tell('first scan', first, `${rate(files, first)}, ${added} added, ${skipped} skipped`);
  const again = await timed(async () => {
    library.rescan();
    await library.scanEnded();
  });
  tell('rescan, unchanged', again, rate(files, again));

  for (const by of ['title', 'artist', 'added', 'plays'] as const) {
    const sort = { by, descending: false };
    const opened = await timed(() => library.trackIds({ from: 'all', sort }));
    const rows = await timed(() =>
      library.tracks([...library.trackIds({ from: 'all', sort }).subarray(0, 100)]),
    );
    tell(`Songs by ${by}`, opened, `then ${milliseconds(rows)} for 100 rows`);
  }
  tell('Home', await timed(() => library.home()));
  tellSearches();

  const all = [...library.trackIds({ from: 'all' })].slice(0, 100_000);
  const tracks = { from: 'tracks', ids: all } as const;
  const list = playlists.create('All', null).id;
  tell(`${all.length} tracks into a playlist`, await timed(() => playlists.add(list, tracks)));
  const { itemIds } = playlists.items(list);
  const [last = 0] = itemIds.subarray(-1);
  const [top = null] = itemIds;
  tell('one of them moved', await timed(() => playlists.moveItems(list, [last], top)));
  tell('all of them liked', await timed(() => library.setLiked(all, true)));
  playlists.remove(list);
  library.setLiked(all, false);
  const [source] = library.sources();
  if (source === undefined) throw new Error('The music is a source');
  tell('the folder taken out', await timed(() => library.removeSource(source.id)));
  console.log(`memory after all of it: ${Math.round(process.memoryUsage().rss / 1e6)} MB`);
} finally {
  await parts.database.close();
  await rm(folder, { recursive: true, force: true });
}

/** Each keystroke of some names, as a listener types them. */
function tellSearches(): void {
  const texts = ['amber coral', 'dusk 4', 'kite lantern 77', 'juniper', 'no 12', 'ä', 'zzz'];
  const typed = texts.flatMap((text) =>
    Array.from({ length: text.length }, (_, end) => text.slice(0, end + 1)),
  );
  const times = Array.from({ length: 20 }, () => typed)
    .flat()
    .map((text, at) => {
      // A space at its end makes each text new, so that no answer is remembered.
      const began = performance.now();
      parts.library.search({ text: `${text}${' '.repeat(at % 100)}`, limit: 50 });
      return performance.now() - began;
    })
    .sort((one, other) => one - other);
  const at = (part: number): string =>
    milliseconds({ all: times[Math.floor(times.length * part)] ?? 0 });
  console.log(`search as you type: p50 ${at(0.5)}, p99 ${at(0.99)}, of ${times.length}`);
}

interface Timing {
  readonly all: number;
  /** The longest that the event loop stood still, in milliseconds. */
  readonly block: number;
}

async function timed(work: () => unknown): Promise<Timing> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  // The first turn only sets the clock that the others are measured by.
  await new Promise((resolve) => setTimeout(resolve, 5));
  const began = performance.now();
  await work();
  const all = performance.now() - began;
  await new Promise((resolve) => setTimeout(resolve, 5));
  delay.disable();
  return { all, block: delay.max / 1e6 };
}

function tell(what: string, timing: Timing, more = ''): void {
  const block = `longest block ${timing.block.toFixed(1)} ms`;
  console.log([`${what}: ${milliseconds(timing)}`, block, more].filter(Boolean).join(', '));
}

function rate(count: number, { all }: Timing): string {
  return `${Math.round((count * 1000) / all)} tracks/s`;
}

function milliseconds({ all }: Pick<Timing, 'all'>): string {
  return `${all.toFixed(all < 10 ? 2 : 0)} ms`;
}

function seconds({ all }: Timing): string {
  return `${(all / 1000).toFixed(1)} s`;
}

/**
 * The library held against mpd, against the limits of the disk and against its bars, on files made
 * for it. Prints one table for each size.
 *
 *   npm run build && xvfb-run -a npx tsx tests/bench/library.ts [10k|100k|1M …] [options]
 *
 *   --parts=NAMES   of warm, cold, rescan, window, lists, memory; the first five unless said
 *   --runs=N        of each scan, 3 unless said
 *   --minutes=N     that the memory is watched, 10 unless said
 *   --keep=FOLDER   where made files are kept for the next time; unless said they are thrown away
 *   --app=FOLDER    another build of the app
 *
 * Several sizes in one run also print how the cost grows. A million tracks in the database alone,
 * without files: tests/bench/lists.ts.
 */
import { existsSync, rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { makeLibrary } from '../support/made-library/make-library.ts';
import { type Row, tableOf } from './library/figures.ts';
import { largeLists } from './library/lists.ts';
import { memoryWhilePlaying } from './library/memory.ts';
import { openMpd } from './library/mpd.ts';
import { coldScans, rescans, type ScanBench, warmScans } from './library/scans.ts';
import { inTheWindow } from './library/window.ts';

const sizes: Readonly<Record<string, number>> = { '10k': 10_000, '100k': 100_000, '1M': 1_000_000 };
/** From here on real pictures would fill the disk. */
const tinyPicturesFrom = 500_000;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    parts: { type: 'string', default: 'warm,cold,rescan,window,lists' },
    runs: { type: 'string', default: '3' },
    minutes: { type: 'string', default: '10' },
    keep: { type: 'string' },
    app: { type: 'string', default: fileURLToPath(new URL('../..', import.meta.url)) },
  },
});
const app = values.app;
const partsAsked = values.parts.split(',');

const scratch = await mkdtemp(join(tmpdir(), 'refrain-bench-'));
process.once('SIGINT', () => {
  rmSync(scratch, { recursive: true, force: true });
  process.exit(130);
});
const kept: { readonly size: string; readonly rows: readonly Row[] }[] = [];
try {
  for (const size of positionals.length === 0 ? ['10k'] : positionals) {
    const files = sizes[size] ?? Number(size);
    if (!Number.isInteger(files) || files < 100) throw new Error(`${size} is no number of files`);
    const rows = await measure(files);
    kept.push({ size, rows });
    console.log(`\n${tableOf(rows)}\n`);
  }
  if (kept.length > 1) console.log(growthOf());
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function measure(files: number): Promise<Row[]> {
  const music = await madeMusic(files);
  const mpd = await openMpd(music, scratch);
  const bench: ScanBench = { app, music, files, scratch, mpd, runs: Number(values.runs) };
  const rows: Row[] = [];
  try {
    for (const part of partsAsked) {
      console.error(`${files} files: ${part} …`);
      const found = await measurePart(part, bench);
      // A long run that is broken off has said what it knew.
      console.error(tableOf(found));
      rows.push(...found);
    }
    return rows;
  } finally {
    await mpd?.close();
    for (const name of ['mpd', 'scanned', 'window', 'lists', 'empty']) {
      await rm(join(scratch, name), { recursive: true, force: true });
    }
    if (values.keep === undefined) await rm(music, { recursive: true, force: true });
  }
}

function measurePart(part: string, bench: ScanBench): Promise<Row[]> {
  const { music } = bench;
  switch (part) {
    case 'warm':
      return warmScans(bench);
    case 'cold':
      return coldScans(bench);
    case 'rescan':
      return rescans(bench);
    case 'window':
      return inTheWindow(app, music, scratch);
    case 'lists':
      return largeLists(music, scratch);
    case 'memory':
      return memoryWhilePlaying(app, music, scratch, Number(values.minutes));
    default:
      throw new Error(`There is no part "${part}"`);
  }
}

async function madeMusic(files: number): Promise<string> {
  const folder = join(values.keep ?? scratch, `music-${files}`);
  const whole = `${folder}.made`;
  if (existsSync(whole)) return folder;
  console.error(`${files} files: making them …`);
  await mkdir(folder, { recursive: true });
  await makeLibrary(folder, { files, tinyPictures: files >= tinyPicturesFrom });
  await writeFile(whole, '');
  return folder;
}

/** The same lines of all sizes, side by side. */
function growthOf(): string {
  const names = new Set(kept.flatMap(({ rows }) => rows.map(nameOf)));
  const lines = Array.from(names, (name) => {
    const figures = kept.map(({ rows }) => rows.find((row) => nameOf(row) === name)?.refrain ?? '');
    return `| ${[name, ...figures].join(' | ')} |`;
  });
  const head = `| | ${kept.map(({ size }) => size).join(' | ')} |`;
  return [head, `|${' --- |'.repeat(kept.length + 1)}`, ...lines].join('\n');
}

function nameOf({ what }: Row): string {
  return what.replace(/, [\d,]+ files$/, '');
}

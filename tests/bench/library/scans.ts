import { execFile, execFileSync } from 'node:child_process';
import { closeSync, openSync, readSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { rm, truncate, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { comparison, median, note, partOf, type Row, rounded } from './figures.ts';
import { type Mpd, mpdMissing } from './mpd.ts';

export interface ScanBench {
  /** The app's folder, with what was built in `out/`. */
  readonly app: string;
  readonly music: string;
  readonly files: number;
  /** A folder of its own. */
  readonly scratch: string;
  readonly mpd: Mpd | null;
  readonly runs: number;
}

interface OwnScan {
  readonly milliseconds: number;
  /** What the process took besides: Node, its modules, opening and closing the library. */
  readonly besides: number;
  readonly tracks: number;
  readonly rssBytes: number;
}

const headBytes = 64 * 1024;
const run = promisify(execFile);

/** First scans into an empty library, in turn with mpd's, of files that the system has at hand. */
export async function warmScans(bench: ScanBench): Promise<Row[]> {
  // The first of each only brings the files into the system's memory.
  await firstScan(bench);
  await bench.mpd?.scan();
  const { ours, theirs } = await inTurn(bench, () => Promise.resolve());
  const paths = pathsBelow(bench.music);
  const [stats, heads] = [timed(() => statAll(paths)), timed(() => readHeads(paths))];
  return [
    rates('first scan, warm', bench, ours, theirs, 6),
    note('its process besides, and its memory', besides(ours)),
    note(
      'limits: stat, first 64 KiB, in Node',
      [stats, heads].map((took) => `${rounded((paths.length * 1000) / took)}/s`).join(', '),
    ),
  ];
}

/** The same with the system's memory of files emptied before each. Needs root and Linux. */
export async function coldScans(bench: ScanBench): Promise<Row[]> {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) {
    return [note('first scan, cold', 'not measured: only root may empty the file cache')];
  }
  const { ours, theirs } = await inTurn(bench, () => {
    execFileSync('sync');
    writeFileSync('/proc/sys/vm/drop_caches', '3');
    return Promise.resolve();
  });
  return [rates('first scan, cold', bench, ours, theirs, 2.5)];
}

/** Of what was scanned before: nothing changed, then one file of each hundred. */
export async function rescans(bench: ScanBench): Promise<Row[]> {
  const paths = pathsBelow(bench.music).filter((path) => !/\.jpg$/i.test(path));
  await firstScan(bench);
  await bench.mpd?.scan();
  const unchanged = await rescansInTurn(bench, () => Promise.resolve());
  const changed = await rescansInTurn(bench, (turn) =>
    touch(paths.filter((_, at) => at % 100 === turn)),
  );
  return [
    times('rescan, unchanged', bench, unchanged, 1.5),
    times('rescan, 1 % changed', bench, changed, 0.5),
  ];
}

async function inTurn(bench: ScanBench, before: () => Promise<void>) {
  const ours: OwnScan[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < bench.runs; turn += 1) {
    await before();
    ours.push(await firstScan(bench));
    await before();
    if (bench.mpd !== null) theirs.push(await bench.mpd.scan());
  }
  return { ours, theirs };
}

async function rescansInTurn(bench: ScanBench, before: (turn: number) => Promise<void>) {
  const ours: number[] = [];
  const theirs: number[] = [];
  for (let turn = 0; turn < bench.runs; turn += 1) {
    await before(turn);
    ours.push((await ownScan(bench)).milliseconds);
    if (bench.mpd !== null) theirs.push(await bench.mpd.rescan());
  }
  return { ours, theirs };
}

async function firstScan(bench: ScanBench): Promise<OwnScan> {
  await rm(join(bench.scratch, 'scanned'), { recursive: true, force: true });
  return ownScan(bench);
}

/** The app's own scan in a process of its own, as `refrain scan` runs it. */
async function ownScan({ app, music, scratch, files }: ScanBench): Promise<OwnScan> {
  const command = join(app, 'out/main/command-line.js');
  const began = performance.now();
  const given = ['scan', music, '--profile', join(scratch, 'scanned'), '--json'];
  const { stdout } = await run(process.execPath, [command, ...given]);
  const all = performance.now() - began;
  const said = JSON.parse(stdout) as { seconds: number; tracks: number; rssBytes: number };
  if (said.tracks !== files) throw new Error(`Of ${files} files ${said.tracks} became tracks`);
  const milliseconds = said.seconds * 1000;
  return { ...said, milliseconds, besides: all - milliseconds };
}

function rates(
  what: string,
  { files, mpd }: ScanBench,
  ours: readonly OwnScan[],
  theirs: readonly number[],
  atLeast: number,
): Row {
  const perSecond = (milliseconds: number): number => (files * 1000) / milliseconds;
  return comparison(
    `${what}, ${files.toLocaleString('en')} files`,
    ours.map(({ milliseconds }) => perSecond(milliseconds)),
    theirs.map(perSecond),
    { unit: 'tracks/s', other: mpd === null ? mpdMissing : 'mpd', bar: { atLeast } },
  );
}

function times(
  what: string,
  { files, mpd }: ScanBench,
  { ours, theirs }: { readonly ours: readonly number[]; readonly theirs: readonly number[] },
  atMost: number,
): Row {
  const words = { unit: 'ms', other: mpd === null ? mpdMissing : 'mpd', bar: { atMost } };
  return comparison(`${what}, ${files.toLocaleString('en')} files`, ours, theirs, words);
}

function besides(ours: readonly OwnScan[]): string {
  const milliseconds = median(ours.map((one) => one.besides));
  const megabytes = partOf(
    ours.map(({ rssBytes }) => rssBytes / 1e6),
    1,
  );
  return `${rounded(milliseconds)} ms, ${rounded(megabytes)} MB`;
}

/** One byte more at the end, where no reader looks, and a new time. */
async function touch(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await truncate(path, statSync(path).size + 1);
    await utimes(path, new Date(), new Date());
  }
}

function pathsBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function statAll(paths: readonly string[]): void {
  for (const path of paths) statSync(path);
}

function readHeads(paths: readonly string[]): void {
  const into = Buffer.alloc(headBytes);
  for (const path of paths) {
    const file = openSync(path, 'r');
    readSync(file, into, 0, headBytes, 0);
    closeSync(file);
  }
}

function timed(work: () => void): number {
  const began = performance.now();
  work();
  return performance.now() - began;
}

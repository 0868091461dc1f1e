import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { query } from '../database.ts';
import { lockProfile } from './profile-lock.ts';
import { type SideConnection, besideTheRest } from './side-connection.ts';
import { listSnapshots } from './snapshot-files.ts';

/** What was found in a library that was looked through. */
export interface CheckReport {
  /** Nothing is wrong with the database; what is unused or away is no fault. */
  readonly whole: boolean;
  /** In SQLite's words, at most a hundred; empty when there is nothing to say. */
  readonly damage: readonly string[];
  /** Rows that name a row which is not there. */
  readonly brokenReferences: number;
  /** Names that no search finds, and entries of the search that lead nowhere. */
  readonly searchMissing: number;
  readonly searchAstray: number;
  /** Albums and artists that no track names. They go with the next scan. */
  readonly unused: number;
  readonly tracks: number;
  /** Of tracks that count as here; a file may be gone since the last scan. */
  readonly filesHere: number;
  readonly filesMissing: number;
  readonly snapshots: number;
  readonly bytes: number;
}

type FileRow = Record<'root' | 'folder' | 'name', string> & { readonly id: number };

const rowsPerPage = 5000;

/**
 * Looks a library through that nobody has open, and changes nothing in it. However damaged it is,
 * the report says what could be told.
 * @throws RefrainError `unavailable`, detail `in_use`
 */
export async function checkLibrary(file: string): Promise<CheckReport> {
  const unlock = lockProfile(file);
  try {
    return await lookThrough(file);
  } finally {
    unlock();
  }
}

/** The same for a library that may be open in this process. */
export async function lookThrough(file: string): Promise<CheckReport> {
  const damage = await besideTheRest(file, findDamage).catch((error: unknown) => [String(error)]);
  const counted = damage.length === 0 ? await besideTheRest(file, countRows) : nothingCounted;
  const { brokenReferences, searchMissing, searchAstray } = counted;
  return {
    whole: damage.length + brokenReferences + searchMissing + searchAstray === 0,
    damage,
    ...counted,
    snapshots: (await listSnapshots(file)).length,
    bytes: statSync(file).size,
  };
}

type Counted = Omit<CheckReport, 'whole' | 'damage' | 'snapshots' | 'bytes'>;

const nothingCounted: Counted = {
  brokenReferences: 0,
  searchMissing: 0,
  searchAstray: 0,
  unused: 0,
  tracks: 0,
  filesHere: 0,
  filesMissing: 0,
};

/** The whole file page by page, then each search index against itself. */
async function findDamage(connection: SideConnection): Promise<string[]> {
  const found = await connection.all(
    query<{ said: string }>(
      "SELECT integrity_check AS said FROM pragma_integrity_check(100, 'main')",
    ),
  );
  const damage = found.map(({ said }) => said).filter((said) => said !== 'ok');
  for (const { words } of searched) {
    await connection
      .exec(`INSERT INTO ${words} (${words}) VALUES ('integrity-check')`)
      .catch((error: unknown) => damage.push(`${words}: ${String(error)}`));
  }
  return damage;
}

const searched = [
  { words: 'track_words', named: `SELECT id FROM tracks WHERE state <> 'removed'` },
  { words: 'album_words', named: 'SELECT id FROM albums' },
  { words: 'artist_words', named: 'SELECT id FROM artists' },
] as const;

/** Of an index without content FTS5 keeps the length of each entry: that is the list of them. */
function beyond(one: string, other: string): string {
  return `(SELECT count(*) FROM (${one}) WHERE id NOT IN (${other}))`;
}

const counts = query<Omit<Counted, 'filesHere' | 'filesMissing'>>(`SELECT
  (SELECT count(*) FROM pragma_foreign_key_check WHERE schema = 'main') AS brokenReferences,
  ${searched.map(({ words, named }) => beyond(named, entriesOf(words))).join(' + ')}
    AS searchMissing,
  ${searched.map(({ words, named }) => beyond(entriesOf(words), named)).join(' + ')}
    AS searchAstray,
  (SELECT count(*) FROM albums WHERE id NOT IN (SELECT album_id FROM tracks))
    + (SELECT count(*) FROM artists WHERE id NOT IN (SELECT artist_id FROM track_artists)
        AND id NOT IN (SELECT artist_id FROM tracks) AND id NOT IN (SELECT artist_id FROM albums))
    AS unused,
  (SELECT count(*) FROM tracks WHERE state <> 'removed') AS tracks`);

function entriesOf(words: string): string {
  return `SELECT id FROM ${words}_docsize`;
}

async function countRows(connection: SideConnection): Promise<Counted> {
  return { ...(await connection.one(counts)), ...(await countFiles(connection)) };
}

async function countFiles(
  connection: SideConnection,
): Promise<Pick<CheckReport, 'filesHere' | 'filesMissing'>> {
  let filesHere = 0;
  let filesMissing = 0;
  let rows: FileRow[] = [];
  do {
    rows = await connection.all(
      query<FileRow>(
        `SELECT tracks.id, sources.path AS root, folder, name FROM tracks
        JOIN sources ON sources.id = source_id
        WHERE tracks.id > ${rows.at(-1)?.id ?? 0} AND state = 'here' AND away = 0
        ORDER BY tracks.id LIMIT ${rowsPerPage}`,
      ),
    );
    const here = rows.filter(({ root, folder, name }) => existsSync(join(root, folder, name)));
    filesHere += here.length;
    filesMissing += rows.length - here.length;
  } while (rows.length > 0);
  return { filesHere, filesMissing };
}

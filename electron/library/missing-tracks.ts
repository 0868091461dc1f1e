import type { MissingTracks } from '../../shared/library.ts';
import type { Id } from '../../shared/track.ts';
import { type Database, listValue, query } from '../database.ts';
import { hearFile, type FingerprintParts, type UnheardFile } from './sounds/fingerprints.ts';
import { followCopy, followPlace, type FoundTrack } from './sounds/moved-sounds.ts';
import { dropTracks, listenersOwn } from './track-rows.ts';

const rowsAtOnce = 2000;
/** So many files are heard before a scan ends; what is left is found in the background. */
const mostCandidates = 2000;
const filesHeardAtOnce = 8;
const mostExamples = 5;

const sources = query<{
  readonly id: Id;
  readonly path: string;
  readonly sample: number;
  readonly tracks: number;
  readonly kept: number;
  readonly agreed: number;
}>(
  `SELECT sources.id, path, kind = 'sample' AS sample, count(*) AS tracks, missing_kept AS agreed,
    total(${listenersOwn('tracks.id')}) AS kept
  FROM tracks JOIN sources ON sources.id = source_id
  WHERE state = 'missing' AND removed = 0 GROUP BY sources.id ORDER BY path`,
);
const examples = query<{ readonly place: string }>(
  `SELECT ltrim(folder || '/' || name, '/') AS place FROM tracks
  WHERE state = 'missing' AND source_id = ? AND NOT ${listenersOwn('tracks.id')}
  LIMIT ${mostExamples}`,
);
const unheard = query<UnheardFile & { readonly length: string }>(
  `SELECT tracks.id, sources.path AS root, folder, name, size, modified, audio_hash AS sound,
    part_start AS partStart,
    format || CAST(seconds * 10 AS INTEGER) AS length
  FROM tracks JOIN sources ON sources.id = source_id
  WHERE audio_modified IS NOT modified AND tracks.id < ? AND state = 'here' AND away = 0
  ORDER BY tracks.id DESC LIMIT ${rowsAtOnce}`,
);
const lengths = query<{ readonly format: string; readonly tenths: number }>(
  `SELECT DISTINCT format, CAST(seconds * 10 AS INTEGER) AS tenths FROM tracks
  WHERE id IN (SELECT value FROM json_each(?))`,
);

/**
 * Greys tracks whose files are gone, and looks for them among the files that are new or changed: by
 * their sound, since they may have got other tags as they were moved.
 * @param newestBefore the newest row before the scan that lost them
 * @returns those that turned up
 */
export async function findLost(
  parts: Pick<FingerprintParts, 'db' | 'hear' | 'now'>,
  lost: readonly Id[],
  newestBefore: Id,
  signal: AbortSignal,
): Promise<FoundTrack[]> {
  const { db, now } = parts;
  const found: FoundTrack[] = [];
  const searched = new Set<string>();
  for (let at = 0; at < lost.length && !signal.aborted; at += rowsAtOnce) {
    const some = lost.slice(at, at + rowsAtOnce);
    db.run(
      `UPDATE tracks SET state = 'missing' WHERE id IN (SELECT value FROM json_each(?))`,
      listValue(some),
    );
    db.transaction(() => {
      found.push(...some.flatMap((id) => followCopy(db, id, now()) ?? []));
    });
    for (const { format, tenths } of db.all(lengths, listValue(some))) {
      // A length is the same when it is within a twentieth of a second.
      for (const near of [-1, 0, 1]) searched.add(`${format}${tenths + near}`);
    }
    await nextTurn();
  }
  const candidates = searched.size === 0 ? [] : await filesOfLength(db, searched, signal);
  const queue = candidates.values();
  const lanes = Array.from({ length: filesHeardAtOnce }, async () => {
    for (const file of queue) {
      if (signal.aborted) return;
      const track = await hearFile(parts, file);
      if (track !== null) found.push(track);
    }
  });
  await Promise.all(lanes);
  const ids = new Set(found.map(({ id }) => id));
  for (const id of lost) {
    const track = ids.has(id) ? null : followPlace(db, id, newestBefore);
    if (track !== null) found.push(track);
  }
  return found;
}

/** The newest first, which are the likeliest to be what was lost. */
async function filesOfLength(
  db: Database,
  searched: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<UnheardFile[]> {
  const candidates: UnheardFile[] = [];
  for (let last = Number.MAX_SAFE_INTEGER; candidates.length < mostCandidates;) {
    const files = db.all(unheard, last);
    if (files.length === 0 || signal.aborted) break;
    candidates.push(...files.filter(({ length }) => searched.has(length)));
    last = files.at(-1)?.id ?? 0;
    await nextTurn();
  }
  return candidates.slice(0, mostCandidates);
}

/**
 * The sources with missing tracks that wait for the listener's consent to go. Those that the
 * listener made something of never go, so they wait for nothing.
 */
export function missingTracks(db: Database): MissingTracks[] {
  return db
    .all(sources)
    .map(({ id, path, sample, tracks, kept, agreed }) => ({
      source: id,
      path,
      sample: sample === 1,
      tracks: tracks - kept,
      kept,
      isNews: tracks > agreed,
      examples: db.all(examples, id).map(({ place }) => place),
    }))
    .filter(({ tracks }) => tracks > 0);
}

/** Notes that the listener wants to keep the tracks of a source that are missing now. */
export function keepMissing(db: Database, source: Id): void {
  db.run(
    `UPDATE sources SET missing_kept =
      (SELECT count(*) FROM tracks WHERE state = 'missing' AND source_id = sources.id)
    WHERE id = ?`,
    source,
  );
}

/**
 * Takes a source's missing tracks out of the library, all but those that the listener made something
 * of. Other work gets its turn in between.
 */
export async function letGo(db: Database, source: Id): Promise<void> {
  const missing = db.ids(
    `SELECT id FROM tracks WHERE state = 'missing' AND source_id = ?
      AND NOT ${listenersOwn('tracks.id')}`,
    source,
  );
  for (let at = 0; at < missing.length; at += rowsAtOnce) {
    dropTracks(db, missing.subarray(at, at + rowsAtOnce), 'missing');
    await nextTurn();
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import type { PreparedTags } from '../prepare-tags.ts';
import { standAside } from '../track-places.ts';
import { dropTracks, type FilePlace, type SaveTrack } from '../track-rows.ts';

/** A row of a file: all of it, or one of its parts. */
export interface PartRow {
  readonly id: Id;
  readonly part: number;
  readonly state: 'here' | 'missing' | 'removed';
  readonly size: number;
  readonly modified: number;
  readonly title: string;
  readonly artist: string;
  readonly seconds: number;
  readonly track: number | null;
}

type NewPart = Pick<PreparedTags, 'part' | 'shownTitle' | 'artist' | 'seconds'>;

const secondsAlike = 0.05;

const rowsOfFile = query<PartRow>(
  `SELECT id, part, state, size, modified, title, artist, seconds, track FROM tracks
  WHERE source_id = ? AND folder = ? AND name = ? ORDER BY part`,
);

export function partRows(
  db: Database,
  { sourceId, folder, name }: Pick<FilePlace, 'sourceId' | 'folder' | 'name'>,
): PartRow[] {
  return db.all(rowsOfFile, sourceId, folder, name);
}

/**
 * Which of a file's rows each of its tracks goes on in: the same number with the same title or
 * length; else, where tracks were put in or left out, the title. At last, when the file is the same
 * and has as many, the number: the whole sheet was written anew.
 * @returns in the order of the tracks; null: a new one
 */
export function matchParts(
  rows: readonly PartRow[],
  tracks: readonly NewPart[],
  { size, modified }: Pick<FilePlace, 'size' | 'modified'>,
): (Id | null)[] {
  const parts = rows.filter(({ part, state }) => part > 0 && state === 'here');
  const isRewritten = parts.length === tracks.length;
  const ways: ((row: PartRow, track: NewPart) => boolean)[] = [
    (row, track) => row.part === track.part && isTitled(row, track),
    (row, track) => row.part === track.part && isAsLong(row, track),
    (row, track) => isTitled(row, track) && isAsLong(row, track),
    isTitled,
    (row, track) =>
      isRewritten && row.part === track.part && row.size === size && row.modified === modified,
  ];
  const owners = tracks.map((): Id | null => null);
  const free = new Set(rows);
  for (const fits of ways) {
    tracks.forEach((track, index) => {
      if (owners[index] !== null) return;
      for (const row of free) {
        const isWhole = row.part === 0;
        if (isWhole !== (track.part === 0) || !fits(row, track)) continue;
        owners[index] = row.id;
        free.delete(row);
        return;
      }
    });
  }
  return owners;
}

/**
 * Writes the tracks of a file that has or had parts. Its other rows lose it: those that the listener
 * made nothing of are gone. Belongs into a transaction.
 * @param owners for each track the row it goes on in, null: a new one
 * @returns how many rows are gone, and how many stay without the file
 */
export function saveParts(
  db: Database,
  save: SaveTrack,
  place: FilePlace,
  tracks: readonly PreparedTags[],
  owners: readonly (Id | null)[],
  now: number,
): { readonly removed: number; readonly away: number } {
  const standing = partRows(db, place);
  // They may change numbers among themselves, so that all have to be free first.
  for (const { id } of standing) {
    db.run('UPDATE tracks SET part = -id, track = NULL WHERE id = ?', id);
  }
  tracks.forEach((track, index) => save(owners[index] ?? null, place, track, now));
  const left = standing.filter(({ id }) => !owners.includes(id));
  for (const { id, part, track } of left) {
    db.run('UPDATE tracks SET track = ? WHERE id = ?', track, id);
    const { changes } = db.run('UPDATE OR IGNORE tracks SET part = ? WHERE id = ?', part, id);
    if (changes === 0) standAside(db, id, part);
  }
  const lost = left.filter(({ state }) => state === 'here').map(({ id }) => id);
  const removed = dropTracks(db, Uint32Array.from(lost), 'missing');
  return { removed, away: lost.length - removed };
}

function isTitled({ title, artist }: PartRow, track: NewPart): boolean {
  return title === track.shownTitle && artist === track.artist;
}

function isAsLong({ seconds }: PartRow, track: NewPart): boolean {
  return Math.abs(seconds - track.seconds) < secondsAlike;
}

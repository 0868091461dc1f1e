import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';
import { prepareTags } from '../prepare-tags.ts';
import { writeTracks } from '../track-rows.ts';
import type { Tags } from '../tags/tags.ts';
import { seenOf } from './replace-file.ts';
import type { FileWish } from './tag-values.ts';

/** A track and where its file lies. */
export interface TrackPlace {
  readonly id: Id;
  readonly title: string;
  readonly path: string;
  /** It shares its file with other tracks. */
  readonly isPart: boolean;
}

/** What the listener gave a track, which no file knows of unless it is asked for. */
type Given = Required<Pick<FileWish, 'stars' | 'liked'>>;

interface PlaceRow {
  readonly id: Id;
  readonly title: string;
  readonly root: string;
  readonly sourceId: Id;
  readonly folder: string;
  readonly name: string;
  readonly part: number;
}

const placeRow = query<PlaceRow>(
  `SELECT tracks.id, title, sources.path AS root, source_id AS sourceId, folder, name, part
  FROM tracks JOIN sources ON sources.id = source_id WHERE tracks.id = ? AND state = 'here'`,
);
const givenRow = query<{ stars: number | null; liked: number }>(
  `SELECT (SELECT stars FROM ratings WHERE track_id = ?1) AS stars,
    EXISTS (SELECT 1 FROM likes WHERE track_id = ?1) AS liked`,
);

/** Null: the track or its file is not there. */
export function placeOf(db: Database, id: Id): TrackPlace | null {
  const row = db.first(placeRow, id);
  if (row === undefined) return null;
  const path = join(row.root, row.folder, row.name);
  return { id, title: row.title, path, isPart: row.part > 0 };
}

export function givenTo(db: Database, id: Id): Given {
  const row = db.first(givenRow, id);
  return { stars: row?.stars ?? 0, liked: row?.liked === 1 };
}

/** Every track that the listener rated or liked and that can be written. */
export function givenTracks(db: Database): Uint32Array {
  return db.ids(
    `SELECT id FROM tracks WHERE state = 'here' AND part = 0 AND format IN ('mp3', 'flac', 'ogg', 'opus', 'm4a')
      AND (id IN (SELECT track_id FROM likes) OR id IN (SELECT track_id FROM ratings))
    ORDER BY id`,
  );
}

/** Writes what a file says, or is going to say, into its track's row, which keeps all that hangs on it. */
export async function saveRow(db: Database, id: Id, tags: Tags, now: number): Promise<void> {
  const place = placeOf(db, id);
  if (place === null) return;
  const { size, modified } = seenOf(await stat(place.path));
  writeTracks(db, (save) => {
    const row = db.first(placeRow, id);
    if (row === undefined) return;
    const { sourceId, folder, name } = row;
    save(id, { sourceId, folder, name, size, modified }, prepareTags(name, tags), now);
    // The sound was compared before the file was replaced: nobody need hear it again.
    db.run(
      'UPDATE tracks SET audio_modified = modified WHERE id = ? AND audio_hash IS NOT NULL',
      id,
    );
  });
}

import { setImmediate as immediate } from 'node:timers/promises';
import type { Measured, UnmeasuredTrack } from '../../../shared/measured-sound.ts';
import type { Id } from '../../../shared/track.ts';
import { type Database, listValue, query } from '../../database.ts';
import type { Typing } from '../typing.ts';

/** What is to be measured before everything else. */
export interface AwaitedTracks {
  /** What plays and comes next. */
  readonly urgent: readonly Id[];
  /** What follows in the queue. */
  readonly soon: readonly Id[];
}

/** Keeps what was measured of tracks, and says what is to be measured next. */
export interface MeasuredSounds {
  /**
   * What plays, comes next or stands in the queue; then the albums played last; then all, the newest
   * first. Null: nothing, or nothing while a scan needs the disk.
   */
  readonly next: (awaited: AwaitedTracks) => Promise<UnmeasuredTrack | null>;
  /** @returns whether it was news; a file that changed meanwhile is measured anew */
  readonly keep: (track: Pick<UnmeasuredTrack, 'id' | 'modified'>, measured: Measured) => boolean;
  /** A byte for each of equally long stretches; null: not measured yet, or there is no sound. */
  readonly waveform: (id: Id) => Uint8Array | null;
  /** Rows may be others: what was gone through is gone through again. */
  readonly forget: () => void;
}

/** Ids looked at by one question, so that none takes long in a library of a million. */
const idsAtOnce = 20_000;
const tracksAtOnce = 100;
const playsLookedAt = 200;

interface UnmeasuredRow {
  readonly id: Id;
  readonly modified: number;
  readonly partStart: number | null;
  readonly partEnd: number | null;
}
/** A row whose details are about to be read anew carries the time −1. */
const unmeasured = `state = 'here' AND away = 0 AND tracks.modified <> -1
  AND track_sounds.modified IS NOT tracks.modified`;
const withSounds = `JOIN sources ON sources.id = tracks.source_id
  LEFT JOIN track_sounds ON track_sounds.track_id = tracks.id`;
const unmeasuredOf = query<UnmeasuredRow>(
  `SELECT tracks.id, tracks.modified, part_start AS partStart, part_end AS partEnd
  FROM json_each(?) AS asked JOIN tracks ON tracks.id = asked.value ${withSounds}
  WHERE ${unmeasured} ORDER BY asked.key`,
);
const unmeasuredOfPlayedAlbums = `SELECT tracks.id FROM (
    SELECT DISTINCT album_id FROM (SELECT track_id FROM plays ORDER BY id DESC LIMIT ${playsLookedAt})
    JOIN tracks ON tracks.id = track_id) AS played
  JOIN tracks ON tracks.album_id = played.album_id ${withSounds}
  WHERE ${unmeasured} LIMIT ${tracksAtOnce}`;
const unmeasuredBelow = `SELECT tracks.id FROM tracks ${withSounds}
  WHERE tracks.id < ?1 AND tracks.id >= ?1 - ${idsAtOnce} AND ${unmeasured}
  ORDER BY tracks.id DESC LIMIT ${tracksAtOnce}`;
const highestId = query<{ readonly id: Id | null }>('SELECT max(id) AS id FROM tracks');
const waveformOf = query<{ readonly waveform: ArrayBuffer | null }>(
  'SELECT waveform FROM track_sounds WHERE track_id = ?',
);

/** @param isBusy while true only what is awaited is measured: a scan needs the disk */
export function createMeasuredSounds(
  db: Database,
  isBusy: () => boolean,
  typing: Pick<Typing, 'paused'>,
): MeasuredSounds {
  /** In the background, found in one go and looked at one by one. */
  let found: readonly Id[] = [];
  /** All ids from here on were gone through. */
  let doneFrom = Infinity;
  /** Could not be read in this run: a drive that is away, or a right that lacks. */
  let unreadable = new Set<Id>();

  async function next({ urgent, soon }: AwaitedTracks): Promise<UnmeasuredTrack | null> {
    const awaited = firstOf(urgent) ?? firstOf(soon);
    if (awaited !== null) return { ...awaited, urgent: urgent.includes(awaited.id) };
    await typing.paused();
    if (isBusy()) return null;
    for (;;) {
      const track = firstOf(found);
      if (track !== null) return { ...track, urgent: false };
      found = await findMore();
      if (found.length === 0) return null;
    }
  }

  function firstOf(ids: readonly Id[]): Omit<UnmeasuredTrack, 'urgent'> | null {
    if (ids.length === 0) return null;
    const row = db.all(unmeasuredOf, listValue(ids)).find(({ id }) => !unreadable.has(id));
    if (row === undefined) return null;
    const { id, modified, partStart, partEnd } = row;
    const part = partStart === null ? null : { startSeconds: partStart, endSeconds: partEnd };
    return { id, modified, part };
  }

  async function findMore(): Promise<readonly Id[]> {
    const played = readable(db.ids(unmeasuredOfPlayedAlbums));
    if (played.length > 0) return played;
    doneFrom = Math.min(doneFrom, (db.first(highestId)?.id ?? 0) + 1);
    while (doneFrom > 1) {
      const ids = db.ids(unmeasuredBelow, doneFrom);
      doneFrom = ids.at(-1) ?? Math.max(1, doneFrom - idsAtOnce);
      const below = readable(ids);
      if (below.length > 0) return below;
      // Other questions come first.
      await immediate();
    }
    return [];
  }

  function readable(ids: Uint32Array): readonly Id[] {
    return Array.from(ids).filter((id) => !unreadable.has(id));
  }

  function keep(
    { id, modified }: Pick<UnmeasuredTrack, 'id' | 'modified'>,
    measured: Measured,
  ): boolean {
    if (measured.kind === 'missing') {
      unreadable.add(id);
      return false;
    }
    const { lufs, peak, waveform } = measured.kind === 'measured' ? measured : nothing;
    const { changes } = db.run(
      `INSERT INTO track_sounds (track_id, modified, loudness, peak, waveform)
      SELECT id, modified, ?3, ?4, ?5 FROM tracks WHERE id = ?1 AND modified = ?2
      ON CONFLICT (track_id) DO UPDATE SET modified = excluded.modified,
        loudness = excluded.loudness, peak = excluded.peak, waveform = excluded.waveform`,
      id,
      modified,
      lufs,
      peak,
      waveform === null || waveform.length === 0 ? null : waveform,
    );
    return changes > 0;
  }

  return {
    next,
    keep,
    waveform(id) {
      const bytes = db.first(waveformOf, id)?.waveform ?? null;
      return bytes === null ? null : new Uint8Array(bytes);
    },
    forget() {
      doneFrom = Infinity;
      unreadable = new Set();
    },
  };
}

const nothing = { lufs: null, peak: null, waveform: null };

import type { TrackDetails } from '../../shared/track-details.ts';
import type { Loudness, PairJoin, Playable, TrackSound } from '../../shared/track-sound.ts';
import type { Id, Track } from '../../shared/track.ts';
import { type Database, listValue, query } from '../database.ts';
import { tracks } from './rows.ts';
import { measuredAlbumLoudness } from './sounds/album-loudness.ts';

/** Of a file that changed, what it was measured at counts on: most often only its tags are new. */
interface SoundRow {
  readonly id: Id;
  readonly partStart: number | null;
  readonly partEnd: number | null;
  readonly loopStart: number | null;
  readonly loopEnd: number | null;
  readonly joins: string;
  readonly gains: string | null;
  readonly measuredLufs: number | null;
  readonly measuredPeak: number | null;
}
const soundRows = query<SoundRow>(
  `SELECT tracks.id, part_start AS partStart, part_end AS partEnd,
    start_seconds AS loopStart, end_seconds AS loopEnd,
    (SELECT json_group_array(json_object(
        'nextId', second_id, 'crossfadeSeconds', crossfade_seconds))
      FROM pair_joins WHERE first_id = tracks.id) AS joins,
    json_object('replayGain', details -> 'replayGain', 'r128', details -> 'r128') AS gains,
    loudness AS measuredLufs, peak AS measuredPeak
  FROM json_each(?) AS wanted
  JOIN tracks ON tracks.id = wanted.value
  LEFT JOIN track_details ON track_details.track_id = tracks.id
  LEFT JOIN track_sounds ON track_sounds.track_id = tracks.id
  LEFT JOIN track_loops ON track_loops.track_id = tracks.id`,
);

/** Loudness that ReplayGain 2 brings everything to. */
const replayGainLufs = -18;
/** The same of R128 tags, which count from what decoders give: with the gain of Opus' header. */
const r128Lufs = -23;

/** Tracks with all that sounding them takes, in the order of the ids; ids that are gone are left out. */
export function playables(db: Database, ids: readonly Id[]): Playable[] {
  const rows = new Map(db.all(soundRows, listValue(ids)).map((row) => [row.id, row]));
  return tracks(db, ids).flatMap((track) => {
    const row = rows.get(track.id);
    return row === undefined ? [] : [{ ...track, sound: soundOf(db, track, row) }];
  });
}

function soundOf(db: Database, track: Track, row: SoundRow): TrackSound {
  const { partStart, partEnd, loopStart, loopEnd, measuredLufs, measuredPeak } = row;
  const tags = JSON.parse(row.gains ?? '{}') as Pick<TrackDetails, 'replayGain' | 'r128'>;
  const measured = measuredLufs === null ? null : { lufs: measuredLufs, peak: measuredPeak };
  return {
    part: partStart === null ? null : { startSeconds: partStart, endSeconds: partEnd },
    loop:
      loopStart === null || loopEnd === null
        ? null
        : { startSeconds: loopStart, endSeconds: loopEnd },
    joins: JSON.parse(row.joins) as readonly PairJoin[],
    loudness: {
      track: withPeak(taggedLoudness(tags, 'track'), measuredPeak) ?? measured,
      album: taggedLoudness(tags, 'album') ?? measuredAlbumLoudness(db, track.albumId),
    },
  };
}

/** Not every tag says how high its peak is. */
function withPeak(tagged: Loudness | null, peak: number | null): Loudness | null {
  return tagged === null ? null : { ...tagged, peak: tagged.peak ?? peak };
}

/** By the gain that a tag asks for: the loudness is as far from the tag's goal. */
function taggedLoudness(
  { replayGain, r128 }: Pick<TrackDetails, 'replayGain' | 'r128'>,
  of: 'track' | 'album',
): Loudness | null {
  const gain = replayGain?.[of];
  if (gain !== undefined) return { lufs: replayGainLufs - gain.decibels, peak: gain.peak ?? null };
  const decibels = r128?.[of];
  return decibels === undefined ? null : { lufs: r128Lufs - decibels, peak: null };
}

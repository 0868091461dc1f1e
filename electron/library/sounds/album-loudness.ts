import type { Loudness } from '../../../shared/track-sound.ts';
import type { Id } from '../../../shared/track.ts';
import { type Database, query } from '../../database.ts';

interface AlbumTrack {
  readonly seconds: number;
  /** Null: it holds no sound, or none that can be decoded. */
  readonly lufs: number | null;
  readonly peak: number | null;
  readonly isMeasured: 0 | 1;
}

/** More than these are no album but a folder of anything. */
const mostTracks = 1000;

/** What belongs to no album has a title of ''. */
const albumTracks = query<AlbumTrack>(
  `SELECT seconds, loudness AS lufs, peak, track_sounds.track_id IS NOT NULL AS isMeasured
  FROM albums JOIN tracks ON tracks.album_id = albums.id
  LEFT JOIN track_sounds ON track_sounds.track_id = tracks.id
  WHERE albums.id = ? AND albums.title <> '' AND state = 'here'
  LIMIT ${mostTracks + 1}`,
);

/**
 * From what was measured of an album's tracks, once that is known of all. The mean of their energies
 * by length comes near to the loudness of all in one piece: only the gate, which then would be one
 * for the whole album, may leave out a little more of quiet tracks. Null: not known.
 */
export function measuredAlbumLoudness(db: Database, albumId: Id): Loudness | null {
  const tracks = db.all(albumTracks, albumId);
  if (tracks.length > mostTracks || tracks.some(({ isMeasured }) => isMeasured === 0)) return null;
  let energy = 0;
  let seconds = 0;
  let peak = 0;
  for (const track of tracks) {
    if (track.lufs === null) continue;
    energy += track.seconds * 10 ** (track.lufs / 10);
    seconds += track.seconds;
    peak = Math.max(peak, track.peak ?? 0);
  }
  return seconds === 0 ? null : { lufs: 10 * Math.log10(energy / seconds), peak };
}

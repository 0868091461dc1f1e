import type { Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';
import { fold, searchText, sortKey } from './fold.ts';
import { artistId } from './names.ts';
import type { Tags } from './tags/tags.ts';

const variousArtists = 'Various Artists';
const discFolder = /(?:^|\/)(?:cd|dis[ck])[ _-]*\d{1,3}$/i;

interface AlbumRow {
  readonly id: Id;
  readonly artist_id: Id;
  readonly year: number | null;
  readonly musicbrainz: string | null;
  readonly credit: 'tags' | 'guess' | 'various';
}

const columns = 'id, artist_id, year, musicbrainz, credit';
const byMusicbrainz = query<AlbumRow>(
  `SELECT ${columns} FROM albums WHERE musicbrainz = ? AND title_key = ? ORDER BY id LIMIT 1`,
);
const inFolder = query<AlbumRow>(
  `SELECT ${columns} FROM albums WHERE title_key = ? AND source_id = ? AND folder = ? ORDER BY id`,
);
const byArtist = query<AlbumRow>(
  `SELECT ${columns} FROM albums
  WHERE artist_id = ? AND title_key = ? AND year IS ? AND credit <> 'various' ORDER BY id LIMIT 1`,
);
const takenPlace = query<{ id: Id }>(
  `SELECT id FROM tracks WHERE album_id = ? AND track = ? AND coalesce(disc, 1) = ? AND id IS NOT ? LIMIT 1`,
);

/** The folder that holds an album: a disc's own folder ("CD 2") belongs to the one around it. */
export function albumFolder(folder: string): string {
  return folder.replace(discFolder, '');
}

/**
 * The album that a track belongs to, made when new. Two tracks share an album when their titles are
 * equal and
 * - both carry the same MusicBrainz release, or
 * - the album artist is the same, and so is the folder or the year, or
 * - no album artist is written, the folder is the same, and their track numbers don't collide: a
 *   compilation that nobody marked. Colliding numbers are same-named albums of different artists.
 * Tracks without an album title share one per artist and folder. Belongs into a transaction.
 * @param track the row that is written over; null: the track is new
 */
export function albumId(
  db: Database,
  place: { readonly sourceId: Id; readonly folder: string },
  tags: Tags,
  track: Id | null,
): Id {
  const titleKey = fold(tags.album);
  const folder = albumFolder(place.folder);
  const credit = creditOf(tags);
  const artist = artistId(db, credit.names[0] ?? '');
  const isSameRelease = ({ musicbrainz }: AlbumRow): boolean =>
    musicbrainz === tags.musicbrainz || musicbrainz === null || tags.musicbrainz === null;

  if (tags.musicbrainz !== null) {
    const known = db.first(byMusicbrainz, tags.musicbrainz, titleKey);
    if (known !== undefined) return known.id;
  }
  const here = db.all(inFolder, titleKey, place.sourceId, folder).filter(isSameRelease);
  const own = here.find((album) => album.artist_id === artist);
  if (own !== undefined) return own.id;
  if (credit.kind === 'guess' && titleKey !== '') {
    const shared = here.find((album) => isUnmarkedCompilation(db, album, tags, track));
    if (shared !== undefined) {
      if (shared.credit === 'guess') creditToVarious(db, shared.id, tags.album);
      return shared.id;
    }
  }
  if (credit.kind !== 'various' && titleKey !== '') {
    const elsewhere = db.first(byArtist, artist, titleKey, tags.year);
    if (elsewhere !== undefined && isSameRelease(elsewhere)) return elsewhere.id;
  }

  const name = credit.names.join(', ');
  const { lastId } = db.run(
    `INSERT INTO albums (title, title_key, title_sort, artist, artist_id, year, musicbrainz,
      source_id, folder, credit)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    tags.album,
    titleKey,
    sortKey(tags.album),
    name,
    artist,
    tags.year,
    tags.musicbrainz,
    place.sourceId,
    folder,
    credit.kind,
  );
  addWords(db, lastId, tags.album, name);
  return lastId;
}

interface Credit {
  readonly kind: AlbumRow['credit'];
  readonly names: readonly string[];
}

function creditOf({ albumArtists, artists, compilation }: Tags): Credit {
  if (albumArtists.length > 0) return { kind: 'tags', names: albumArtists };
  if (compilation) return { kind: 'various', names: [variousArtists] };
  // A guest changes from track to track; the album's artist does not.
  const first = artists[0]?.replace(/\s+[([]?(?:feat\.|ft\.|featuring)\s.*$/i, '');
  return { kind: 'guess', names: first === undefined ? [] : [first] };
}

function isUnmarkedCompilation(
  db: Database,
  album: AlbumRow,
  tags: Tags,
  track: Id | null,
): boolean {
  if (album.credit === 'tags' || tags.track === null) return false;
  return db.first(takenPlace, album.id, tags.track, tags.disc ?? 1, track) === undefined;
}

function creditToVarious(db: Database, id: Id, title: string): void {
  db.run(
    `UPDATE albums SET credit = 'various', artist = ?, artist_id = ? WHERE id = ?`,
    variousArtists,
    artistId(db, variousArtists),
    id,
  );
  db.run('DELETE FROM album_words WHERE rowid = ?', id);
  addWords(db, id, title, variousArtists);
}

function addWords(db: Database, id: Id, title: string, artist: string): void {
  db.run(
    'INSERT INTO album_words (rowid, title, artist) VALUES (?, ?, ?)',
    id,
    searchText(title),
    searchText(artist),
  );
}

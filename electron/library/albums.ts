import type { Id } from '../../shared/track.ts';
import { type Database, query } from '../database.ts';
import { fold, sortKey } from './fold.ts';
import type { Names } from './names.ts';
import type { PreparedTags } from './prepare-tags.ts';

const variousArtists = 'Various Artists';
const discFolder = /(?:^|\/)(?:cd|dis[ck])[ _-]*\d{1,3}$/i;

interface AlbumRow {
  readonly id: Id;
  readonly title: string;
  readonly title_sort: string;
  readonly artist: string;
  readonly artist_id: Id;
  readonly year: number | null;
  readonly musicbrainz: string | null;
  readonly credit: 'tags' | 'guess' | 'various';
}

const columns = 'id, title, title_sort, artist, artist_id, year, musicbrainz, credit';
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
/** A row with a slash in its name was put aside for the very file that asks. */
const takenPlace = query<{ id: Id }>(
  `SELECT id FROM tracks
  WHERE album_id = ? AND track = ? AND coalesce(disc, 1) = ? AND id IS NOT ?
    AND instr(name, '/') = 0 LIMIT 1`,
);

/** The folder that holds an album: a disc's own folder ("CD 2") belongs to the one around it. */
export function albumFolder(folder: string): string {
  return folder.replace(discFolder, '');
}

/** What of an album its tracks are found by. */
export interface FoundAlbum {
  readonly id: Id;
  readonly title: string;
  readonly artist: string;
}

/**
 * Finds the album that a track belongs to, or makes it. Two tracks share an album when their titles
 * are equal and
 * - both carry the same MusicBrainz release, or
 * - the album artist is the same, and so is the folder or the year, or
 * - no album artist is written, the folder is the same, and their track numbers don't collide: a
 *   compilation that nobody marked. Colliding numbers are same-named albums of different artists.
 * Tracks without an album title share one per artist and folder.
 * @param track the row that is written over; null: the track is new
 */
export type Albums = (
  place: { readonly sourceId: Id; readonly folder: string },
  tags: PreparedTags,
  track: Id | null,
) => FoundAlbum;

/** As `Names`, for one transaction: what can't be another the next time is remembered. */
export function createAlbums(db: Database, names: Names): Albums {
  const settled = new Map<string, AlbumRow>();

  return (place, tags, track) => {
    const credit = creditOf(tags);
    const [name = ''] = credit.names;
    const key = [
      place.sourceId,
      place.folder,
      tags.album,
      tags.musicbrainz,
      credit.kind,
      name,
    ].join('\0');
    let album = settled.get(key);
    if (album === undefined) {
      const found = findAlbum(place, tags, track, credit);
      album = found.album;
      if (found.isSettled) settled.set(key, album);
    }
    const written = tags.sorts.album;
    const sort = written === undefined ? album.title_sort : sortKey(written);
    if (sort !== album.title_sort) {
      db.run('UPDATE albums SET title_sort = ? WHERE id = ?', sort, album.id);
      if (settled.has(key)) settled.set(key, { ...album, title_sort: sort });
    }
    return album;
  };

  function findAlbum(
    place: { readonly sourceId: Id; readonly folder: string },
    tags: PreparedTags,
    track: Id | null,
    credit: Credit,
  ): { readonly album: AlbumRow; readonly isSettled: boolean } {
    const titleKey = fold(tags.album);
    const folder = albumFolder(place.folder);
    const artist = names.artist(credit.names[0] ?? '', tags.sorts.albumArtist);
    const isSameRelease = ({ musicbrainz }: AlbumRow): boolean =>
      musicbrainz === tags.musicbrainz || musicbrainz === null || tags.musicbrainz === null;

    if (tags.musicbrainz !== null) {
      const known = db.first(byMusicbrainz, tags.musicbrainz, titleKey);
      if (known !== undefined) return { album: known, isSettled: true };
    }
    const here = db.all(inFolder, titleKey, place.sourceId, folder).filter(isSameRelease);
    const own = here.find((album) => album.artist_id === artist);
    // Of a release, an album that carries it may come up and would be the one.
    if (own !== undefined) return { album: own, isSettled: tags.musicbrainz === null };
    if (credit.kind === 'guess' && titleKey !== '') {
      const shared = here.find((album) => isUnmarkedCompilation(db, album, tags, track));
      if (shared !== undefined) {
        const album = shared.credit === 'guess' ? creditToVarious(shared) : shared;
        return { album, isSettled: false };
      }
    }
    if (credit.kind !== 'various' && titleKey !== '') {
      const elsewhere = db.first(byArtist, artist, titleKey, tags.year);
      if (elsewhere !== undefined && isSameRelease(elsewhere)) {
        return { album: elsewhere, isSettled: false };
      }
    }
    return { album: makeAlbum(place.sourceId, folder, tags, credit, artist), isSettled: true };
  }

  function makeAlbum(
    sourceId: Id,
    folder: string,
    tags: PreparedTags,
    credit: Credit,
    artist: Id,
  ): AlbumRow {
    const row = {
      title: tags.album,
      title_sort: sortKey(tags.sorts.album ?? tags.album),
      artist: credit.names.join(', '),
      artist_id: artist,
      year: tags.year,
      musicbrainz: tags.musicbrainz,
      credit: credit.kind,
    };
    const { lastId } = db.run(
      `INSERT INTO albums (title, title_sort, artist, artist_id, year, musicbrainz, credit,
        title_key, source_id, folder)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      ...Object.values(row),
      fold(tags.album),
      sourceId,
      folder,
    );
    addWords(lastId, row.title, row.artist);
    return { id: lastId, ...row };
  }

  function creditToVarious(album: AlbumRow): AlbumRow {
    const artist = names.artist(variousArtists);
    db.run(
      `UPDATE albums SET credit = 'various', artist = ?, artist_id = ? WHERE id = ?`,
      variousArtists,
      artist,
      album.id,
    );
    db.run('DELETE FROM album_words WHERE rowid = ?', album.id);
    addWords(album.id, album.title, variousArtists);
    settled.clear();
    return { ...album, credit: 'various', artist: variousArtists, artist_id: artist };
  }

  function addWords(id: Id, title: string, artist: string): void {
    db.run(
      'INSERT INTO album_words (rowid, title, artist) VALUES (?, ?, ?)',
      id,
      names.words(title),
      names.words(artist),
    );
  }
}

interface Credit {
  readonly kind: AlbumRow['credit'];
  readonly names: readonly string[];
}

function creditOf({ albumArtists, artists, compilation }: PreparedTags): Credit {
  if (albumArtists.length > 0) return { kind: 'tags', names: albumArtists };
  if (compilation) return { kind: 'various', names: [variousArtists] };
  // A guest changes from track to track; the album's artist does not.
  const first = artists[0]?.replace(/\s+[([]?(?:feat\.|ft\.|featuring)\s.*$/i, '');
  return { kind: 'guess', names: first === undefined ? [] : [first] };
}

function isUnmarkedCompilation(
  db: Database,
  album: AlbumRow,
  tags: PreparedTags,
  track: Id | null,
): boolean {
  if (album.credit === 'tags' || tags.track === null) return false;
  return db.first(takenPlace, album.id, tags.track, tags.disc ?? 1, track) === undefined;
}

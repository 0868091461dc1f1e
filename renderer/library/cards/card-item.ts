import type { Album, Artist, Genre } from '../../../shared/library.ts';
import type { Playlist } from '../../../shared/playlist.ts';
import type { TrackList } from '../../../shared/track.ts';
import type { Words } from '../../../shared/words/en.ts';
import type { Route } from '../../route.ts';

/** Whatever has art, a name, a page of its own, and tracks to play. */
export interface CardItem {
  readonly key: string;
  readonly to: Route;
  readonly title: string;
  readonly note: string;
  readonly covers: readonly string[];
  readonly tracks: TrackList;
  readonly kind: 'album' | 'artist' | 'genre' | 'playlist';
  /** Where an album's artist is. */
  readonly artist?: Route;
  readonly away?: boolean;
}

/** @param note what stands below the title: the artist, or on the artist's own page the year */
export function albumItem(
  album: Album,
  { tracks: words }: Words,
  note: 'artist' | 'year' = 'artist',
): CardItem {
  return {
    key: `album ${album.id}`,
    kind: 'album',
    to: { screen: 'album', id: album.id },
    title: album.title || words.unknownAlbum,
    note: note === 'artist' ? album.artist || words.unknownArtist : String(album.year ?? ''),
    covers: album.cover === null ? [] : [album.cover],
    tracks: { from: 'album', id: album.id },
    artist: { screen: 'artist', id: album.artistId },
    away: album.away,
  };
}

export function artistItem(artist: Artist, words: Words): CardItem {
  return {
    key: `artist ${artist.id}`,
    kind: 'artist',
    to: { screen: 'artist', id: artist.id },
    title: artist.name || words.tracks.unknownArtist,
    note:
      artist.albums > 0 ? words.library.albums(artist.albums) : words.tracks.songs(artist.tracks),
    covers: artist.cover === null ? [] : [artist.cover],
    tracks: { from: 'artist', id: artist.id },
  };
}

export function genreItem(genre: Genre, words: Words): CardItem {
  return {
    key: `genre ${genre.id}`,
    kind: 'genre',
    to: { screen: 'genre', id: genre.id },
    title: genre.name,
    note: words.tracks.songs(genre.tracks),
    covers: genre.covers,
    tracks: { from: 'genre', id: genre.id },
  };
}

export function playlistItem(playlist: Playlist, words: Words): CardItem {
  return {
    key: `playlist ${playlist.id}`,
    kind: 'playlist',
    to: { screen: 'playlist', id: playlist.id },
    title: playlist.name,
    note: words.tracks.songs(playlist.tracks),
    covers: playlist.covers,
    tracks: { from: 'playlist', id: playlist.id },
  };
}

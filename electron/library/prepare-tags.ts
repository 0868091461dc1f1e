import { searchText, sortKey } from './fold.ts';
import type { Tags } from './tags/tags.ts';

/**
 * Tags with all that a row needs and that can be told without the database: worked out where the
 * files are read, off the thread that writes.
 */
export interface PreparedTags extends Omit<Tags, 'details'> {
  /** 0: the whole file; else which of its cue sheet's tracks, from 1 on. */
  readonly part: number;
  /** Seconds in the file. Null: its beginning, its end. */
  readonly partStart: number | null;
  readonly partEnd: number | null;
  /** A TrackDetails as JSON. */
  readonly details: string;
  /** The title, or the file's name where none is written. */
  readonly shownTitle: string;
  readonly titleSort: string;
  readonly titleWords: string;
  readonly artist: string;
  readonly artistSort: string;
  readonly genre: string;
  /** Names to sort by, as the file writes them. */
  readonly sorts: {
    readonly album?: string | undefined;
    readonly artist?: string | undefined;
    readonly albumArtist?: string | undefined;
  };
}

/** Which part of its file a track is. */
export type PartPlace = Pick<PreparedTags, 'part' | 'partStart' | 'partEnd'>;

const wholeFile: PartPlace = { part: 0, partStart: null, partEnd: null };

/** @param name the file's, which a track without a title is called by */
export function prepareTags(name: string, tags: Tags, place = wholeFile): PreparedTags {
  const { details, artists, albumArtists } = tags;
  const shownTitle =
    tags.title === '' ? name.replace(/\.[^.]*$/, '').replaceAll(/\p{Cc}+/gu, ' ') : tags.title;
  const sorts = {
    album: details.albumSort,
    // Of several artists it is not known whose the name is.
    artist: artists.length === 1 ? details.artistSort : undefined,
    albumArtist: albumArtists.length === 1 ? details.albumArtistSort : undefined,
  };
  return {
    ...tags,
    ...place,
    // Its tracks were made of it by now, and it is long.
    cueSheet: null,
    shownTitle,
    details: JSON.stringify(details),
    titleSort: sortKey(details.titleSort ?? shownTitle),
    titleWords: searchText(shownTitle),
    artist: artists.join(', '),
    artistSort: sortKey(sorts.artist ?? artists[0] ?? ''),
    genre: tags.genres.join(', '),
    sorts,
  };
}

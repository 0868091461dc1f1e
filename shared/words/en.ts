import type { ErrorCode } from '../errors.ts';

/**
 * Every word the listener reads, by where it stands. English is the source: another language
 * `satisfies Words`. Functions take what varies, so that a language may order it as it likes.
 */
export const en = {
  rail: {
    main: 'Main',
    home: 'Home',
    search: 'Search',
    albums: 'Albums',
    artists: 'Artists',
    songs: 'Songs',
    genres: 'Genres',
    folders: 'Folders',
    liked: 'Liked songs',
    playlists: 'Playlists',
  },
  errors: {
    invalid: 'That is not something Refrain can do.',
    not_found: 'It is not there any more.',
    not_allowed: 'That is part of Refrain Premium.',
    unavailable: 'The library is starting again. Try once more in a moment.',
    newer_database: 'This library was made by a newer Refrain.',
    damaged: 'A file of Refrain could not be read.',
    internal: 'Something went wrong. The log has the details.',
  } satisfies Record<ErrorCode, string>,
} as const;

/** Another language gives other strings of the same shape. */
export type Words = Widened<typeof en>;

type Widened<Part> = Part extends string
  ? string
  : Part extends (...values: never[]) => unknown
    ? Part
    : { readonly [Key in keyof Part]: Widened<Part[Key]> };

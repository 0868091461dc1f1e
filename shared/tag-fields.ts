/** What the listener may change in a file, in the order of the dialog. */
export const tagFields = [
  'title',
  'artists',
  'album',
  'albumArtists',
  'genres',
  'track',
  'tracks',
  'disc',
  'discs',
  'date',
  'originalDate',
  'compilation',
  'composers',
  'comment',
  'lyrics',
  'bpm',
  'titleSort',
  'artistSort',
  'albumSort',
  'albumArtistSort',
] as const;
export type TagField = (typeof tagFields)[number];

/** Several values for the fields of names, else one or none. `compilation` is "1" or absent. */
export type TagValues = Readonly<Record<TagField, readonly string[]>>;

/** Fields of names: their values are parted by "; " where they stand in one line. */
export const fieldsOfNames: ReadonlySet<TagField> = new Set([
  'artists',
  'albumArtists',
  'genres',
  'composers',
]);

/** Fields of several lines. */
export const fieldsOfLines: ReadonlySet<TagField> = new Set(['comment', 'lyrics']);

export const valueSeparator = '; ';
export const mostEditedTracks = 10_000;
export const largestCoverBytes = 20 * 1024 * 1024;

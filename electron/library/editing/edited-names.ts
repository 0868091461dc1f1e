import type { FieldName } from '../tags/fields.ts';
import type { TagEdit, TextField } from './tag-edit.ts';

/** What the reader makes a field of: an edit takes the place of all of it, so that none contradicts it. */
const sources = {
  title: ['title'],
  artists: ['artist', 'artists'],
  album: ['album'],
  albumArtists: ['albumArtist', 'albumArtists'],
  genres: ['genres'],
  date: ['date', 'year', 'dayAndMonth'],
  originalDate: ['originalDate', 'originalYear'],
  compilation: ['compilation'],
  composers: ['composers'],
  comment: ['comment'],
  lyrics: ['lyrics'],
  bpm: ['beatsPerMinute'],
  titleSort: ['titleSort'],
  artistSort: ['artistSort'],
  albumSort: ['albumSort'],
  albumArtistSort: ['albumArtistSort'],
} as const satisfies Readonly<Record<TextField, readonly FieldName[]>>;

const fieldOf: ReadonlyMap<FieldName, TextField> = new Map(
  Object.entries(sources).flatMap(([field, names]) =>
    names.map((name) => [name, field as TextField] as const),
  ),
);

/** Whether the edit replaces what the reader calls `name`; undefined: what it has no name for. */
export function isEdited(name: FieldName | undefined, edit: TagEdit): boolean {
  if (name === 'track' || name === 'tracks') return edit.track !== undefined;
  if (name === 'disc' || name === 'discs') return edit.disc !== undefined;
  const field = name && fieldOf.get(name);
  return field !== undefined && edit.texts.has(field);
}

import type { Chapter } from '../../../shared/track-details.ts';
import { largestPictureBytes, type Picture } from './picture.ts';
import type { Stretch } from './stretch.ts';

/**
 * A file's fields before anything was read. Written out: V8 keeps an object that grows by names as
 * a table, or makes a new shape of it with each.
 */
const blank = {
  // Of several values the first one that says something is kept.
  title: undefined,
  album: undefined,
  track: undefined,
  tracks: undefined,
  disc: undefined,
  discs: undefined,
  compilation: undefined,
  date: undefined,
  year: undefined,
  /** Of ID3v2.3, "DDMM". */
  dayAndMonth: undefined,
  originalDate: undefined,
  originalYear: undefined,
  comment: undefined,
  lyrics: undefined,
  label: undefined,
  isrc: undefined,
  beatsPerMinute: undefined,
  titleSort: undefined,
  artistSort: undefined,
  albumSort: undefined,
  albumArtistSort: undefined,
  trackGain: undefined,
  trackPeak: undefined,
  albumGain: undefined,
  albumPeak: undefined,
  trackR128: undefined,
  albumR128: undefined,
  recordingId: undefined,
  trackId: undefined,
  releaseId: undefined,
  releaseGroupId: undefined,
  /** What iTunes writes of encoder delay and padding. */
  gapless: undefined,
  cueSheet: undefined,
  // Lists.
  artist: undefined,
  artists: undefined,
  albumArtist: undefined,
  albumArtists: undefined,
  genres: undefined,
  composers: undefined,
  artistIds: undefined,
  albumArtistIds: undefined,
  picture: undefined,
  chapters: undefined,
};

const listFields = [
  'artist',
  'artists',
  'albumArtist',
  'albumArtists',
  'genres',
  'composers',
  'artistIds',
  'albumArtistIds',
] as const;
export type ListField = (typeof listFields)[number];
export type TextField = Exclude<keyof typeof blank, ListField | 'picture' | 'chapters'>;
export type FieldName = TextField | ListField;

/** What one tag of a file says, as written: texts neither cleaned nor understood. */
export type Fields = { [Name in TextField]: string | undefined } & {
  [Name in ListField]: string[] | undefined;
} & { picture: Picture | undefined; chapters: Chapter[] | undefined };

const names = Object.keys(blank) as (keyof Fields)[];
const lists: ReadonlySet<string> = new Set(listFields);
const mostValues = 100;
const mostChapters = 2000;

export function newFields(): Fields {
  return { ...blank };
}

/** What other tags of the file say goes before what is known, of a later one before an earlier. */
export function putAll(fields: Fields, ...others: readonly Fields[]): void {
  for (const other of others) {
    for (const name of names) putField(fields, name, other[name]);
  }
}

/** Adds a value, or several parted by zero bytes. */
export function put(fields: Fields, name: FieldName, text: string): void {
  if (!text.includes('\0')) {
    putOne(fields, name, text);
    return;
  }
  for (const part of text.split('\0', mostValues)) putOne(fields, name, part);
}

/** A front cover goes before any other picture, an earlier one before a later. */
export function putPicture(fields: Fields, bytes: Stretch, isFront: boolean): void {
  if (bytes.length === 0 || bytes.length > largestPictureBytes) return;
  if (fields.picture === undefined || (isFront && !fields.picture.isFront)) {
    fields.picture = { bytes, isFront };
  }
}

export function putChapter(fields: Fields, title: string, seconds: number): void {
  const chapters = (fields.chapters ??= []);
  if (chapters.length < mostChapters) chapters.push({ title, seconds });
}

/** Comments with a name are programs' notes to themselves, some of which we read. */
export function putComment(fields: Fields, describedAs: string, text: string): void {
  if (describedAs === '') put(fields, 'comment', text);
  else if (describedAs === 'iTunSMPB') put(fields, 'gapless', text);
}

function putField<Name extends keyof Fields>(
  fields: Fields,
  name: Name,
  value: Fields[Name],
): void {
  if (value !== undefined) fields[name] = value;
}

function putOne(fields: Fields, name: FieldName, text: string): void {
  const value = text.trim();
  if (value === '') return;
  if (!isList(name)) {
    fields[name] ??= value;
    return;
  }
  const values = (fields[name] ??= []);
  if (values.length < mostValues) values.push(value);
}

function isList(name: FieldName): name is ListField {
  return lists.has(name);
}

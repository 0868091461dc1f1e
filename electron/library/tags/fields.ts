import type { Chapter } from '../../../shared/track-details.ts';

/** Of several values the first one that says something is kept. */
export type TextField =
  | 'title'
  | 'album'
  | 'track'
  | 'tracks'
  | 'disc'
  | 'discs'
  | 'compilation'
  | 'date'
  | 'year'
  /** Of ID3v2.3, "DDMM". */
  | 'dayAndMonth'
  | 'originalDate'
  | 'originalYear'
  | 'comment'
  | 'lyrics'
  | 'label'
  | 'isrc'
  | 'beatsPerMinute'
  | 'titleSort'
  | 'artistSort'
  | 'albumSort'
  | 'albumArtistSort'
  | 'trackGain'
  | 'trackPeak'
  | 'albumGain'
  | 'albumPeak'
  | 'trackR128'
  | 'albumR128'
  | 'recordingId'
  | 'trackId'
  | 'releaseId'
  | 'releaseGroupId'
  /** What iTunes writes of encoder delay and padding. */
  | 'gapless';

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
export type FieldName = TextField | ListField;

export interface Picture {
  /** May be a view on a buffer that the next file overwrites. */
  readonly bytes: Uint8Array;
  readonly isFront: boolean;
}

/** What one tag of a file says, as written: texts neither cleaned nor understood. */
export type Fields = { [Name in TextField]?: string } & { [Name in ListField]?: string[] } & {
  picture?: Picture;
  chapters?: Chapter[];
};

export const largestPictureBytes = 20 * 1024 * 1024;
const lists: ReadonlySet<string> = new Set(listFields);
const mostValues = 100;
const mostChapters = 2000;

/** Adds a value, or several parted by zero bytes. */
export function put(fields: Fields, name: FieldName, text: string): void {
  if (!text.includes('\0')) {
    putOne(fields, name, text);
    return;
  }
  for (const part of text.split('\0', mostValues)) putOne(fields, name, part);
}

/** A front cover goes before any other picture, an earlier one before a later. */
export function putPicture(fields: Fields, bytes: Uint8Array, isFront: boolean): void {
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

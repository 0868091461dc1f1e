import { RefrainError } from '../../../shared/errors.ts';
import {
  fieldsOfLines,
  fieldsOfNames,
  type TagField,
  tagFields,
  type TagValues,
} from '../../../shared/tag-fields.ts';
import type { TrackDetails } from '../../../shared/track-details.ts';
import { cleanPassage, cleanText, splitValues } from '../tags/tag-text.ts';
import type { Tags } from '../tags/tags.ts';
import type { Numbering, Picture, TagEdit, TextField } from './tag-edit.ts';

/** What one file shall say. Fields that are not named stay. */
export interface FileWish {
  readonly values: Partial<TagValues>;
  readonly cover: CoverWish;
  /** 0 to 5, and likes: written only where the listener asked for it. */
  readonly stars?: number;
  readonly liked?: boolean;
}

export type CoverWish =
  | { readonly kind: 'keep' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'set'; readonly hash: string; readonly picture: Picture };

/** What a file says, field by field. */
export function valuesOf({ details, ...tags }: Tags): TagValues {
  return {
    title: one(tags.title),
    artists: tags.artists,
    album: one(tags.album),
    albumArtists: tags.albumArtists,
    genres: tags.genres,
    track: one(tags.track),
    tracks: one(details.tracks),
    disc: one(tags.disc),
    discs: one(details.discs),
    date: one(details.date ?? tags.year),
    originalDate: one(details.originalDate),
    compilation: tags.compilation ? ['1'] : [],
    composers: details.composers ?? [],
    comment: one(details.comment),
    lyrics: one(details.lyrics),
    bpm: one(details.beatsPerMinute),
    titleSort: one(details.titleSort),
    artistSort: one(details.artistSort),
    albumSort: one(details.albumSort),
    albumArtistSort: one(details.albumArtistSort),
  };
}

/** The tags as they will be, for the row of a track whose file has to wait. */
export function tagsWith(tags: Tags, { values, cover }: FileWish): Tags {
  const wished = { ...valuesOf(tags), ...values };
  const [date] = wished.date;
  const details: Record<string, unknown> = { ...tags.details };
  for (const [field, name] of detailFields) {
    const [value] = wished[field];
    if (value === undefined) Reflect.deleteProperty(details, name);
    else details[name] = numberFields.has(field) ? Number(value) : value;
  }
  if (wished.composers.length > 0) details['composers'] = wished.composers;
  else Reflect.deleteProperty(details, 'composers');
  return {
    ...tags,
    title: wished.title[0] ?? '',
    artists: wished.artists,
    album: wished.album[0] ?? '',
    albumArtists: wished.albumArtists,
    genres: wished.genres,
    track: numberOf(wished.track),
    disc: numberOf(wished.disc),
    year: date === undefined ? null : Number(date.slice(0, 4)),
    compilation: wished.compilation.length > 0,
    // A new picture can be shown from the file only, and comes with it.
    picture: cover.kind === 'remove' ? null : tags.picture,
    details,
  };
}

/**
 * Values as the reader will give them back.
 * @throws RefrainError `invalid`, detail the field, when they are none of the field's
 */
export function checkedValues(values: Partial<TagValues>): Partial<TagValues> {
  return Object.fromEntries(
    tagFields.flatMap((field) => {
      const given = values[field];
      return given === undefined ? [] : [[field, checked(field, given)]];
    }),
  );
}

/** What has to be written so that a file says the wish; null: it says so already. */
export function editFor(
  wish: FileWish,
  current: TagValues,
  picture: string | null,
): TagEdit | null {
  const wished = { ...current, ...wish.values };
  const changed = new Set(tagFields.filter((field) => !isSame(wished[field], current[field])));
  const { cover, stars, liked } = wish;
  const isNewCover =
    cover.kind === 'set' ? cover.hash !== picture : cover.kind === 'remove' && picture !== null;
  const isEmpty = changed.size === 0 && !isNewCover && stars === undefined && liked === undefined;
  if (isEmpty) return null;
  return {
    ...wholeEdit(wished, changed),
    ...(isNewCover && { cover: cover.kind === 'set' ? cover.picture : null }),
    ...(stars !== undefined && { stars }),
    ...(liked !== undefined && { liked }),
  };
}

/** The edit that says these fields, or all that are there. */
export function wholeEdit(values: TagValues, fields?: ReadonlySet<TagField>): TagEdit {
  const texts = new Map<TextField, readonly string[]>();
  const isAsked = (field: TagField): boolean => fields?.has(field) ?? values[field].length > 0;
  for (const field of tagFields) {
    if (!isNumbering(field) && isAsked(field)) texts.set(field, values[field]);
  }
  const numbering = (number: TagField, of: TagField): Numbering | null =>
    isAsked(number) || isAsked(of)
      ? { number: values[number][0] ?? '', of: values[of][0] ?? '' }
      : null;
  const track = numbering('track', 'tracks');
  const disc = numbering('disc', 'discs');
  return { texts, ...(track && { track }), ...(disc && { disc }) };
}

export function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, at) => value === b[at]);
}

/** Of a track and a disc, and of how many there are, the most that fit every format. */
const largestNumbers: Partial<Record<TagField, number>> = {
  track: 9999,
  tracks: 9999,
  disc: 999,
  discs: 999,
  bpm: 999,
};
const numberFields: ReadonlySet<TagField> = new Set(Object.keys(largestNumbers) as TagField[]);
const detailFields: readonly (readonly [TagField, keyof TrackDetails])[] = [
  ['tracks', 'tracks'],
  ['discs', 'discs'],
  ['date', 'date'],
  ['originalDate', 'originalDate'],
  ['comment', 'comment'],
  ['lyrics', 'lyrics'],
  ['bpm', 'beatsPerMinute'],
  ['titleSort', 'titleSort'],
  ['artistSort', 'artistSort'],
  ['albumSort', 'albumSort'],
  ['albumArtistSort', 'albumArtistSort'],
];

function checked(field: TagField, given: readonly string[]): readonly string[] {
  if (fieldsOfNames.has(field)) return splitValues(given);
  const text = given.join(' ');
  const value = fieldsOfLines.has(field) ? cleanPassage(text) : cleanText(text);
  if (value === '') return [];
  if (field === 'compilation') return ['1'];
  const most = largestNumbers[field];
  if (most !== undefined) {
    const number = /^\d{1,6}$/.test(value) ? Number(value) : 0;
    if (number < 1 || number > most) throw notOf(field);
    return [String(number)];
  }
  const isDate = field === 'date' || field === 'originalDate';
  if (isDate && !isRealDate(value)) throw notOf(field);
  return [value];
}

function notOf(field: TagField): RefrainError {
  return new RefrainError('invalid', `Not a value of the field ${field}`, { detail: field });
}

/** A year, or with a month, or with a day that the month has. */
function isRealDate(text: string): boolean {
  if (!/^[1-9]\d{3}(?:-\d\d(?:-\d\d)?)?$/.test(text)) return false;
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

function isNumbering(field: TagField): field is Exclude<TagField, TextField> {
  return field === 'track' || field === 'tracks' || field === 'disc' || field === 'discs';
}

function numberOf([value]: readonly string[]): number | null {
  return value === undefined ? null : Number(value);
}

function one(value: string | number | null | undefined): readonly string[] {
  return value === undefined || value === null || value === '' ? [] : [String(value)];
}

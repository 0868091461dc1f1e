import { freeformNames, mp4Names } from '../tags/field-names.ts';
import { isEdited } from './edited-names.ts';
import { atomsIn, makeAtom } from './mp4-atoms.ts';
import {
  likedName,
  likedValue,
  NotWrittenError,
  type Numbering,
  type TagEdit,
  type TextField,
} from './tag-edit.ts';

/** One item of an `ilst`. */
export interface Mp4Item {
  readonly type: string;
  /** All of it, and what follows its head. */
  readonly bytes: Buffer;
  readonly body: Buffer;
}

/** Under which names fields are written; one of more than four letters is of the free form. */
const names: Readonly<Record<TextField, string>> = {
  title: '©nam',
  artists: '©ART',
  album: '©alb',
  albumArtists: 'aART',
  genres: '©gen',
  date: '©day',
  originalDate: 'ORIGINALDATE',
  compilation: 'cpil',
  composers: '©wrt',
  comment: '©cmt',
  lyrics: '©lyr',
  bpm: 'tmpo',
  titleSort: 'sonm',
  artistSort: 'soar',
  albumSort: 'soal',
  albumArtistSort: 'soaa',
};
const freeform = '----';
const iTunes = 'com.apple.iTunes';
const ratingName = 'RATING';
const kinds = { implicit: 0, utf8: 1, jpeg: 13, png: 14, integer: 21 } as const;

/** The items that the edit does not name, byte for byte and in order, and behind them its own. */
export function editedItems(items: readonly Mp4Item[], edit: TagEdit): Buffer {
  const kept = items.filter((item) => !isReplaced(item, edit)).map(({ bytes }) => bytes);
  return Buffer.concat([...kept, ...newItems(items, edit)]);
}

function isReplaced({ type, body }: Mp4Item, edit: TagEdit): boolean {
  if (type === 'covr') return edit.cover !== undefined;
  if (type !== freeform) return isEdited(mp4Names.get(type), edit);
  const name = nameOf(body).toUpperCase();
  if (name === ratingName) return edit.stars !== undefined;
  if (name === likedName.toUpperCase()) return edit.liked !== undefined;
  return isEdited(freeformNames.get(name), edit);
}

function newItems(items: readonly Mp4Item[], edit: TagEdit): Buffer[] {
  const made: Buffer[] = [];
  for (const [field, values] of edit.texts) {
    if (values.length > 0) made.push(textItem(field, values));
  }
  if (edit.track) made.push(...numberItem('trkn', edit.track, 8));
  if (edit.disc) made.push(...numberItem('disk', edit.disc, 6));
  if (edit.cover !== undefined) made.push(...coverItem(items, edit.cover));
  if (edit.stars) made.push(freeformItem(ratingName, [String(edit.stars * 20)]));
  if (edit.liked) made.push(freeformItem(likedName, [likedValue]));
  return made;
}

function textItem(field: TextField, values: readonly string[]): Buffer {
  const name = names[field];
  if (field === 'bpm') return makeAtom(name, data(kinds.integer, number16(Number(values[0]))));
  if (field === 'compilation') return makeAtom(name, data(kinds.integer, Buffer.from([1])));
  if (name.length > 4) return freeformItem(name, values);
  return makeAtom(name, ...values.map((value) => data(kinds.utf8, Buffer.from(value, 'utf8'))));
}

function numberItem(name: string, { number, of }: Numbering, bytes: 6 | 8): Buffer[] {
  if (number === '' && of === '') return [];
  const body = Buffer.alloc(bytes);
  number16(Number(number)).copy(body, 2);
  number16(Number(of)).copy(body, 4);
  return [makeAtom(name, data(kinds.implicit, body))];
}

/** The first picture is the front; those behind it stay. */
function coverItem(items: readonly Mp4Item[], cover: TagEdit['cover']): Buffer[] {
  const old = items.find(({ type }) => type === 'covr')?.body ?? Buffer.alloc(0);
  const others = atomsIn(old, 0, old.length)
    .slice(1)
    .map(({ from, to }) => old.subarray(from, to));
  const kind = cover?.mimeType === 'image/png' ? kinds.png : kinds.jpeg;
  const pictures = [...(cover ? [data(kind, cover.bytes)] : []), ...others];
  return pictures.length === 0 ? [] : [makeAtom('covr', ...pictures)];
}

function freeformItem(name: string, values: readonly string[]): Buffer {
  const noVersion = Buffer.alloc(4);
  return makeAtom(
    freeform,
    makeAtom('mean', noVersion, Buffer.from(iTunes, 'latin1')),
    makeAtom('name', noVersion, Buffer.from(name, 'utf8')),
    ...values.map((value) => data(kinds.utf8, Buffer.from(value, 'utf8'))),
  );
}

function nameOf(body: Buffer): string {
  const name = atomsIn(body, 0, body.length).find(({ type }) => type === 'name');
  return name === undefined ? '' : body.toString('utf8', name.bodyFrom + 4, name.to);
}

function data(kind: number, content: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(kind);
  return makeAtom('data', head, content);
}

function number16(value: number): Buffer {
  if (value > 0xffff) throw new NotWrittenError('too_large');
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(Math.round(value));
  return bytes;
}

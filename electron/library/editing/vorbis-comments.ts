import { vorbisNames } from '../tags/field-names.ts';
import { isEdited } from './edited-names.ts';
import {
  frontCover,
  isCoverReplaced,
  likedName,
  likedValue,
  NotWrittenError,
  type Numbering,
  type Picture,
  type TagEdit,
  type TextField,
} from './tag-edit.ts';

/** The comments of FLAC, Vorbis and Opus. https://xiph.org/vorbis/doc/v-comment.html */
export interface VorbisComments {
  readonly vendor: Buffer;
  readonly comments: readonly Buffer[];
  /** What follows them: framing, padding, or data of its own in Opus. */
  readonly rest: Buffer;
}

/** Under which names fields are written. */
const names: Readonly<Record<TextField, string>> = {
  title: 'TITLE',
  artists: 'ARTIST',
  album: 'ALBUM',
  albumArtists: 'ALBUMARTIST',
  genres: 'GENRE',
  date: 'DATE',
  originalDate: 'ORIGINALDATE',
  compilation: 'COMPILATION',
  composers: 'COMPOSER',
  comment: 'COMMENT',
  lyrics: 'LYRICS',
  bpm: 'BPM',
  titleSort: 'TITLESORT',
  artistSort: 'ARTISTSORT',
  albumSort: 'ALBUMSORT',
  albumArtistSort: 'ALBUMARTISTSORT',
};
const pictureName = 'METADATA_BLOCK_PICTURE';
/** A rating from 0 to 1, and one from 0 to 100: programs know the one or the other. */
const ratingNames = ['FMPS_RATING', 'RATING'] as const;

/** @throws NotWrittenError `damaged` */
export function readComments(bytes: Buffer): VorbisComments {
  let at = 0;
  function length(): number {
    if (at + 4 > bytes.length) throw new NotWrittenError('damaged');
    at += 4;
    return bytes.readUInt32LE(at - 4);
  }
  function piece(): Buffer {
    const from = at + 4;
    at = from + length();
    if (at > bytes.length) throw new NotWrittenError('damaged');
    return bytes.subarray(from, at);
  }
  const vendor = piece();
  const comments: Buffer[] = [];
  for (let left = length(); left > 0; left -= 1) comments.push(piece());
  return { vendor, comments, rest: bytes.subarray(at) };
}

export function writeComments({ vendor, comments, rest }: VorbisComments): Buffer {
  return Buffer.concat([
    ...sized(vendor),
    littleEndian(comments.length),
    ...comments.flatMap(sized),
    rest,
  ]);
}

/**
 * Comments that the edit does not name stay as they are, byte for byte, in their order.
 * @param withPicture where the cover is a comment; FLAC has blocks for it
 */
export function editedComments(
  found: VorbisComments,
  edit: TagEdit,
  withPicture: boolean,
): VorbisComments {
  const covers = withPicture ? coverComments(found.comments, edit) : [];
  const kept = found.comments.filter(
    (comment) => !isReplaced(nameOf(comment), edit) && !covers.includes(comment),
  );
  const fresh = newComments(edit);
  if (withPicture && edit.cover) {
    fresh.push([pictureName, pictureBlock(edit.cover).toString('base64')]);
  }
  return {
    ...found,
    comments: [...kept, ...fresh.map(([name, value]) => Buffer.from(`${name}=${value}`, 'utf8'))],
  };
}

/** A picture as FLAC has it. Its measures are left to whoever decodes it: 0 says so. */
export function pictureBlock({ mimeType, bytes }: Picture): Buffer {
  const mime = Buffer.from(mimeType, 'latin1');
  return Buffer.concat([
    bigEndian(frontCover),
    bigEndian(mime.length),
    mime,
    // No description; width, height, depth and colours unknown.
    Buffer.alloc(5 * 4),
    bigEndian(bytes.length),
    bytes,
  ]);
}

export function pictureKindOf(block: Buffer): number {
  return block.length >= 4 ? block.readUInt32BE(0) : -1;
}

function isReplaced(name: string, edit: TagEdit): boolean {
  if (ratingNames.some((rating) => rating === name)) return edit.stars !== undefined;
  if (name === likedName.toUpperCase()) return edit.liked !== undefined;
  return isEdited(vorbisNames.get(name), edit);
}

function newComments(edit: TagEdit): [string, string][] {
  const made: [string, string][] = [];
  for (const [field, values] of edit.texts) {
    for (const value of values) made.push([names[field], value]);
  }
  if (edit.track) made.push(...numberComments(edit.track, 'TRACK'));
  if (edit.disc) made.push(...numberComments(edit.disc, 'DISC'));
  if (edit.stars) {
    made.push([ratingNames[0], String(edit.stars / 5)], [ratingNames[1], String(edit.stars * 20)]);
  }
  if (edit.liked) made.push([likedName.toUpperCase(), likedValue]);
  return made;
}

function numberComments({ number, of }: Numbering, name: string): [string, string][] {
  const made: [string, string][] = [
    [`${name}NUMBER`, number],
    [`${name}TOTAL`, of],
  ];
  return made.filter(([, value]) => value !== '');
}

function coverComments(comments: readonly Buffer[], edit: TagEdit): Buffer[] {
  const pictures = comments.filter((comment) => nameOf(comment) === pictureName);
  const kinds = pictures.map((comment) =>
    pictureKindOf(Buffer.from(comment.toString('latin1', pictureName.length + 1), 'base64')),
  );
  return pictures.filter((_, place) => isCoverReplaced(kinds, place, edit));
}

function nameOf(comment: Buffer): string {
  const end = comment.indexOf('=');
  return comment.toString('latin1', 0, Math.max(0, end)).toUpperCase();
}

function sized(bytes: Buffer): Buffer[] {
  return [littleEndian(bytes.length), bytes];
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function bigEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

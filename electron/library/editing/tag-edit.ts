import type { EditRefusal } from '../../../shared/editing.ts';
import type { TagField } from '../../../shared/tag-fields.ts';

/** Fields that every format keeps as text of their own; numbers go in pairs. */
export type TextField = Exclude<TagField, 'track' | 'tracks' | 'disc' | 'discs'>;

/** One edit of one file, as its writer wants it. What is absent stays as it is in the file. */
export interface TagEdit {
  /** No values: the field is removed. */
  readonly texts: ReadonlyMap<TextField, readonly string[]>;
  readonly track?: Numbering;
  readonly disc?: Numbering;
  /** Null: the front cover is removed. */
  readonly cover?: Picture | null;
  /** 0 to 5; 0 removes it. */
  readonly stars?: number;
  readonly liked?: boolean;
}

/** "3" of "12"; '' is absent. */
export interface Numbering {
  readonly number: string;
  readonly of: string;
}

export interface Picture {
  readonly mimeType: 'image/jpeg' | 'image/png';
  readonly bytes: Uint8Array;
}

/** A file that is left as it is, with the reason that the listener is told. */
export class NotWrittenError extends Error {
  readonly reason: EditRefusal;

  constructor(reason: EditRefusal, cause?: unknown) {
    super(`Not written: ${reason}`, cause === undefined ? undefined : { cause });
    this.name = 'NotWrittenError';
    this.reason = reason;
  }
}

/** "3/12", "3", "/12" or ''. */
export function slashed({ number, of }: Numbering): string {
  return of === '' ? number : `${number}/${of}`;
}

/** What kind of picture the bytes are, whatever the file is called; null: none that we embed. */
export function pictureType(bytes: Uint8Array): Picture['mimeType'] | null {
  const head = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  if (head.startsWith('ffd8ff')) return 'image/jpeg';
  return head === '89504e470d0a1a0a' ? 'image/png' : null;
}

/** The name under which likes stand in tags, as MusicBee has it; "L" is liked. */
export const likedName = 'Love Rating';
export const likedValue = 'L';

/**
 * Whether a picture gives way to a new front cover, or is the cover that is removed. Where none is
 * marked as the front the first is shown for it; a new one takes its place only if it is of no kind.
 */
export function isCoverReplaced(
  kinds: readonly number[],
  place: number,
  { cover }: TagEdit,
): boolean {
  if (cover === undefined) return false;
  const kind = kinds[place];
  if (kinds.includes(frontCover)) return kind === frontCover;
  return place === 0 && (cover === null || kind === otherPicture);
}

/** The kind of picture in ID3, FLAC and Vorbis comments. */
export const frontCover = 3;
const otherPicture = 0;

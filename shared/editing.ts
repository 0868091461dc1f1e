import { z } from 'zod';
import { mostEditedTracks, type TagField, tagFields } from './tag-fields.ts';
import type { Id } from './track.ts';
import { TrackIds } from './track.ts';

const longestValue = 200_000;
const mostValues = 50;

export const EditedTracks = TrackIds.refine(
  (ids) => ids.length >= 1 && ids.length <= mostEditedTracks,
  'Not a list of 1 to 10,000 ids',
);

/** sha256 of a picture that the listener chose, hexadecimal. */
const PictureHash = z.string().regex(/^[0-9a-f]{64}$/);

/** What the listener wants otherwise. A field that is not named stays as it is in each file. */
export const TagChanges = z.object({
  /** No values: the field is removed. */
  values: z.partialRecord(z.enum(tagFields), z.array(z.string().max(longestValue)).max(mostValues)),
  cover: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('keep') }),
    z.object({ kind: z.literal('remove') }),
    z.object({ kind: z.literal('set'), picture: PictureHash }),
  ]),
  /** Numbers the tracks in the order of their ids, from this one on; null: not. */
  numberFrom: z.int().min(1).max(9999).nullable(),
});
export type TagChanges = z.infer<typeof TagChanges>;

/** What is written: tags, or what the listener gave the tracks in Refrain. */
export const EditWish = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tags'), ids: EditedTracks, changes: TagChanges }),
  /** Null: every track that is rated or liked. */
  z.object({ kind: z.literal('ratings'), ids: EditedTracks.nullable() }),
]);
export type EditWish = z.infer<typeof EditWish>;

/** Why a file was not or can't be written. */
export type EditRefusal =
  /** Tags of this format are read only. */
  | 'format'
  /** It is one of several tracks in its file, by a cue sheet. */
  | 'part'
  | 'damaged'
  /** Several streams in one Ogg file, side by side or one after the other. */
  | 'several_streams'
  /** An MP4 file in fragments without room for longer tags. */
  | 'fragmented'
  /** More than the format or the disk's free bytes hold. */
  | 'too_large'
  | 'no_space'
  | 'read_only'
  /** The file or its folder is not there. */
  | 'gone'
  /** Something else wrote the file since it was looked at. */
  | 'changed'
  /** The old content of all files together would be more than is kept for taking an edit back. */
  | 'undo_full'
  /** What was written did not read as asked, so the file was left as it was. */
  | 'not_as_asked'
  | 'failed';

export type SheetField =
  | { readonly kind: 'same'; readonly values: readonly string[] }
  | { readonly kind: 'absent' }
  /** The tracks differ in it. */
  | { readonly kind: 'varied' };

export interface EditSheet {
  readonly fields: Readonly<Record<TagField, SheetField>>;
  /** The hash of the cover inside the files; null: none has one. */
  readonly cover: { readonly kind: 'same'; readonly picture: string | null } | { kind: 'varied' };
  readonly tracks: number;
  /** Those that can't be written, with the first hundred named. */
  readonly refused: RefusedFiles;
  /** Tracks with an earlier edit that waits until they no longer play. */
  readonly waiting: number;
}

export interface RefusedFiles {
  readonly count: number;
  readonly files: readonly RefusedFile[];
}

export interface RefusedFile {
  readonly id: Id;
  readonly title: string;
  readonly reason: EditRefusal;
}

export interface ChosenCover {
  readonly picture: string;
  readonly bytes: number;
}

export interface FieldChange {
  readonly field: TagField | 'cover' | 'rating' | 'liked';
  /** As one line; '' is absent. Of covers, ratings and likes in files nothing is said. */
  readonly from: string;
  readonly to: string;
}

export interface EditPreview {
  /** To apply it. Only the newest can be. */
  readonly id: Id;
  readonly tracks: number;
  /** How many files would be written. */
  readonly changing: number;
  /** Of these, how many wait until they no longer play. */
  readonly waiting: number;
  /** The first two hundred of them. */
  readonly changes: readonly {
    readonly id: Id;
    readonly title: string;
    readonly fields: readonly FieldChange[];
  }[];
  readonly refused: RefusedFiles;
}

export interface EditProgress {
  readonly done: number;
  readonly total: number;
}

export interface EditResult {
  /** Names the edit for taking it back. */
  readonly edit: Id;
  readonly written: number;
  /** Written as soon as the track no longer plays. */
  readonly waiting: number;
  readonly refused: RefusedFiles;
  readonly cancelled: boolean;
}

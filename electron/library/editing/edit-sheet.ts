import type {
  EditPreview,
  EditRefusal,
  EditSheet,
  FieldChange,
  RefusedFile,
  RefusedFiles,
  SheetField,
} from '../../../shared/editing.ts';
import {
  type TagField,
  tagFields,
  type TagValues,
  valueSeparator,
} from '../../../shared/tag-fields.ts';
import { type FileWish, isSame } from './tag-values.ts';

const mostNamed = 100;
const mostShown = 200;
const longestShown = 200;

/** What several tracks say together, gathered one by one. */
export function gatherSheet() {
  let fields: Record<TagField, SheetField> | null = null;
  let cover: EditSheet['cover'] | null = null;
  let tracks = 0;
  return {
    add(values: TagValues, picture: string | null): void {
      tracks += 1;
      const before = fields;
      fields = record((field) => together(before?.[field], values[field]));
      const isOther = cover?.kind === 'same' && cover.picture !== picture;
      if (cover === null) cover = { kind: 'same', picture };
      else if (isOther) cover = { kind: 'varied' };
    },
    sheet: (refused: RefusedFiles, waiting: number): EditSheet => ({
      fields: fields ?? record(() => ({ kind: 'absent' })),
      cover: cover ?? { kind: 'same', picture: null },
      tracks,
      refused,
      waiting,
    }),
  };
}

/** Counts all, names the first hundred. */
export function gatherRefused() {
  const files: RefusedFile[] = [];
  let count = 0;
  return {
    add(id: number, title: string, reason: EditRefusal): void {
      count += 1;
      if (files.length < mostNamed) files.push({ id, title, reason });
    },
    all: (): RefusedFiles => ({ count, files: [...files] }),
  };
}

/** What a wish changes in one file, for the listener to read. */
export function changesOf(
  wish: FileWish,
  current: TagValues,
  picture: string | null,
): FieldChange[] {
  const changes: FieldChange[] = tagFields.flatMap((field) => {
    const wished = wish.values[field];
    if (wished === undefined || isSame(wished, current[field])) return [];
    return [{ field, from: shown(current[field]), to: shown(wished) }];
  });
  const { cover, stars, liked } = wish;
  if (cover.kind === 'set' && cover.hash !== picture) {
    changes.push({ field: 'cover', from: picture ?? '', to: cover.hash });
  }
  if (cover.kind === 'remove' && picture !== null) {
    changes.push({ field: 'cover', from: picture, to: '' });
  }
  if (stars !== undefined) changes.push({ field: 'rating', from: '', to: String(stars || '') });
  if (liked !== undefined) changes.push({ field: 'liked', from: '', to: liked ? '1' : '' });
  return changes;
}

export function gatherChanges() {
  const shownChanges: EditPreview['changes'][number][] = [];
  return {
    add(change: EditPreview['changes'][number]): void {
      if (shownChanges.length < mostShown) shownChanges.push(change);
    },
    all: (): EditPreview['changes'] => shownChanges,
  };
}

function record(make: (field: TagField) => SheetField): Record<TagField, SheetField> {
  return Object.fromEntries(tagFields.map((field) => [field, make(field)])) as Record<
    TagField,
    SheetField
  >;
}

function together(before: SheetField | undefined, values: readonly string[]): SheetField {
  const own: SheetField = values.length === 0 ? { kind: 'absent' } : { kind: 'same', values };
  if (before === undefined) return own;
  if (before.kind === 'same' && own.kind === 'same') {
    return isSame(before.values, values) ? before : { kind: 'varied' };
  }
  return before.kind === own.kind ? before : { kind: 'varied' };
}

function shown(values: readonly string[]): string {
  const text = values.join(valueSeparator);
  return text.length > longestShown ? `${text.slice(0, longestShown)}…` : text;
}

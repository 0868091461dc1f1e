import type { EditSheet, TagChanges } from '../../shared/editing.ts';
import {
  fieldsOfNames,
  type TagField,
  type TagValues,
  valueSeparator,
} from '../../shared/tag-fields.ts';

/** What the listener has typed so far. */
export interface Draft {
  /** As it stands in its field; a field that is not named was not touched, '' is removed. */
  readonly texts: Partial<Record<TagField, string>>;
  readonly cover: TagChanges['cover'];
  /** Tracks are numbered in their order. */
  readonly numbers: boolean;
}

export const emptyDraft: Draft = { texts: {}, cover: { kind: 'keep' }, numbers: false };

/** What the files say of a field, as it stands in the form; '' where they differ. */
export function textOf(sheet: EditSheet, field: TagField): string {
  const found = sheet.fields[field];
  return found.kind === 'same' ? found.values.join(valueSeparator) : '';
}

/** The draft without texts that say what all files say already. */
export function changesOf({ texts, cover, numbers }: Draft, sheet: EditSheet): TagChanges {
  const values: { -readonly [Field in TagField]?: string[] } = {};
  for (const [field, text] of textsOf(texts)) {
    const isSame = sheet.fields[field].kind !== 'varied' && textOf(sheet, field) === text;
    if (!isSame) values[field] = valuesOf(field, text);
  }
  return { values, cover, numberFrom: numbers ? 1 : null };
}

export function isChanged(draft: Draft, sheet: EditSheet): boolean {
  const { values, cover, numberFrom } = changesOf(draft, sheet);
  return Object.keys(values).length > 0 || cover.kind !== 'keep' || numberFrom !== null;
}

function textsOf(texts: Draft['texts']): [TagField, string][] {
  return Object.entries(texts) as [TagField, string][];
}

function valuesOf(field: TagField, text: string): [...TagValues[TagField]] {
  if (text.trim() === '') return [];
  return fieldsOfNames.has(field) ? text.split(valueSeparator) : [text];
}

import type { TagEdit, TextField } from './tag-edit.ts';

export const id3v1Bytes = 128;
const noGenre = 255;
const places: readonly (readonly [TextField, number, number])[] = [
  ['title', 3, 30],
  ['artists', 33, 30],
  ['album', 63, 30],
  ['date', 93, 4],
  ['comment', 97, 28],
];

/** The old tag of fixed length, as far as it can say what the edit says. https://id3.org/ID3v1 */
export function editedId3v1(tag: Buffer, edit: TagEdit): Buffer {
  const edited = Buffer.from(tag);
  for (const [field, from, length] of places) {
    const values = edit.texts.get(field);
    if (values === undefined) continue;
    // Beyond Latin letters it has no signs; a comment's last two bytes may be the track's.
    const text = values.join(', ').replaceAll(/[^\x20-\xff]/gu, '?');
    edited.fill(0, from, from + length).write(text.slice(0, length), from, 'latin1');
  }
  if (edit.track !== undefined) {
    const number = Number(edit.track.number);
    edited[125] = 0;
    edited[126] = number <= 255 ? number : 0;
  }
  // It knows a genre by a number only, and few of them.
  if (edit.texts.has('genres')) edited[127] = noGenre;
  return edited;
}

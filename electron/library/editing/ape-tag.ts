import { apeNames } from '../tags/field-names.ts';
import { isEdited } from './edited-names.ts';
import { bytesPiece, copyPiece, type OldFile, type Piece } from './pieces.ts';
import { NotWrittenError, slashed, type TagEdit, type TextField } from './tag-edit.ts';

/** An APEv2 tag at the end of a file. https://wiki.hydrogenaud.io/index.php?title=APEv2_specification */
export interface FoundApe {
  readonly from: number;
  readonly hasHeader: boolean;
  readonly items: readonly ApeItem[];
  readonly foot: Buffer;
}

interface ApeItem {
  /** In capitals. */
  readonly key: string;
  /** Its place in the file. */
  readonly from: number;
  readonly to: number;
}

const footBytes = 32;
const headerFlag = 0x8000_0000;
const isHeaderFlag = 0x2000_0000;

/** Under which names fields are written. */
const names: Readonly<Record<TextField, string>> = {
  title: 'Title',
  artists: 'Artist',
  album: 'Album',
  albumArtists: 'Album Artist',
  genres: 'Genre',
  date: 'Year',
  originalDate: 'OriginalDate',
  compilation: 'Compilation',
  composers: 'Composer',
  comment: 'Comment',
  lyrics: 'Lyrics',
  bpm: 'BPM',
  titleSort: 'TitleSort',
  artistSort: 'ArtistSort',
  albumSort: 'AlbumSort',
  albumArtistSort: 'AlbumArtistSort',
};
const coverName = 'Cover Art (Front)';
const coverKey = coverName.toUpperCase();

/** @param end where the tag must end. @throws NotWrittenError `damaged` */
export async function findApe(file: OldFile, end: number): Promise<FoundApe | null> {
  if (end < footBytes) return null;
  const foot = await file.read(end - footBytes, footBytes);
  if (foot.toString('latin1', 0, 8) !== 'APETAGEX') return null;
  const size = foot.readUInt32LE(12);
  const hasHeader = (foot.readUInt32LE(20) & headerFlag) !== 0;
  const itemsFrom = end - size;
  const from = itemsFrom - (hasHeader ? footBytes : 0);
  if (size < footBytes || from < 0) throw new NotWrittenError('damaged');
  const bytes = await file.read(itemsFrom, size - footBytes);
  return { from, hasHeader, items: readItems(bytes, itemsFrom, foot.readUInt32LE(16)), foot };
}

/**
 * The tag with the edit in what it says already. What only ID3 says is left to it: two tags that say
 * a thing can only come to contradict each other.
 */
export function editedApe({ items, hasHeader, foot }: FoundApe, edit: TagEdit): Piece[] {
  const replaced = items.filter(({ key }) => isReplaced(key, edit));
  const kept = items.filter((item) => !replaced.includes(item));
  const said = new Set(replaced.map(({ key }) => (key === coverKey ? key : apeNames.get(key))));
  const made = newItems(edit).filter(({ key }) =>
    said.has(key === coverKey ? key : apeNames.get(key)),
  );
  const count = kept.length + made.length;
  if (count === 0) return [];
  const fresh = Buffer.concat(made.map(({ item }) => item));
  const rim = Buffer.from(foot);
  const size = kept.reduce((sum, { from, to }) => sum + to - from, fresh.length + footBytes);
  rim.writeUInt32LE(size, 12);
  rim.writeUInt32LE(count, 16);
  const head = Buffer.from(rim);
  head.writeUInt32LE((rim.readUInt32LE(20) | isHeaderFlag) >>> 0, 20);
  return [
    ...(hasHeader ? [bytesPiece(head)] : []),
    ...kept.map(({ from, to }) => copyPiece(from, to)),
    bytesPiece(fresh, rim),
  ];
}

function isReplaced(key: string, edit: TagEdit): boolean {
  return key === coverKey ? edit.cover !== undefined : isEdited(apeNames.get(key), edit);
}

interface NewItem {
  readonly key: string;
  readonly item: Buffer;
}

function newItems(edit: TagEdit): NewItem[] {
  const made: NewItem[] = [];
  function add(name: string, content: Uint8Array, flags = 0): void {
    made.push({ key: name.toUpperCase(), item: makeItem(name, content, flags) });
  }
  function addText(name: string, text: string): void {
    if (text !== '') add(name, Buffer.from(text, 'utf8'));
  }
  for (const [field, values] of edit.texts) addText(names[field], values.join('\0'));
  if (edit.track) addText('Track', slashed(edit.track));
  if (edit.disc) addText('Disc', slashed(edit.disc));
  if (edit.cover) {
    const ending = edit.cover.mimeType === 'image/png' ? 'png' : 'jpg';
    add(coverName, Buffer.concat([Buffer.from(`cover.${ending}\0`), edit.cover.bytes]), binaryFlag);
  }
  return made;
}

const binaryFlag = 2;

function makeItem(name: string, content: Uint8Array, flags: number): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(content.length, 0);
  head.writeUInt32LE(flags, 4);
  return Buffer.concat([head, Buffer.from(`${name}\0`, 'latin1'), content]);
}

function readItems(bytes: Buffer, place: number, count: number): ApeItem[] {
  const items: ApeItem[] = [];
  let at = 0;
  while (at < bytes.length && items.length < count) {
    const keyEnd = bytes.indexOf(0, at + 8);
    const to = keyEnd < 0 ? Infinity : keyEnd + 1 + bytes.readUInt32LE(at);
    if (to > bytes.length) throw new NotWrittenError('damaged');
    const key = bytes.toString('latin1', at + 8, keyEnd).toUpperCase();
    items.push({ key, from: place + at, to: place + to });
    at = to;
  }
  if (at !== bytes.length || items.length !== count) throw new NotWrittenError('damaged');
  return items;
}

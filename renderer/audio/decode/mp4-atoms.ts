import type { MediaFile } from './media-file.ts';

type Bytes = Pick<MediaFile, 'size' | 'bytesAt'>;

interface Atom {
  readonly name: string;
  /** Of its content, in bytes from the file's start. */
  readonly start: number;
  readonly end: number;
}

/** No honest file has more atoms on one level; a forged one must not keep us reading. */
const atomsPerLevel = 500;

/** The longest iTunSMPB value in use is 118 bytes; sample descriptions of sound are as short. */
const valueBytes = 512;

/**
 * The value of a free-form iTunes tag, e.g. `iTunSMPB`; null when the file has none.
 * @see https://developer.apple.com/documentation/quicktime-file-format/metadata_item_list_atom
 */
export async function readItunesTag(file: Bytes, tag: string): Promise<string | null> {
  const root: Atom = { name: '', start: 0, end: file.size };
  const list = await descend(file, root, ['moov', 'udta', 'meta', 'ilst']);
  if (list === null) return null;
  for await (const item of children(file, list)) {
    if (item.name !== '----') continue;
    const name = await descend(file, item, ['name']);
    // Four bytes of version and flags stand in front of the name, four of locale more of the value.
    if (name === null || (await text(file, name, 4)) !== tag) continue;
    const data = await descend(file, item, ['data']);
    return data === null ? null : text(file, data, 8);
  }
  return null;
}

/** What every track of the file says of its samples' codec, one after the other, bounded in size. */
export async function readSampleDescriptions(file: Bytes): Promise<readonly Uint8Array[]> {
  const root: Atom = { name: '', start: 0, end: file.size };
  const movie = await descend(file, root, ['moov']);
  if (movie === null) return [];
  const descriptions: Uint8Array[] = [];
  for await (const track of children(file, movie)) {
    if (track.name !== 'trak') continue;
    const found = await descend(file, track, ['mdia', 'minf', 'stbl', 'stsd']);
    if (found === null) continue;
    const length = Math.min(valueBytes, found.end - found.start);
    descriptions.push((await file.bytesAt(found.start, length)).slice());
  }
  return descriptions;
}

async function descend(file: Bytes, from: Atom, path: readonly string[]): Promise<Atom | null> {
  const [name, ...rest] = path;
  if (name === undefined) return from;
  for await (const atom of children(file, from)) {
    if (atom.name === name) return descend(file, atom, rest);
  }
  return null;
}

async function* children(file: Bytes, parent: Atom): AsyncGenerator<Atom> {
  // `meta` is a full atom: version and flags come before what it holds.
  let at = parent.start + (parent.name === 'meta' ? 4 : 0);
  for (let count = 0; count < atomsPerLevel && at + 8 <= parent.end; count += 1) {
    const header = await file.bytesAt(at, 16);
    if (header.length < 8) return;
    const view = new DataView(header.buffer, header.byteOffset, header.byteLength);
    const short = view.getUint32(0);
    const long = short === 1 && header.length === 16;
    const size = long ? Number(view.getBigUint64(8)) : short === 0 ? parent.end - at : short;
    const start = at + (long ? 16 : 8);
    const end = at + size;
    if (end < start || end > parent.end) return;
    yield { name: String.fromCharCode(...header.subarray(4, 8)), start, end };
    at = end;
  }
}

async function text(file: Bytes, atom: Atom, skipBytes: number): Promise<string> {
  const start = atom.start + skipBytes;
  const bytes = await file.bytesAt(start, Math.min(valueBytes, atom.end - start));
  return new TextDecoder().decode(bytes);
}

import { type Fields, put, putChapter, putPicture } from './fields.ts';
import { vorbisNames } from './field-names.ts';
import { stepAside } from './head-file.ts';
import { partOf, type Stretch, stretchOf } from './stretch.ts';

/**
 * Vorbis comments, as FLAC, Vorbis and Opus have them. https://xiph.org/vorbis/doc/v-comment.html
 * @param at where the vendor's length stands
 */
export function readVorbisComment(fields: Fields, bytes: Buffer, at: number, end: number): void {
  let next = at + 4 + bytes.readUInt32LE(at);
  if (next + 4 > end) stepAside();
  const count = bytes.readUInt32LE(next);
  next += 4;
  for (let entry = 0; entry < count; entry += 1) {
    if (next + 4 > end) stepAside();
    const length = bytes.readUInt32LE(next);
    const from = next + 4;
    next = from + length;
    if (next > end) stepAside();
    const equals = bytes.indexOf(0x3d, from);
    if (equals < 0 || equals >= next) continue;
    const key = bytes.toString('latin1', from, equals);
    const name = vorbisNames.get(key) ?? vorbisNames.get(key.toUpperCase());
    if (name !== undefined) put(fields, name, bytes.toString('utf8', equals + 1, next));
    else readOther(fields, key.toUpperCase(), bytes, equals + 1, next);
  }
}

/** https://www.rfc-editor.org/rfc/rfc9639#section-8.8 */
export function readPictureBlock(fields: Fields, block: Stretch): void {
  const kind = numberAt(block, 0);
  const describedAt = 8 + numberAt(block, 4);
  // Behind the description: width, height, depth, colours and the picture's length.
  const pictureAt = describedAt + 4 + numberAt(block, describedAt) + 20;
  const length = numberAt(block, pictureAt - 4);
  if (pictureAt + length > block.length) stepAside();
  putPicture(fields, partOf(block, pictureAt, length), kind === 3);
}

/** What needs more than a name; of parsers' answers too. */
export function readChapterComment(fields: Fields, key: string, text: string): void {
  const found = /^CHAPTER(\d{3})(NAME)?$/.exec(key);
  if (found === null) return;
  const chapters = (fields.chapters ??= []);
  const isName = found[2] !== undefined;
  const last = chapters.at(-1);
  // A chapter's name stands behind its time.
  if (isName && last?.title === '') chapters[chapters.length - 1] = { ...last, title: text };
  if (!isName) putChapter(fields, '', clockSeconds(text));
}

function readOther(fields: Fields, key: string, bytes: Buffer, from: number, to: number): void {
  if (key === 'METADATA_BLOCK_PICTURE') {
    readPictureBlock(fields, stretchOf(Buffer.from(bytes.toString('latin1', from, to), 'base64')));
  } else if (key.startsWith('CHAPTER')) {
    readChapterComment(fields, key, bytes.toString('utf8', from, to));
  }
}

function numberAt(block: Stretch, at: number): number {
  return at + 4 > block.length ? stepAside() : block.bytes(at, 4).readUInt32BE(0);
}

/** "01:02:03.456" */
function clockSeconds(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return hours * 3600 + minutes * 60 + seconds;
}

import { type Fields, put, putChapter, putComment, putPicture } from './fields.ts';
import { freeformNames, id3Names } from './field-names.ts';
import { id3Genres } from './genres.ts';
import { stepAside } from './head-file.ts';
import { partOf, type Stretch } from './stretch.ts';

/** Of a picture's type and description. */
const mostPictureTextBytes = 2 * 1024;

/** @param id as since 2.3 */
export function readFrame(fields: Fields, id: string, frame: Stretch, version: number): void {
  if (frame.length === 0) return;
  const name = id3Names.get(id);
  if (id === 'APIC') {
    readPicture(fields, frame, version);
    return;
  }
  const content = frame.bytes(0, frame.length);
  if (name === 'genres') putId3Genres(fields, textOf(content, 1, content.length));
  else if (name !== undefined) put(fields, name, textOf(content, 1, content.length));
  else readOther(fields, id, content, version);
}

/** Each of several genres may be coded. */
export function putId3Genres(fields: Fields, text: string): void {
  for (const part of text.split('\0', 100)) {
    for (const genre of id3Genres(part.trim())) put(fields, 'genres', genre);
  }
}

/** Lyrics with a time for each line, as LRC: "[01:02.34]line". */
export function lrcLine(milliseconds: number, line: string): string {
  const hundredths = Math.floor(milliseconds / 10);
  const minutes = String(Math.floor(hundredths / 6000)).padStart(2, '0');
  const seconds = String(Math.floor(hundredths / 100) % 60).padStart(2, '0');
  const text = line.replaceAll(/[\r\n]+/g, ' ').trim();
  return `[${minutes}:${seconds}.${String(hundredths % 100).padStart(2, '0')}]${text}`;
}

function readOther(fields: Fields, id: string, content: Buffer, version: number): void {
  switch (id) {
    case 'TXXX': {
      const [description, at] = textUntilZero(content, 1);
      const name = freeformNames.get(description.toUpperCase());
      if (name !== undefined) put(fields, name, textOf(content, at, content.length));
      break;
    }
    case 'COMM': {
      const [description, at] = textUntilZero(content, 4);
      putComment(fields, description, textUntilZero(content, at)[0]);
      break;
    }
    case 'USLT': {
      const at = textUntilZero(content, 4)[1];
      put(fields, 'lyrics', textUntilZero(content, at)[0]);
      break;
    }
    case 'SYLT':
      readTimedLyrics(fields, content);
      break;
    case 'UFID': {
      const zero = content.indexOf(0);
      const owner = content.toString('latin1', 0, Math.max(0, zero));
      if (owner === 'http://musicbrainz.org') {
        put(fields, 'recordingId', content.toString('latin1', zero + 1));
      }
      break;
    }
    case 'CHAP':
      readChapter(fields, content, version);
      break;
  }
}

function readPicture(fields: Fields, frame: Stretch, version: number): void {
  const texts = frame.bytes(0, Math.min(frame.length, mostPictureTextBytes));
  const zero = texts.indexOf(0, 1);
  if (zero < 0) stepAside();
  // Of 2.2 three letters; since then a MIME type that a zero ends.
  const kindAt = version === 2 ? 4 : zero + 1;
  const at = textUntilZero(texts, kindAt + 1)[1];
  // A description that goes on beyond what was read.
  if (at === texts.length && at < frame.length) stepAside();
  putPicture(fields, partOf(frame, at, frame.length - at), texts.readUInt8(kindAt) === 3);
}

/** Timed in milliseconds; those timed in frames of MPEG are left out. */
function readTimedLyrics(fields: Fields, content: Buffer): void {
  if (content.readUInt8(4) !== 2) return;
  let at = textUntilZero(content, 6)[1];
  const lines: string[] = [];
  while (at < content.length) {
    const [line, next] = textUntilZero(content, at);
    lines.push(lrcLine(content.readUInt32BE(next), line));
    at = next + 4;
  }
  put(fields, 'lyrics', lines.join('\n'));
}

/** https://id3.org/id3v2-chapters-1.0 */
function readChapter(fields: Fields, content: Buffer, version: number): void {
  const infoAt = content.indexOf(0) + 1;
  const titleAt = infoAt + 16;
  if (content.toString('latin1', titleAt, titleAt + 4) !== 'TIT2') stepAside();
  const length = content.readUInt32BE(titleAt + 4);
  const end = titleAt + 10 + length;
  if (version === 2 || length > 127 || end > content.length) stepAside();
  const text = content.subarray(titleAt + 10, end);
  putChapter(fields, textOf(text, 1, text.length), content.readUInt32BE(infoAt) / 1000);
}

/** In the encoding that the frame's first byte names. https://id3.org/id3v2.4.0-structure § 4 */
function textOf(content: Buffer, from: number, to: number): string {
  switch (content.readUInt8(0)) {
    case 0:
      return narrowText(content, from, to, 'latin1');
    case 1:
      return wideText(content, from, to, content[from] === 0xfe && content[from + 1] === 0xff);
    case 2:
      return wideText(content, from, to, true);
    case 3:
      return narrowText(content, from, to, 'utf8');
    default:
      return stepAside();
  }
}

function narrowText(content: Buffer, from: number, to: number, encoding: BufferEncoding): string {
  // The mark of UTF-16: one of the two is wrong.
  if (content[from] === 0xff && content[from + 1] === 0xfe) stepAside();
  return content.toString(encoding, from, to);
}

function wideText(content: Buffer, from: number, to: number, isBigEndian: boolean): string {
  if ((to - from) % 2 !== 0) stepAside();
  if (!isBigEndian) return content.toString('utf16le', from, to);
  return Buffer.from(content.subarray(from, to)).swap16().toString('utf16le');
}

/** The text from `at`, and where what follows its zero begins; without one it goes to the end. */
function textUntilZero(content: Buffer, at: number): readonly [text: string, next: number] {
  if (at > content.length) stepAside();
  const isWide = content[0] === 1 || content[0] === 2;
  let zero = content.indexOf(0, at);
  if (isWide) {
    while (zero >= 0 && ((zero - at) % 2 !== 0 || content[zero + 1] !== 0)) {
      zero = content.indexOf(0, zero + 1);
    }
  }
  if (zero < 0) return [stripped(textOf(content, at, content.length)), content.length];
  return [stripped(textOf(content, at, zero)), Math.min(content.length, zero + (isWide ? 2 : 1))];
}

/** Without the mark of byte order. */
function stripped(text: string): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

import { type Fields, newFields, put } from './fields.ts';
import { genreOf } from './genres.ts';

export const id3v1Bytes = 128;
/** By so much of a file's end it is known which tags stand there: this one, and APE's footer. */
export const trailerBytes = id3v1Bytes + 32;

/** @param end the file's last bytes; null: they hold no tag. https://id3.org/ID3v1 */
export function readId3v1(end: Buffer): Fields | null {
  const at = end.length - id3v1Bytes;
  if (at < 0 || end.toString('latin1', at, at + 3) !== 'TAG') return null;
  const fields = newFields();
  const hasTrack = end[at + 125] === 0 && end[at + 126] !== 0;
  put(fields, 'title', text(end, at + 3, 30));
  put(fields, 'artist', text(end, at + 33, 30));
  put(fields, 'album', text(end, at + 63, 30));
  put(fields, 'date', text(end, at + 93, 4));
  put(fields, 'comment', text(end, at + 97, hasTrack ? 28 : 30));
  if (hasTrack) put(fields, 'track', String(end[at + 126]));
  put(fields, 'genres', genreOf(end.readUInt8(at + 127)));
  return fields;
}

function text(bytes: Buffer, at: number, length: number): string {
  const zero = bytes.indexOf(0, at);
  const end = zero < 0 || zero > at + length ? at + length : zero;
  return bytes.toString('latin1', at, end);
}

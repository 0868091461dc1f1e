import { type Fields, newFields, put, putPicture } from './fields.ts';
import { apeNames } from './field-names.ts';
import { stepAside } from './head-file.ts';
import { stretchOf } from './stretch.ts';

const footerBytes = 32;
/** Larger ones hold pictures too large to keep. */
const mostApeBytes = 24 * 1024 * 1024;

/**
 * Length of the tag that ends `behind` bytes before the file's end, 0 without one.
 * https://wiki.hydrogenaud.io/index.php?title=APEv2_specification
 */
export function apeTagBytes(end: Buffer, behind: number): number {
  const at = end.length - behind - footerBytes;
  // Lyrics between the two kinds of tags, of a kind that nothing writes any more.
  if (end.toString('latin1', at + footerBytes - 9, at + footerBytes) === 'LYRICS200') stepAside();
  if (at < 0 || end.toString('latin1', at, at + 8) !== 'APETAGEX') return 0;
  const size = end.readUInt32LE(at + 12);
  const flags = end.readUInt32LE(at + 20);
  const isHeader = (flags & 0x2000_0000) !== 0;
  if (isHeader || size < footerBytes || size > mostApeBytes) stepAside();
  return (flags & 0x8000_0000) === 0 ? size : size + footerBytes;
}

/** @param tag with its header, if it has one, and its footer */
export function readApe(tag: Buffer): Fields {
  const fields = newFields();
  const end = tag.length - footerBytes;
  const count = tag.readUInt32LE(end + 16);
  const isHeaderFirst = tag.toString('latin1', 0, 8) === 'APETAGEX';
  let at = isHeaderFirst ? footerBytes : 0;
  for (let item = 0; item < count; item += 1) {
    if (at + 10 > end) stepAside();
    const size = tag.readUInt32LE(at);
    const kind = (tag.readUInt32LE(at + 4) >> 1) & 3;
    const zero = tag.indexOf(0, at + 8);
    if (zero < 0 || zero > at + 8 + 255 || zero + 1 + size > end) stepAside();
    readItem(
      fields,
      tag.toString('latin1', at + 8, zero).toUpperCase(),
      kind,
      tag.subarray(zero + 1, zero + 1 + size),
    );
    at = zero + 1 + size;
  }
  if (at !== end) stepAside();
  return fields;
}

function readItem(fields: Fields, key: string, kind: number, value: Buffer): void {
  const name = apeNames.get(key);
  if (kind === 0 && name !== undefined) put(fields, name, value.toString('utf8'));
  if (kind === 1 && key.startsWith('COVER ART (')) {
    // A file name, a zero byte, the picture.
    const zero = value.indexOf(0);
    if (zero >= 0)
      putPicture(fields, stretchOf(value.subarray(zero + 1)), key === 'COVER ART (FRONT)');
  }
}

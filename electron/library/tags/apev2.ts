import { type Fields, put, putPicture } from './fields.ts';
import { apeNames } from './field-names.ts';
import { stepAside } from './head-file.ts';

export const apeFooterBytes = 32;
/** Larger ones hold pictures too large to keep. */
const mostApeBytes = 24 * 1024 * 1024;

/**
 * Bytes of the items and the footer of the tag that ends where `bytes` does, 0 without one.
 * https://wiki.hydrogenaud.io/index.php?title=APEv2_specification
 */
export function apeTagBytes(bytes: Buffer): number {
  const at = bytes.length - apeFooterBytes;
  if (at < 0 || bytes.toString('latin1', at, at + 8) !== 'APETAGEX') return 0;
  const size = bytes.readUInt32LE(at + 12);
  const isHeader = (bytes.readUInt32LE(at + 20) & 0x2000_0000) !== 0;
  if (isHeader || size < apeFooterBytes || size > mostApeBytes) stepAside();
  return size;
}

/** Whether the tag with this footer has a header too, of the footer's size, in front. */
export function hasApeHeader(bytes: Buffer): boolean {
  return (bytes.readUInt32LE(bytes.length - 12) & 0x8000_0000) !== 0;
}

/** @param tag items and footer */
export function readApe(tag: Buffer): Fields {
  const fields: Fields = {};
  const end = tag.length - apeFooterBytes;
  const count = tag.readUInt32LE(end + 16);
  let at = 0;
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
    if (zero >= 0) putPicture(fields, value.subarray(zero + 1), key === 'COVER ART (FRONT)');
  }
}

import { type Fields, put, putPicture } from './fields.ts';
import { freeformNames, mp4Names } from './field-names.ts';
import { genreOf } from './genres.ts';
import { stepAside } from './head-file.ts';
import { type Atom, innerAtoms } from './mp4-atoms.ts';
import { stretchOf } from './stretch.ts';

/** Kinds of values. https://developer.apple.com/documentation/quicktime-file-format/well-known_types */
const kinds = {
  implicit: 0,
  utf8: 1,
  genius: 18,
  jpeg: 13,
  png: 14,
  signed: 21,
  unsigned: 22,
  bmp: 27,
};

/** Tracks or discs. */
const mostOfAll = 9999;

/** The items of iTunes' list. @param list the body of "ilst" */
export function readItems(fields: Fields, list: Buffer): void {
  for (const item of innerAtoms(list)) {
    const body = list.subarray(item.bodyAt, item.end);
    const atoms = innerAtoms(body);
    const name = item.name === '----' ? freeformName(body, atoms) : mp4Names.get(item.name);
    if (name === undefined && item.name !== 'covr') continue;
    for (const atom of atoms) {
      if (atom.name !== 'data') continue;
      const kind = body.readUInt32BE(atom.bodyAt);
      const value = body.subarray(atom.bodyAt + 8, atom.end);
      if (name === undefined) readCover(fields, kind, value);
      else put(fields, name, textOf(item.name, kind, value));
    }
  }
}

function freeformName(body: Buffer, atoms: readonly Atom[]): ReturnType<typeof freeformNames.get> {
  const mean = fullAtomText(body, atoms, 'mean');
  const name = fullAtomText(body, atoms, 'name');
  return mean === 'com.apple.iTunes' ? freeformNames.get(name.toUpperCase()) : undefined;
}

/** Behind version and flags. */
function fullAtomText(body: Buffer, atoms: readonly Atom[], name: string): string {
  const atom = atoms.find((found) => found.name === name);
  return atom ? body.toString('utf8', atom.bodyAt + 4, atom.end) : '';
}

function readCover(fields: Fields, kind: number, value: Buffer): void {
  const isPicture =
    kind === kinds.jpeg || kind === kinds.png || kind === kinds.bmp || kind === kinds.implicit;
  // All are covers; the first is the front.
  if (isPicture) putPicture(fields, stretchOf(value), false);
}

function textOf(item: string, kind: number, value: Buffer): string {
  switch (kind) {
    case kinds.utf8:
    case kinds.genius:
      return value.toString('utf8');
    case kinds.signed:
      return value.length >= 1 && value.length <= 6 ? String(value.readIntBE(0, value.length)) : '';
    case kinds.unsigned:
      return value.length >= 1 && value.length <= 6
        ? String(value.readUIntBE(0, value.length))
        : '';
    case kinds.implicit:
      return implicitText(item, value);
    default:
      return '';
  }
}

function implicitText(item: string, value: Buffer): string {
  if (item === 'gnre') return genreOf(value.readUInt16BE(0) - 1);
  if (item !== 'trkn' && item !== 'disk') return '';
  const number = value.readUInt16BE(2);
  const of = value.length >= 6 ? value.readUInt16BE(4) : 0;
  return number > mostOfAll || of > mostOfAll ? stepAside() : `${number}/${of}`;
}

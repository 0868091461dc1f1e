import { editedItems } from './mp4-items.ts';
import {
  type Atom,
  atomAt,
  atomsIn,
  makeAtom,
  metaBodyFrom,
  resizeAtom,
  shiftChunks,
} from './mp4-atoms.ts';
import { bytesPiece, copyPiece, type OldFile, type Piece } from './pieces.ts';
import { NotWrittenError, type TagEdit } from './tag-edit.ts';

const mostAtoms = 100_000;
/** Room for the next edit, where room has to be made anyway. */
const freshFreeBytes = 2048;

/**
 * MP4 audio: the items of `moov.udta.meta.ilst`. What grows or shrinks is taken from a free atom
 * where one stands behind; else the sound moves, and with it its places in the tables.
 */
export async function planMp4(file: OldFile, edit: TagEdit): Promise<Piece[]> {
  const atoms = await topAtoms(file);
  const at = atoms.findIndex(({ type }) => type === 'moov');
  const moov = atoms[at];
  if (moov === undefined) throw new NotWrittenError('damaged');
  const bytes = await file.read(moov.from, moov.to - moov.from);
  const edited = withItems(bytes, edit);
  const next = atoms[at + 1];
  const free = next !== undefined && isFree(next) ? next : null;
  const grown = edited.length - bytes.length;
  const kept = freeAtom((free === null ? 0 : free.to - free.from) - grown);
  if (kept !== null) {
    // What stands behind stays where it is, and so does every place in the tables.
    return [
      copyPiece(0, moov.from),
      bytesPiece(edited, kept),
      copyPiece(free?.to ?? moov.to, file.size),
    ];
  }
  const end = free?.to ?? moov.to;
  const isSoundBehind = atoms.slice(at + 1).some(({ type }) => type === 'mdat');
  const made = isSoundBehind ? makeAtom('free', Buffer.alloc(freshFreeBytes)) : Buffer.alloc(0);
  const shift = moov.from + edited.length + made.length - end;
  if (end < file.size && shift !== 0) {
    if (atoms.some(({ type }) => type === 'moof')) throw new NotWrittenError('fragmented');
    shiftChunks(edited, end, shift);
  }
  return [copyPiece(0, moov.from), bytesPiece(edited, made), copyPiece(end, file.size)];
}

async function topAtoms(file: OldFile): Promise<Atom[]> {
  const atoms: Atom[] = [];
  for (let at = 0; at < file.size;) {
    if (atoms.length >= mostAtoms) throw new NotWrittenError('damaged');
    const atom = atomAt(await file.read(at, Math.min(16, file.size - at)), at, file.size);
    atoms.push(atom);
    at = atom.to;
  }
  return atoms;
}

/** The `moov` with the edited items; a missing level is added at the end of the one above. */
function withItems(moov: Buffer, edit: TagEdit): Buffer {
  const [root] = atomsIn(moov, 0, moov.length);
  if (root === undefined) throw new NotWrittenError('damaged');
  const udta = inner(moov, root.bodyFrom, root.to, 'udta');
  if (udta === undefined) return withAppended(moov, [root], makeAtom('udta', freshMeta(edit)));
  const meta = inner(moov, udta.bodyFrom, udta.to, 'meta');
  if (meta === undefined) return withAppended(moov, [root, udta], freshMeta(edit));
  const insideMeta = atomsIn(moov, metaBodyFrom(moov, meta), meta.to);
  const at = insideMeta.findIndex(({ type }) => type === 'ilst');
  const items = insideMeta[at];
  const levels = [root, udta, meta];
  if (items === undefined)
    return withAppended(moov, levels, makeAtom('ilst', editedItems([], edit)));
  const found = atomsIn(moov, items.bodyFrom, items.to).map(({ type, from, to, bodyFrom }) => ({
    type,
    bytes: moov.subarray(from, to),
    body: moov.subarray(bodyFrom, to),
  }));
  const fresh = makeAtom('ilst', editedItems(found, edit));
  const next = insideMeta[at + 1];
  const free = next !== undefined && isFree(next) ? next : null;
  const grown = fresh.length - (items.to - items.from);
  const kept = free && freeAtom(free.to - free.from - grown);
  return withReplaced(
    moov,
    levels,
    items.from,
    kept === null ? items.to : (free?.to ?? items.to),
    Buffer.concat([fresh, kept ?? Buffer.alloc(0)]),
  );
}

function inner(bytes: Buffer, from: number, to: number, type: string): Atom | undefined {
  return atomsIn(bytes, from, to).find((atom) => atom.type === type);
}

/** What says that the items below are iTunes' is part of a new `meta`. */
function freshMeta(edit: TagEdit): Buffer {
  const handler = Buffer.concat([
    Buffer.alloc(8),
    Buffer.from('mdirappl', 'latin1'),
    Buffer.alloc(9),
  ]);
  const items = makeAtom('ilst', editedItems([], edit));
  return makeAtom('meta', Buffer.alloc(4), makeAtom('hdlr', handler), items);
}

function withAppended(moov: Buffer, levels: readonly Atom[], atom: Buffer): Buffer {
  const end = levels.at(-1)?.to ?? moov.length;
  return withReplaced(moov, levels, end, end, atom);
}

/** @param levels the atoms around the place, which grow or shrink with it */
function withReplaced(
  moov: Buffer,
  levels: readonly Atom[],
  from: number,
  to: number,
  replacement: Buffer,
): Buffer {
  const edited = Buffer.concat([moov.subarray(0, from), replacement, moov.subarray(to)]);
  for (const atom of levels) resizeAtom(edited, atom, replacement.length - (to - from));
  return edited;
}

/** Of that many bytes; null when no atom is so short. None for 0. */
function freeAtom(bytes: number): Buffer | null {
  if (bytes === 0) return Buffer.alloc(0);
  return bytes < 8 ? null : makeAtom('free', Buffer.alloc(bytes - 8));
}

function isFree({ type }: Atom): boolean {
  return type === 'free' || type === 'skip';
}

import { type HeadFile, stepAside } from './head-file.ts';

/** https://developer.apple.com/documentation/quicktime-file-format/atoms */
export interface Atom {
  /** Four letters, each a byte. */
  readonly name: string;
  readonly bodyAt: number;
  readonly end: number;
}

/** More are found in no file of music but fragmented ones. */
const mostTopAtoms = 64;

const shortestAtom = 8;

/** The outermost atoms of a file in their order; what is left behind them is too short for one. */
export function topAtoms(file: HeadFile): Atom[] {
  const atoms: Atom[] = [];
  for (let at = 0; at + shortestAtom <= file.size;) {
    const atom = atomAt(file.window(at, 16), at, file.size);
    if (atom === null || atoms.length === mostTopAtoms) return stepAside();
    atoms.push(atom);
    at = atom.end;
  }
  return atoms;
}

/** The atoms inside `bytes`, which is the body of one. */
export function innerAtoms(bytes: Buffer): Atom[] {
  const atoms: Atom[] = [];
  for (let at = 0; at < bytes.length;) {
    // User data may end in a zero of 32 bits.
    if (bytes.length - at === 4 && bytes.readUInt32BE(at) === 0) break;
    const atom = atomAt(bytes.subarray(at, at + 16), at, bytes.length);
    if (atom === null) return stepAside();
    atoms.push(atom);
    at = atom.end;
  }
  return atoms;
}

/** null: none that ends within `limit`. */
function atomAt(header: Buffer, at: number, limit: number): Atom | null {
  if (header.length < shortestAtom) return null;
  const name = header.toString('latin1', 4, 8);
  const written = header.readUInt32BE(0);
  let bytes = written;
  let headerBytes = shortestAtom;
  // 0: to the end of what is around it.
  if (written === 0) bytes = limit - at;
  else if (written === 1) {
    if (header.length < 16) return null;
    bytes = header.readUInt32BE(8) * 0x1_0000_0000 + header.readUInt32BE(12);
    headerBytes = 16;
  }
  return bytes < headerBytes || at + bytes > limit
    ? null
    : { name, bodyAt: at + headerBytes, end: at + bytes };
}

import { NotWrittenError } from './tag-edit.ts';

/** https://developer.apple.com/documentation/quicktime-file-format/atoms */
export interface Atom {
  /** Four letters of one byte each; "©" is A9. */
  readonly type: string;
  readonly from: number;
  readonly bodyFrom: number;
  readonly to: number;
}

/** The atoms that stand one after the other in a range. @throws NotWrittenError `damaged` */
export function atomsIn(bytes: Buffer, from: number, to: number): Atom[] {
  const atoms: Atom[] = [];
  for (let at = from; at + 8 <= to;) {
    const atom = atomAt(bytes.subarray(at, Math.min(to, at + 16)), at, to);
    atoms.push(atom);
    at = atom.to;
  }
  return atoms;
}

/**
 * @param head its first 16 bytes, or fewer at the end
 * @param limit where it must end at the latest
 */
export function atomAt(head: Buffer, from: number, limit: number): Atom {
  if (head.length < 8) throw new NotWrittenError('damaged');
  const short = head.readUInt32BE(0);
  const isLong = short === 1;
  if (isLong && head.length < 16) throw new NotWrittenError('damaged');
  const size = isLong ? Number(head.readBigUInt64BE(8)) : short === 0 ? limit - from : short;
  const bodyFrom = from + (isLong ? 16 : 8);
  const to = from + size;
  if (to < bodyFrom || to > limit) throw new NotWrittenError('damaged');
  return { type: head.toString('latin1', 4, 8), from, bodyFrom, to };
}

export function makeAtom(type: string, ...body: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(body);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

/** Writes an atom's new length in place. */
export function resizeAtom(bytes: Buffer, { from, bodyFrom, to }: Atom, by: number): void {
  const size = to - from + by;
  if (bodyFrom - from === 16) bytes.writeBigUInt64BE(BigInt(size), from + 8);
  else if (size > 0xffff_ffff) throw new NotWrittenError('too_large');
  else bytes.writeUInt32BE(size, from);
}

/** Where the atoms within begin: `meta` has four bytes of version first, except in QuickTime. */
export function metaBodyFrom(bytes: Buffer, { bodyFrom }: Atom): number {
  return bytes.toString('latin1', bodyFrom + 4, bodyFrom + 8) === 'hdlr' ? bodyFrom : bodyFrom + 4;
}

/**
 * Moves the places of sound that stand in the tables of a `moov`, as its file moves behind `from`.
 * @throws NotWrittenError `too_large` where a place would not fit its table
 */
export function shiftChunks(moov: Buffer, from: number, by: number): void {
  const [root] = atomsIn(moov, 0, moov.length);
  if (root === undefined) throw new NotWrittenError('damaged');
  let level = [root];
  for (const type of ['trak', 'mdia', 'minf', 'stbl']) {
    level = level.flatMap((atom) =>
      atomsIn(moov, atom.bodyFrom, atom.to).filter((inner) => inner.type === type),
    );
  }
  for (const table of level.flatMap((atom) => atomsIn(moov, atom.bodyFrom, atom.to))) {
    if (table.type === 'stco' || table.type === 'co64') shiftTable(moov, table, from, by);
  }
}

function shiftTable(moov: Buffer, table: Atom, from: number, by: number): void {
  const width = table.type === 'co64' ? 8 : 4;
  const first = table.bodyFrom + 8;
  const count = first <= table.to ? moov.readUInt32BE(table.bodyFrom + 4) : -1;
  if (count < 0 || first + count * width > table.to) throw new NotWrittenError('damaged');
  for (let at = first; at < first + count * width; at += width) {
    const place = width === 8 ? Number(moov.readBigUInt64BE(at)) : moov.readUInt32BE(at);
    if (place < from) continue;
    if (width === 8) moov.writeBigUInt64BE(BigInt(place + by), at);
    else if (place + by > 0xffff_ffff) throw new NotWrittenError('too_large');
    else moov.writeUInt32BE(place + by, at);
  }
}

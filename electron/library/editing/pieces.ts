import type { FileHandle } from 'node:fs/promises';
import { NotWrittenError } from './tag-edit.ts';

/**
 * A new file as pieces of the old one and new bytes, in order. So whatever is not the listener's
 * change is copied, not written anew, and the file need not fit into memory.
 */
export type Piece =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'copy'; readonly from: number; readonly to: number }
  /** Ogg pages whose numbers go up by `shift`; their checksums follow. */
  | { readonly kind: 'pages'; readonly from: number; readonly to: number; readonly shift: number };

/** What a writer reads of the old file: a bounded piece, whole or refused as damaged. */
export interface OldFile {
  readonly size: number;
  readonly read: (from: number, length: number) => Promise<Buffer>;
}

/** No honest tag is larger. */
const largestTagBytes = 128 * 1024 * 1024;

export function oldFile(handle: FileHandle, size: number): OldFile {
  return {
    size,
    async read(from, length) {
      if (from < 0 || from + length > size) throw new NotWrittenError('damaged');
      if (length > largestTagBytes) throw new NotWrittenError('too_large');
      const bytes = Buffer.allocUnsafe(length);
      for (let filled = 0; filled < length;) {
        const { bytesRead } = await handle.read(bytes, filled, length - filled, from + filled);
        if (bytesRead === 0) throw new NotWrittenError('changed');
        filled += bytesRead;
      }
      return bytes;
    },
  };
}

export function bytesPiece(...parts: readonly Uint8Array[]): Piece {
  return { kind: 'bytes', bytes: Buffer.concat(parts) };
}

export function copyPiece(from: number, to: number): Piece {
  return { kind: 'copy', from, to };
}

export function sizeOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => sum + pieceBytes(piece), 0);
}

export function pieceBytes(piece: Piece): number {
  return piece.kind === 'bytes' ? piece.bytes.length : piece.to - piece.from;
}

/**
 * The pieces that make the old file again out of the new one: what was copied is copied back, what
 * was left out is read now and kept. Pieces must take from the old file in its order.
 */
export async function piecesBack(pieces: readonly Piece[], old: OldFile): Promise<Piece[]> {
  const back: Piece[] = [];
  let oldAt = 0;
  let newAt = 0;
  async function keepUpTo(end: number): Promise<void> {
    if (end > oldAt) back.push(bytesPiece(await old.read(oldAt, end - oldAt)));
    oldAt = end;
  }
  for (const piece of pieces) {
    const bytes = pieceBytes(piece);
    if (piece.kind !== 'bytes' && bytes > 0) {
      if (piece.from < oldAt) throw new Error('The pieces of an edit are out of order');
      await keepUpTo(piece.from);
      const place = { from: newAt, to: newAt + bytes };
      back.push(
        piece.kind === 'copy'
          ? { kind: 'copy', ...place }
          : { kind: 'pages', ...place, shift: -piece.shift },
      );
      oldAt = piece.to;
    }
    newAt += bytes;
  }
  await keepUpTo(old.size);
  return back;
}

import { open } from 'node:fs/promises';
import { EndOfStreamError, type IRandomAccessTokenizer } from 'strtok3';

/** A file open for reading tags: few large reads, however small the pieces that are asked for. */
export interface AudioFile {
  readonly size: number;
  /** Shorter than `length` only at the file's end. The bytes may be overwritten by later reads. */
  readonly read: (position: number, length: number) => Promise<Uint8Array>;
  /** The file as the tag parser wants it, from its beginning. */
  readonly tokenizer: (mimeType: string) => IRandomAccessTokenizer;
  readonly close: () => Promise<void>;
}

/** No honest piece of a tag is larger; a parser that asks for more is being fooled. */
const largestPieceBytes = 32 * 1024 * 1024;
/** The first read usually holds all tags; later ones jump to headers and to the file's end. */
const headBytes = 256 * 1024;
const blockBytes = 64 * 1024;

export class PieceTooLargeError extends Error {}

/** Opens for one reader at a time. Rejects with the system's error. */
export async function openAudioFile(path: string): Promise<AudioFile> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat().catch(async (error: unknown) => {
    await handle.close();
    throw error;
  });
  const head = Buffer.allocUnsafe(Math.min(size, headBytes));
  let headFilled = -1;
  const block = { start: 0, bytes: Buffer.alloc(0), filled: 0 };

  async function read(position: number, length: number): Promise<Uint8Array> {
    if (length > largestPieceBytes) throw new PieceTooLargeError();
    const wanted = Math.max(0, Math.min(length, size - position));
    if (position + wanted <= head.length) {
      if (headFilled < 0) headFilled = await fill(head, 0);
      return head.subarray(position, Math.max(position, Math.min(position + wanted, headFilled)));
    }
    if (wanted > blockBytes) {
      const piece = Buffer.allocUnsafe(wanted);
      return piece.subarray(0, await fill(piece, position));
    }
    if (position < block.start || position + wanted > block.start + block.filled) {
      if (block.bytes.length === 0) block.bytes = Buffer.allocUnsafe(blockBytes);
      // The last block ends at the file's end, where readers look for trailing tags backwards.
      block.start = Math.min(position, Math.max(0, size - blockBytes));
      block.filled = await fill(block.bytes, block.start);
    }
    const from = position - block.start;
    return block.bytes.subarray(from, Math.max(from, Math.min(from + wanted, block.filled)));
  }

  async function fill(into: Buffer, position: number): Promise<number> {
    let filled = 0;
    while (filled < into.length) {
      const { bytesRead } = await handle.read(
        into,
        filled,
        into.length - filled,
        position + filled,
      );
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return filled;
  }

  return {
    size,
    read,
    tokenizer: (mimeType) => tokenize(size, mimeType, read),
    close: () => handle.close(),
  };
}

function tokenize(size: number, mimeType: string, read: AudioFile['read']): IRandomAccessTokenizer {
  let position = 0;

  async function exactly(at: number, length: number): Promise<Uint8Array> {
    const bytes = await read(at, length);
    if (bytes.length < length) throw new EndOfStreamError();
    return bytes;
  }

  const tokenizer: IRandomAccessTokenizer = {
    fileInfo: { size, mimeType },
    get position() {
      return position;
    },
    setPosition(to) {
      position = to;
    },
    supportsRandomAccess: () => true,
    async peekBuffer(into, { length = into.length, position: at = position, mayBeLess } = {}) {
      const bytes = mayBeLess === true ? await read(at, length) : await exactly(at, length);
      into.set(bytes);
      return bytes.length;
    },
    async readBuffer(into, options = {}) {
      const bytes = await tokenizer.peekBuffer(into, options);
      position = (options.position ?? position) + bytes;
      return bytes;
    },
    async peekToken(token, at) {
      return token.get(await exactly(at ?? position, token.len), 0);
    },
    async readToken(token, at = position) {
      // A copy: tokens of bytes keep a view on what they were given.
      const value = token.get(Uint8Array.from(await exactly(at, token.len)), 0);
      position = at + token.len;
      return value;
    },
    peekNumber: (token) => tokenizer.peekToken(token),
    readNumber: (token) => tokenizer.readToken(token),
    ignore(length) {
      const ignored = Math.min(length, Math.max(0, size - position));
      position += ignored;
      return Promise.resolve(ignored);
    },
    close: () => Promise.resolve(),
    abort: () => Promise.resolve(),
  };
  return tokenizer;
}

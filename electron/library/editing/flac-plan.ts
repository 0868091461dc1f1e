import { bytesPiece, copyPiece, type OldFile, type Piece } from './pieces.ts';
import { isCoverReplaced, NotWrittenError, type TagEdit } from './tag-edit.ts';
import {
  editedComments,
  pictureBlock,
  pictureKindOf,
  readComments,
  writeComments,
} from './vorbis-comments.ts';

const padding = 1;
const comments = 4;
const picture = 6;
const headBytes = 4;
const largestBlockBytes = 2 ** 24 - 1;
/** Room for the next edit; more than the most is given back. */
const paddingBytes = { fresh: 4096, most: 64 * 1024 } as const;
const mostBlocks = 2000;
const vendor = Buffer.from('Refrain');

interface Block {
  readonly kind: number;
  readonly from: number;
  readonly to: number;
}

/** FLAC: its comments and pictures among the other blocks, which stay in their order. */
export async function planFlac(file: OldFile, edit: TagEdit): Promise<Piece[]> {
  const start = await streamStart(file);
  const { blocks, soundFrom } = await readBlocks(file, start + headBytes);
  const replaced = await replacedBlocks(file, blocks, edit);
  const own = blocks.find(({ kind }) => kind === comments);
  const found =
    own === undefined
      ? { vendor, comments: [], rest: Buffer.alloc(0) }
      : readComments(await file.read(own.from + headBytes, own.to - own.from - headBytes));
  const kept = blocks.filter((block) => !replaced.has(block));
  const fresh = [
    block(comments, writeComments(editedComments(found, edit, false))),
    ...(edit.cover ? [block(picture, pictureBlock(edit.cover))] : []),
  ];
  const content = Buffer.concat(fresh);
  const used = kept.reduce((sum, { from, to }) => sum + to - from, content.length);
  const room = soundFrom - start - headBytes - used - headBytes;
  const free = room >= 0 ? Math.min(room, paddingBytes.most) : paddingBytes.fresh;
  return [
    copyPiece(0, start + headBytes),
    ...kept.flatMap(({ kind, from, to }) => [
      // Padding ends the list, so none of these is the last any more.
      bytesPiece(blockHead(kind, to - from - headBytes)),
      copyPiece(from + headBytes, to),
    ]),
    bytesPiece(content, block(padding, Buffer.alloc(free), true)),
    copyPiece(soundFrom, file.size),
  ];
}

/** Some programs put ID3 in front, which FLAC itself does not know. */
async function streamStart(file: OldFile): Promise<number> {
  const head = await file.read(0, 10);
  const isId3 = head.toString('latin1', 0, 3) === 'ID3';
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6);
  const start = isId3
    ? 10 + ((a & 127) << 21) + ((b & 127) << 14) + ((c & 127) << 7) + (d & 127)
    : 0;
  if ((await file.read(start, 4)).toString('latin1') !== 'fLaC')
    throw new NotWrittenError('damaged');
  return start;
}

async function readBlocks(file: OldFile, first: number) {
  const blocks: Block[] = [];
  for (let at = first, isLast = false; !isLast;) {
    const head = await file.read(at, headBytes);
    const to = at + headBytes + head.readUIntBE(1, 3);
    const kind = (head[0] ?? 0) & 0x7f;
    isLast = ((head[0] ?? 0) & 0x80) !== 0;
    if (to > file.size || blocks.length >= mostBlocks) throw new NotWrittenError('damaged');
    blocks.push({ kind, from: at, to });
    at = to;
  }
  const isOdd = blocks[0]?.kind !== 0 || blocks.filter(({ kind }) => kind === comments).length > 1;
  if (isOdd) throw new NotWrittenError('damaged');
  return { blocks, soundFrom: blocks.at(-1)?.to ?? first };
}

async function replacedBlocks(
  file: OldFile,
  blocks: readonly Block[],
  edit: TagEdit,
): Promise<ReadonlySet<Block>> {
  const pictures = blocks.filter(({ kind }) => kind === picture);
  const kinds: number[] = [];
  for (const { from, to } of pictures) {
    kinds.push(
      pictureKindOf(await file.read(from + headBytes, Math.min(4, to - from - headBytes))),
    );
  }
  const covers = pictures.filter((_, at) => isCoverReplaced(kinds, at, edit));
  return new Set([
    ...blocks.filter(({ kind }) => kind === padding || kind === comments),
    ...covers,
  ]);
}

function block(kind: number, body: Buffer, isLast = false): Buffer {
  return Buffer.concat([blockHead(kind | (isLast ? 0x80 : 0), body.length), body]);
}

function blockHead(kind: number, length: number): Buffer {
  if (length > largestBlockBytes) throw new NotWrittenError('too_large');
  const head = Buffer.alloc(headBytes);
  head.writeUInt32BE(length);
  head[0] = kind;
  return head;
}

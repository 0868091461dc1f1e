import type { TagValues } from '../../../shared/tag-fields.ts';
import { editedApe, type FoundApe, findApe } from './ape-tag.ts';
import {
  type Frame,
  fromSevenBits,
  type Id3Version,
  readFrames,
  sevenBits,
  synchronised,
} from './id3-frames.ts';
import { isReplaced, newFrames } from './id3-fields.ts';
import { editedId3v1, id3v1Bytes } from './id3v1.ts';
import { bytesPiece, copyPiece, type OldFile, type Piece } from './pieces.ts';
import { NotWrittenError, type TagEdit } from './tag-edit.ts';
import { wholeEdit } from './tag-values.ts';

/** Room for the next edit, so that the sound need not move; more is given back. */
const paddingBytes = { fresh: 1024, most: 16 * 1024 } as const;
const headBytes = 10;

/**
 * An MP3 with ID3v2 in front, and where they are there, APEv2 and ID3v1 behind. The version of the
 * tag stays what it is, for frames are copied as they are and differ between versions; a file
 * without one gets 2.4, whose UTF-8 and values parted by zero need no guessing.
 * @param current what the file says now
 */
export async function planMp3(file: OldFile, asked: TagEdit, current: TagValues): Promise<Piece[]> {
  const tag = await findTag(file);
  const tail = await findTail(file);
  const soundFrom = tag?.to ?? 0;
  if (tail.soundTo < soundFrom) throw new NotWrittenError('damaged');
  // A new tag in front hides what the tags behind say: it has to say all of it.
  const isNew = tag === null || tag.frames.length === 0;
  const edit = isNew ? withAll(asked, current) : asked;
  return [
    ...tagPieces(tag, edit),
    copyPiece(soundFrom, tail.soundTo),
    ...(tail.ape === null ? [] : editedApe(tail.ape, edit)),
    ...(tail.id3v1 === null ? [] : [bytesPiece(editedId3v1(tail.id3v1, edit))]),
  ];
}

function withAll(asked: TagEdit, current: TagValues): TagEdit {
  const all = wholeEdit(current);
  return { ...all, ...asked, texts: new Map([...all.texts, ...asked.texts]) };
}

interface FoundTag {
  readonly version: Id3Version;
  readonly flags: number;
  readonly frames: readonly Frame[];
  /** What the frames' places are in. */
  readonly bytes: Buffer;
  /** Where `bytes` stand in the file; null: they were unsynchronised there and are not the same. */
  readonly at: number | null;
  readonly to: number;
}

const unsynchronisedFlag = 0x80;
const extendedFlag = 0x40;
const footerFlag = 0x10;

async function findTag(file: OldFile): Promise<FoundTag | null> {
  if (file.size < headBytes) return null;
  const head = await file.read(0, headBytes);
  if (head.toString('latin1', 0, 3) !== 'ID3') return null;
  const major = head[3];
  const flags = head[5] ?? 0;
  if (major !== 2 && major !== 3 && major !== 4) throw new NotWrittenError('damaged');
  const size = fromSevenBits(head, 6);
  const raw = await file.read(headBytes, size);
  // From 2.4 on each frame says for itself whether it is unsynchronised.
  const isWhole = major < 4 && (flags & unsynchronisedFlag) !== 0;
  const content = isWhole ? synchronised(raw) : raw;
  const from = (flags & extendedFlag) === 0 || major === 2 ? 0 : extendedBytes(content, major);
  const bytes = content.subarray(from);
  return {
    version: major,
    flags,
    bytes,
    frames: readFrames(bytes, major),
    at: isWhole ? null : headBytes + from,
    to: headBytes + size + (major === 4 && (flags & footerFlag) !== 0 ? headBytes : 0),
  };
}

/** Its checksum and limits hold for the old frames only, so the new tag goes without. */
function extendedBytes(content: Buffer, major: 3 | 4): number {
  if (content.length < 4) throw new NotWrittenError('damaged');
  const bytes = major === 3 ? 4 + content.readUInt32BE(0) : fromSevenBits(content, 0);
  if (bytes > content.length) throw new NotWrittenError('damaged');
  return bytes;
}

function tagPieces(tag: FoundTag | null, edit: TagEdit): Piece[] {
  const version = tag?.version ?? 4;
  const frames = tag?.frames ?? [];
  const replaced = frames.filter((frame) => isReplaced(frame, frames, edit));
  const kept = frames.filter((frame) => !replaced.includes(frame));
  const promised = version === 4 && ((tag?.flags ?? 0) & unsynchronisedFlag) !== 0;
  const fresh = Buffer.concat(newFrames(edit, version, replaced, promised));
  const content = fresh.length + kept.reduce((sum, { from, to }) => sum + to - from, 0);
  if (content === 0) return [];
  const room = (tag?.to ?? 0) - headBytes - content;
  const padding = room >= 0 ? Math.min(room, paddingBytes.most) : paddingBytes.fresh;
  const head = Buffer.concat([
    Buffer.from('ID3', 'latin1'),
    Buffer.from([version, 0, promised ? unsynchronisedFlag : 0]),
    sevenBits(content + padding),
  ]);
  return [
    bytesPiece(head),
    ...kept.map(({ from, to }) =>
      tag === null || tag.at === null
        ? bytesPiece((tag?.bytes ?? fresh).subarray(from, to))
        : copyPiece(tag.at + from, tag.at + to),
    ),
    bytesPiece(fresh, Buffer.alloc(padding)),
  ];
}

interface Tail {
  readonly soundTo: number;
  readonly ape: FoundApe | null;
  readonly id3v1: Buffer | null;
}

async function findTail(file: OldFile): Promise<Tail> {
  const id3v1 =
    file.size >= id3v1Bytes ? await file.read(file.size - id3v1Bytes, id3v1Bytes) : null;
  const hasId3v1 = id3v1?.toString('latin1', 0, 3) === 'TAG';
  const tailFrom = hasId3v1 ? file.size - id3v1Bytes : file.size;
  const ape = await findApe(file, tailFrom);
  return { soundTo: ape?.from ?? tailFrom, ape, id3v1: hasId3v1 ? id3v1 : null };
}

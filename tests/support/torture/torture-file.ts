import type { FileShape } from '../made-library/file-shape.ts';
import { shapeOf } from '../made-library/made-file.ts';
import { type FileKind, type MadeTrack, madeReleases } from '../made-library/releases.ts';

/** A file that is wrong in some way, by a name that says which. */
export interface TortureFile {
  readonly name: string;
  readonly shape: FileShape;
  /** What has to become of it; `either` where a generous reader may still find music. */
  readonly ends: 'row' | 'skipped' | 'either';
}

export const fileKinds = ['mp3', 'flac', 'm4a', 'ogg', 'opus', 'wav'] as const;

export function torture(
  name: string,
  content: Uint8Array | FileShape,
  ends: TortureFile['ends'] = 'either',
): TortureFile {
  const shape = content instanceof Uint8Array ? wholeShape(content) : content;
  return { name, shape, ends };
}

/** A file with nothing wrong. @param number makes its sound, and its title, its own */
export function goodShape(kind: FileKind, number: number, title = `Good ${number}`): FileShape {
  return shapeOf({ ...plainTrack(), kind, number, title, seconds: 31 }, null);
}

/** The beginning of a good file: all of its tags, and some sound where the format has it there. */
export function goodHead(kind: FileKind, number: number): Buffer {
  const [head] = goodShape(kind, number).pieces;
  if (head === undefined) throw new Error('A file has a head');
  return Buffer.from(head.bytes);
}

export function cutShape({ pieces }: FileShape, length: number): FileShape {
  const kept = pieces.filter(({ at }) => at < length);
  return {
    pieces: kept.map(({ at, bytes }) => ({ at, bytes: bytes.subarray(0, length - at) })),
    length,
  };
}

export function ascii(text: string): Buffer {
  return Buffer.from(text, 'latin1');
}

function wholeShape(bytes: Uint8Array): FileShape {
  return { pieces: [{ at: 0, bytes }], length: bytes.length };
}

function plainTrack(): MadeTrack {
  for (const tracks of madeReleases(7)) {
    const plain = tracks.find(({ lyrics }) => lyrics === '');
    if (plain !== undefined) return plain;
  }
  throw new Error('There is no end of releases');
}

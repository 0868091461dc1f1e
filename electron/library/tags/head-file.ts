import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { Stretch } from './stretch.ts';

/** A file whose beginning has been read; views are good until the next file is opened. */
export interface HeadFile {
  readonly size: number;
  /** The bytes from `at`, shorter than `length` only at the file's end. Steps aside if too many. */
  readonly window: (at: number, length: number) => Buffer;
  /** The same, read as it is asked for. Ends within the file. */
  readonly stretch: (at: number, length: number) => Stretch;
}

/** Thrown when the bytes are beyond what the own reader answers for; the slow parser is asked. */
export class UnsureError extends Error {}

/** Tags without a picture fit into this; 64 KiB and more were measured slower, for all is copied. */
export const headBytes = 32 * 1024;
/** A tag with the largest picture that is kept, and some. */
const largestWindowBytes = 32 * 1024 * 1024;
/** For windows beyond the head; larger ones are allocated as they come. */
const keptBytes = 1024 * 1024;

const head = Buffer.allocUnsafeSlow(headBytes);
const kept = Buffer.allocUnsafeSlow(keptBytes);
/** Small windows beyond the head come several at a time, as the frames behind a picture do. */
const nearBytes = 4 * 1024;
let used = 0;

// A FIFO in a file's place must not hold up the thread. Windows has no such flag, and none is set.
const flags = constants.O_RDONLY | constants.O_NONBLOCK;

/** Throws the system's errors, and what `work` throws. */
export function withHeadFile<Result>(path: string, work: (file: HeadFile) => Result): Result {
  const descriptor = openSync(path, flags);
  try {
    const found = fstatSync(descriptor);
    if (!found.isFile()) stepAside();
    return work(headFile(descriptor, found.size));
  } finally {
    closeSync(descriptor);
  }
}

export function stepAside(): never {
  throw new UnsureError();
}

function headFile(descriptor: number, size: number): HeadFile {
  used = 0;
  const filled = fill(descriptor, head, 0, Math.min(size, headBytes));
  let near: { readonly at: number; readonly bytes: Buffer } = { at: 0, bytes: head.subarray(0, 0) };

  function read(at: number, wanted: number): Buffer {
    const into = roomFor(wanted);
    return into.subarray(0, fill(descriptor, into, at, wanted));
  }

  function window(at: number, length: number): Buffer {
    const wanted = Math.max(0, Math.min(length, size - at));
    if (at + wanted <= filled) return head.subarray(at, at + wanted);
    if (wanted > largestWindowBytes) stepAside();
    if (wanted > nearBytes) return read(at, wanted);
    const isNear = at >= near.at && at + wanted <= near.at + near.bytes.length;
    if (!isNear) near = { at, bytes: read(at, Math.min(nearBytes, size - at)) };
    return near.bytes.subarray(at - near.at, at - near.at + wanted);
  }

  return {
    size,
    window,
    stretch: (at, length) => ({ length, bytes: (from, wanted) => window(at + from, wanted) }),
  };
}

/** Room that no other window of this file has; `kept` serves one file after the other. */
function roomFor(bytes: number): Buffer {
  if (bytes > kept.length - used) return Buffer.allocUnsafeSlow(bytes);
  used += bytes;
  return kept.subarray(used - bytes, used);
}

function fill(descriptor: number, into: Buffer, position: number, length: number): number {
  let filled = 0;
  while (filled < length) {
    const read = readSync(descriptor, into, filled, length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}

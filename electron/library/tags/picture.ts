import { createHash } from 'node:crypto';
import type { Stretch } from './stretch.ts';

/** A picture in a file, of which no more is read than is asked for. */
export interface Picture {
  readonly bytes: Stretch;
  readonly isFront: boolean;
}

export const largestPictureBytes = 20 * 1024 * 1024;
/** Beyond the texts that programs put in front of a picture proper. */
const sampleBytes = 8 * 1024;

/**
 * What a picture is known by, 64 hexadecimal digits: sha256 of its length, its beginning and its
 * end. A third of all files carry one, and to read them whole took more than half of the time that
 * reads took; pictures that differ in their midst alone, at the same length, are made to deceive.
 */
export function pictureHash({ length, bytes }: Stretch): string {
  const hash = createHash('sha256').update(`${length} `);
  if (length <= 2 * sampleBytes) return hash.update(bytes(0, length)).digest('hex');
  return hash
    .update(bytes(0, sampleBytes))
    .update(bytes(length - sampleBytes, sampleBytes))
    .digest('hex');
}

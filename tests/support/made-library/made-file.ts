import { closeSync, ftruncateSync, futimesSync, openSync, writeSync } from 'node:fs';
import type { FileShape } from './file-shape.ts';
import { flacFile } from './flac-file.ts';
import { m4aFile } from './m4a-file.ts';
import { mp3File } from './mp3-file.ts';
import { oggFile } from './ogg-file.ts';
import type { MadeTrack } from './releases.ts';
import { wavFile } from './wav-file.ts';

/** The file of a track, in the format that it names. */
export function shapeOf(track: MadeTrack, picture: Uint8Array | null): FileShape {
  switch (track.kind) {
    case 'mp3':
      return mp3File(track, picture);
    case 'flac':
      return flacFile(track, picture);
    case 'm4a':
      return m4aFile(track, picture);
    case 'ogg':
    case 'opus':
      return oggFile(track, picture, track.kind);
    case 'wav':
      return wavFile(track, picture);
  }
}

/** @param modified milliseconds since 1970 */
export function writeShape(path: string, { pieces, length }: FileShape, modified: number): void {
  const file = openSync(path, 'w');
  try {
    for (const { at, bytes } of pieces) writeSync(file, bytes, 0, bytes.length, at);
    ftruncateSync(file, length);
    futimesSync(file, modified / 1000, modified / 1000);
  } finally {
    closeSync(file);
  }
}

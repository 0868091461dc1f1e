import { apeTagBytes, readApe } from './apev2.ts';
import { type Fields, newFields, putAll } from './fields.ts';
import type { Sound } from './finish-tags.ts';
import { type HeadFile, stepAside } from './head-file.ts';
import { id3v1Bytes, readId3v1, trailerBytes } from './id3v1.ts';
import { id3End, readId3 } from './id3v2.ts';
import { mpegStream } from './mpeg.ts';

const mostTags = 4;
/** Room for the first frame, and the frames by which a constant bit rate is known. */
const firstFramesBytes = 8 * 1024;

export interface Trailer {
  /** Where the music ends. */
  readonly at: number;
  readonly id3v1: Fields;
  readonly ape: Fields;
}

/** ID3v2 in front, ID3v1 and APEv2 behind; where they differ, APE counts most and ID3v1 least. */
export function readMp3(file: HeadFile, fields: Fields): Sound {
  const id3 = newFields();
  let at = 0;
  for (let count = 0; ; count += 1) {
    const end = id3End(file.window(at, 10));
    if (end === 0) break;
    if (count === mostTags) stepAside();
    readId3(file, id3, at);
    at += end;
  }
  const trailer = readTrailer(file);
  const audioBytes = trailer.at - at;
  const stream = mpegStream(file.window(at, firstFramesBytes), audioBytes);
  if (stream === null) return stepAside();
  putAll(fields, trailer.id3v1, id3, trailer.ape);
  return {
    format: 'mp3',
    lossless: false,
    ...stream,
    bitRate: (8 * (audioBytes - stream.at)) / stream.seconds,
  };
}

/** Fields are empty where there is no such tag. */
export function readTrailer(file: HeadFile): Trailer {
  const end = file.window(Math.max(0, file.size - trailerBytes), trailerBytes);
  const id3v1 = readId3v1(end);
  const behind = id3v1 === null ? 0 : id3v1Bytes;
  const bytes = behind + apeTagBytes(end, behind);
  if (bytes > file.size) stepAside();
  const apeBytes = bytes - behind;
  const at = file.size - bytes;
  const ape = apeBytes === 0 ? newFields() : readApe(file.window(at, apeBytes));
  return { at, id3v1: id3v1 ?? newFields(), ape };
}

import { finishTags, type Sound } from './finish-tags.ts';
import { type Fields, newFields, putAll } from './fields.ts';
import { readAiff } from './aiff.ts';
import { readFlac } from './flac.ts';
import { type HeadFile, stepAside, withHeadFile } from './head-file.ts';
import { id3End, readId3 } from './id3v2.ts';
import { readMp3 } from './mp3.ts';
import { readMp4 } from './mp4.ts';
import { readOgg } from './ogg.ts';
import { readWav } from './wav.ts';
import type { TagReading } from './tags.ts';

/**
 * What a file says of its music, by one bounded read of its head in the common cases. Synchronous,
 * for threads that do nothing else. Never throws.
 * @returns 'unsure' when `parseTags` of read-tags.ts should be asked: another format, or bytes that
 * can be understood in two ways
 */
export function readHead(path: string): TagReading | 'unsure' {
  try {
    return withHeadFile(path, readFile);
  } catch {
    return 'unsure';
  }
}

function readFile(file: HeadFile): TagReading {
  if (file.size === 0) return { kind: 'skipped', reason: 'empty' };
  const fields = newFields();
  const sound = readAny(file, fields);
  if (!(sound.seconds > 0)) stepAside();
  return { kind: 'read', tags: finishTags(fields, sound) };
}

/** What files begin with, four letters as a number. */
const marks = {
  fLaC: 0x66_4c_61_43,
  OggS: 0x4f_67_67_53,
  RIFF: 0x52_49_46_46,
  WAVE: 0x57_41_56_45,
  FORM: 0x46_4f_52_4d,
  ftyp: 0x66_74_79_70,
} as const;

function readAny(file: HeadFile, fields: Fields): Sound {
  const start = file.window(0, 12);
  if (start.length < 12) return stepAside();
  switch (start.readUInt32BE(0)) {
    case marks.fLaC:
      return readFlac(file, 0, fields);
    case marks.OggS:
      return readOgg(file, fields);
    case marks.RIFF:
      return start.readUInt32BE(8) === marks.WAVE ? readWav(file, fields) : stepAside();
    case marks.FORM:
      return readAiff(file, fields);
    default:
      if (start.readUInt32BE(4) === marks.ftyp) return readMp4(file, fields);
      return readBehindId3(file, id3End(start), fields);
  }
}

/** FLAC begins with an ID3 tag where a program knew no better; its own comments count more. */
function readBehindId3(file: HeadFile, at: number, fields: Fields): Sound {
  const mark = file.window(at, 4);
  const isFlac = at > 0 && mark.length === 4 && mark.readUInt32BE(0) === marks.fLaC;
  if (!isFlac) return readMp3(file, fields);
  readId3(file, fields);
  const comments = newFields();
  const sound = readFlac(file, at, comments);
  putAll(fields, comments);
  return sound;
}

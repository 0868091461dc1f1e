import { webcrypto } from 'node:crypto';
import { type IAudioMetadata, type IPicture, parseFromTokenizer } from 'music-metadata';
import type { SkipReason } from '../../../shared/library.ts';
import type { AudioFormat } from '../../../shared/track.ts';
import { type AudioFile, openAudioFile, PieceTooLargeError } from './audio-file.ts';
import { detectFormat, id3Bytes, mimeTypeOf } from './audio-format.ts';
import { readHead } from './head-reader.ts';
import { encoderSeconds, mpegSearchBytes } from './mpeg-frames.ts';
import { oggSeconds } from './ogg-duration.ts';
import type { TagReading, Tags } from './tags.ts';
import { cleanText, splitValues, writtenNames } from './tag-text.ts';

const largestPictureBytes = 20 * 1024 * 1024;

/** Never rejects: what can't be read is an answer. */
export async function readTags(path: string): Promise<TagReading> {
  const reading = readHead(path);
  return reading === 'unsure' ? parseTags(path) : reading;
}

/** The slow way for what `readHead` is unsure of. Never rejects. */
export async function parseTags(path: string): Promise<TagReading> {
  return withFile(path, async (file) => {
    if (file.size === 0) return skipped('empty');
    const format = await detectFormat(file);
    if (format === null) return skipped('not_audio');
    const metadata = await parse(file, format);
    const seconds = await secondsOf(file, format, metadata);
    if (seconds === null) return skipped('damaged');
    const picture = frontCover(metadata);
    return {
      kind: 'read',
      tags: tagsOf(metadata, format, seconds, picture && (await pictureHash(picture))),
    };
  });
}

/** The embedded front cover itself; null when there is none or it can't be read. */
export async function readPicture(path: string): Promise<Uint8Array | null> {
  let picture: Uint8Array | null = null;
  await withFile(path, async (file) => {
    const format = await detectFormat(file);
    if (format !== null) picture = frontCover(await parse(file, format));
    return skipped('damaged');
  });
  return picture;
}

/** sha256, hexadecimal. Hashed off this thread, for pictures can be large. */
export async function pictureHash(picture: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', picture)).toString('hex');
}

async function withFile(
  path: string,
  work: (file: AudioFile) => Promise<TagReading>,
): Promise<TagReading> {
  let file: AudioFile;
  try {
    file = await openAudioFile(path);
  } catch (error) {
    const isGone = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    return isGone ? { kind: 'gone' } : skipped('unreadable');
  }
  try {
    return await work(file);
  } catch (error) {
    // The system's errors carry the failed call; the rest is a parser that met bytes it can't take.
    return skipped(error instanceof Error && 'syscall' in error ? 'unreadable' : 'damaged');
  } finally {
    await file.close();
  }
}

async function parse(file: AudioFile, format: AudioFormat): Promise<IAudioMetadata> {
  // Only a stream of MPEG frames without an encoder's tag has to be read to its end.
  const duration = format === 'mp3';
  try {
    return await parseFromTokenizer(file.tokenizer(mimeTypeOf(format)), { duration });
  } catch (error) {
    if (!(error instanceof PieceTooLargeError)) throw error;
    const tokenizer = file.tokenizer(mimeTypeOf(format));
    return parseFromTokenizer(tokenizer, { duration, skipCovers: true });
  }
}

async function secondsOf(
  file: AudioFile,
  format: AudioFormat,
  metadata: IAudioMetadata,
): Promise<number | null> {
  const parsed = metadata.format.duration;
  const found = (await ownSeconds(file, format)) ?? parsed ?? 0;
  return Number.isFinite(found) && found > 0 ? found : null;
}

/** The formats for which the parser's duration is rough, or costs a read of the whole file. */
async function ownSeconds(file: AudioFile, format: AudioFormat): Promise<number | null> {
  if (format === 'ogg' || format === 'opus') return oggSeconds(file, format);
  if (format !== 'mp3') return null;
  const tagBytes = id3Bytes(await file.read(0, 10));
  return encoderSeconds(await file.read(tagBytes, mpegSearchBytes));
}

function frontCover({ common }: IAudioMetadata): Uint8Array | null {
  const fitting = (common.picture ?? []).filter(
    ({ data }) => data.length > 0 && data.length <= largestPictureBytes,
  );
  const isFront = ({ type }: IPicture): boolean => type === 'Cover (front)';
  return (fitting.find(isFront) ?? fitting[0])?.data ?? null;
}

function tagsOf(
  metadata: IAudioMetadata,
  format: AudioFormat,
  seconds: number,
  picture: string | null,
): Tags {
  const { common } = metadata;
  return {
    format,
    title: cleanText(common.title),
    artists: writtenNames(metadata, 'artist'),
    albumArtists: writtenNames(metadata, 'albumartist'),
    album: cleanText(common.album),
    compilation: common.compilation === true,
    genres: splitValues(common.genre ?? []),
    seconds,
    track: numberWithin(common.track.no, 9999),
    disc: numberWithin(common.disk.no, 999),
    year: numberWithin(common.year ?? null, 9999),
    musicbrainz: cleanText(common.musicbrainz_albumid) || null,
    picture,
    lossless: format === 'flac' || format === 'wav',
    details: {},
  };
}

function numberWithin(value: number | null, most: number): number | null {
  return value !== null && Number.isInteger(value) && value >= 1 && value <= most ? value : null;
}

function skipped(reason: SkipReason): TagReading {
  return { kind: 'skipped', reason };
}

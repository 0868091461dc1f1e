import { type IAudioMetadata, parseFromTokenizer } from 'music-metadata';
import type { SkipReason } from '../../../shared/library.ts';
import type { AudioFormat } from '../../../shared/track.ts';
import { apeTagBytes } from './apev2.ts';
import { type AudioFile, openAudioFile, PieceTooLargeError } from './audio-file.ts';
import { detectFormat, id3Start, mimeTypeOf } from './audio-format.ts';
import { finishTags, type Sound } from './finish-tags.ts';
import { id3v1Bytes, trailerBytes } from './id3v1.ts';
import { mpegSearchBytes, mpegStream } from './mpeg.ts';
import { longestPageBytes, oggSeconds, oggSound, oggStream } from './ogg.ts';
import { parsedFields } from './parsed-fields.ts';
import type { TagReading } from './tags.ts';

/** The slow way for what `readHead` is unsure of. Never rejects. */
export async function parseTags(path: string): Promise<TagReading> {
  return withFile(path, async (file) => {
    if (file.size === 0) return skipped('empty');
    const format = await detectFormat(file);
    if (format === null) return skipped('not_audio');
    const metadata = await parse(file, format);
    const sound = (await ownSound(file, format, metadata)) ?? parsedSound(format, metadata);
    if (sound === null) return skipped('damaged');
    return { kind: 'read', tags: finishTags(parsedFields(metadata), sound) };
  });
}

/** The embedded front cover itself; null when there is none or it can't be read. */
export async function readPicture(path: string): Promise<Uint8Array | null> {
  let picture: Uint8Array | null = null;
  await withFile(path, async (file) => {
    const format = await detectFormat(file);
    const found = format && parsedFields(await parse(file, format)).picture?.bytes;
    if (found) picture = found.bytes(0, found.length);
    return skipped('damaged');
  });
  return picture;
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
  const options = {
    // Only a stream of frames without an encoder's tag has to be read to its end.
    duration: format === 'mp3' || format === 'aac',
    includeChapters: true,
  };
  try {
    return await parseFromTokenizer(file.tokenizer(mimeTypeOf(format)), options);
  } catch (error) {
    if (!(error instanceof PieceTooLargeError)) throw error;
    const tokenizer = file.tokenizer(mimeTypeOf(format));
    return parseFromTokenizer(tokenizer, { ...options, skipCovers: true });
  }
}

/** The formats for which the parser's duration is rough, or costs a read of the whole file. */
async function ownSound(
  file: AudioFile,
  format: AudioFormat,
  { native }: IAudioMetadata,
): Promise<Sound | null> {
  if (format === 'ogg' || format === 'opus') {
    const stream = oggStream(Buffer.from(await file.read(0, 128)));
    if (stream === null) return null;
    const start = Math.max(0, file.size - longestPageBytes);
    const seconds = oggSeconds(Buffer.from(await file.read(start, longestPageBytes)), stream);
    return seconds === null
      ? null
      : { ...oggSound(stream, seconds), bitRate: (8 * file.size) / seconds };
  }
  if (format !== 'mp3') return null;
  const at = id3Start(Buffer.from(await file.read(0, 10)));
  const end = Buffer.from(await file.read(Math.max(0, file.size - trailerBytes), trailerBytes));
  const behind = native['ID3v1'] === undefined ? 0 : id3v1Bytes;
  const audioBytes = file.size - at - behind - apeTagBytes(end, behind);
  const stream = mpegStream(Buffer.from(await file.read(at, mpegSearchBytes)), audioBytes);
  if (stream === null) return null;
  return { format, lossless: false, ...stream, bitRate: (8 * audioBytes) / stream.seconds };
}

const codecNames: Readonly<Record<string, string>> = {
  'MPEG-4/AAC': 'AAC',
  'Vorbis I': 'Vorbis',
  IEEE_FLOAT: 'PCM',
};

function parsedSound(format: AudioFormat, { format: parsed }: IAudioMetadata): Sound | null {
  const { duration: seconds = 0, codec = format, lossless = false } = parsed;
  if (!Number.isFinite(seconds) || seconds <= 0) return null;
  return {
    format,
    seconds,
    lossless,
    codec: codecNames[codec] ?? codec,
    bitRate: parsed.bitrate,
    sampleRate: parsed.sampleRate,
    channels: parsed.numberOfChannels,
    bitDepth: lossless ? parsed.bitsPerSample : undefined,
  };
}

function skipped(reason: SkipReason): TagReading {
  return { kind: 'skipped', reason };
}

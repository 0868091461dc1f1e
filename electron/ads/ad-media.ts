import { createHash, randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdFormat } from './ad.ts';
import type { FetchBounds } from './bounded-fetch.ts';
import { fetchBounded } from './bounded-fetch.ts';
import type { MediaFile, MediaStore } from './media-store.ts';

export interface AdMediaParts {
  /** Where fetched media are kept; its files are named by their content. */
  readonly cacheFolder: string;
  readonly store: MediaStore;
  readonly signal: AbortSignal;
  /** The folder that `file:` addresses may read; null: none may. */
  readonly localFolder: string | null;
}

export interface AdSound {
  readonly mediaId: string;
  readonly format: AdFormat;
  /** As the file has it, whatever the ad server said. */
  readonly seconds: number;
}

const mostSoundBytes = 5_000_000;
const mostPictureBytes = 1_000_000;

/** @throws when the sound can't be had in time or is of no format that the player takes */
export async function fetchSound(address: string, parts: AdMediaParts): Promise<AdSound> {
  const bytes = await fetchBounded(address, bounds(parts, mostSoundBytes));
  const { parseBuffer } = await import('music-metadata');
  const { format } = await parseBuffer(bytes, undefined, { duration: true, skipCovers: true });
  const kind = soundFormat(format.container ?? '', format.codec ?? '');
  const seconds = format.duration ?? 0;
  if (kind === null || format.hasVideo === true || !(seconds > 0)) {
    throw new Error('The ad has no sound that can be played');
  }
  return { mediaId: await keep(bytes, kind, parts), format: kind, seconds };
}

/** @returns the picture's id in the store; null when it can't be had: an ad does without */
export async function fetchPicture(address: string, parts: AdMediaParts): Promise<string | null> {
  try {
    const bytes = await fetchBounded(address, bounds(parts, mostPictureBytes));
    const format = pictureFormat(Buffer.from(bytes.subarray(0, 12)).toString('latin1'));
    return format === null ? null : await keep(bytes, format, parts);
  } catch {
    return null;
  }
}

function bounds({ signal, localFolder }: AdMediaParts, mostBytes: number): FetchBounds {
  return { mostBytes, signal, folder: localFolder };
}

async function keep(
  bytes: Uint8Array,
  format: MediaFile['format'],
  { cacheFolder, store }: AdMediaParts,
): Promise<string> {
  const id = createHash('sha256').update(bytes).digest('hex');
  const path = join(cacheFolder, `${id}.${format}`);
  // Two ads of a pod may have the same sound and arrive at once.
  const beside = `${path}.${randomUUID()}`;
  await writeFile(beside, bytes);
  await rename(beside, path);
  store.add(id, { path, bytes: bytes.byteLength, format });
  return id;
}

function soundFormat(container: string, codec: string): AdFormat | null {
  if (container === 'MPEG' && codec.includes('Layer 3')) return 'mp3';
  if (container === 'Ogg' && codec.startsWith('Opus')) return 'opus';
  if (container === 'Ogg' && codec.startsWith('Vorbis')) return 'ogg';
  if (container === 'WAVE') return 'wav';
  return codec.includes('AAC') && /\b(M4A|isom|mp4\d)\b/.test(container) ? 'm4a' : null;
}

/** By the first bytes: an ad server's word is not enough, and SVG would be a program. */
function pictureFormat(start: string): MediaFile['format'] | null {
  if (start.startsWith('\x89PNG\r\n')) return 'png';
  if (start.startsWith('\xff\xd8\xff')) return 'jpg';
  return start.startsWith('RIFF') && start.endsWith('WEBP') ? 'webp' : null;
}

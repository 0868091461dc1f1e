import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdFormat } from './ad.ts';
import type { FetchBounds } from './bounded-fetch.ts';
import { fetchBounded } from './bounded-fetch.ts';
import type { MediaFile, MediaStore } from './media-store.ts';
import { readPictureHead } from './picture-head.ts';
import { VastFault, vastCodes } from './vast-fault.ts';

/** Fetches what ads are made of, and keeps it for the run. */
export interface AdMedia {
  /**
   * @throws when the sound can't be had in time; VastFault when it is of no format that the player
   *   takes
   */
  readonly fetchSound: (address: string, signal: AbortSignal) => Promise<AdSound>;
  /** @returns the picture's id in the store; null when it can't be had: an ad does without */
  readonly fetchPicture: (address: string, signal: AbortSignal) => Promise<string | null>;
}

export interface AdMediaParts extends Pick<FetchBounds, 'folder' | 'reach'> {
  /**
   * Where fetched media are kept; its files are named by their content. Emptied of an earlier run's:
   * no decision outlives its run, so neither need its media.
   */
  readonly cacheFolder: string;
  readonly store: MediaStore;
}

export interface AdSound {
  readonly mediaId: string;
  readonly format: AdFormat;
  /** As the file has it, whatever the ad server said. */
  readonly seconds: number;
}

const mostSoundBytes = 5_000_000;
/** A break is never longer: what is would only be decoded in vain. */
const longestSoundSeconds = 60;
const mostPictureBytes = 1_000_000;
/** A picture of one colour packs thousands of pixels a side into few bytes, and unpacks to gigabytes. */
const mostPicturePixels = 4000;
/** A dozen ads and more, those kept for later included. */
const mostCacheBytes = 60_000_000;

export function createAdMedia({ cacheFolder, store, folder, reach }: AdMediaParts): AdMedia {
  const cleared = clearCache(cacheFolder);
  // A failure shows when something is fetched.
  void cleared.catch(() => undefined);
  let kept: readonly { readonly id: string; readonly file: MediaFile }[] = [];

  async function keep(bytes: Uint8Array, format: MediaFile['format']): Promise<string> {
    await cleared;
    const id = createHash('sha256').update(bytes).digest('hex');
    const path = join(cacheFolder, `${id}.${format}`);
    // Two ads of a pod may have the same sound and arrive at once.
    const beside = `${path}.${randomUUID()}`;
    await writeFile(beside, bytes);
    await rename(beside, path);
    const file = { path, bytes: bytes.byteLength, format };
    store.add(id, file);
    kept = [...kept.filter((each) => each.id !== id), { id, file }];
    await trim();
    return id;
  }

  /** The oldest go first: what is being played came last. */
  async function trim(): Promise<void> {
    let bytes = kept.reduce((sum, { file }) => sum + file.bytes, 0);
    const surplus = kept.filter(({ file }) => {
      const isSurplus = bytes > mostCacheBytes;
      if (isSurplus) bytes -= file.bytes;
      return isSurplus;
    });
    kept = kept.slice(surplus.length);
    for (const { id, file } of surplus) {
      store.remove(id);
      await rm(file.path, { force: true });
    }
  }

  return {
    async fetchSound(address, signal) {
      const bounds = { mostBytes: mostSoundBytes, signal, folder, reach };
      const bytes = await fetchBounded(address, bounds);
      const { kind, seconds } = await readSound(bytes);
      return { mediaId: await keep(bytes, kind), format: kind, seconds };
    },
    async fetchPicture(address, signal) {
      try {
        const bounds = { mostBytes: mostPictureBytes, signal, folder, reach };
        const bytes = await fetchBounded(address, bounds);
        // By the first bytes: an ad server's word is not enough, and SVG would be a program.
        const head = readPictureHead(bytes);
        if (head === null || Math.max(head.width, head.height) > mostPicturePixels) return null;
        return await keep(bytes, head.format);
      } catch {
        return null;
      }
    },
  };
}

/** Removes what an earlier run fetched, and nothing else. */
async function clearCache(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  const names = await readdir(folder);
  const ours = names.filter((name) => /^[0-9a-f]{64}\.[\w.-]{1,50}$/.test(name));
  await Promise.all(ours.map((name) => rm(join(folder, name), { force: true })));
}

async function readSound(bytes: Uint8Array) {
  const { parseBuffer } = await import('music-metadata');
  const unplayable = new VastFault(vastCodes.mediaUnplayable, 'The ad’s sound can’t be played');
  const { format } = await parseBuffer(bytes, undefined, {
    duration: true,
    skipCovers: true,
  }).catch(() => {
    throw unplayable;
  });
  const kind = soundFormat(format.container ?? '', format.codec ?? '');
  const seconds = format.duration ?? 0;
  if (kind === null || format.hasVideo === true || !(seconds > 0)) throw unplayable;
  if (seconds > longestSoundSeconds) {
    throw new VastFault(vastCodes.unexpectedDuration, 'The ad’s sound is longer than a break');
  }
  return { kind, seconds };
}

function soundFormat(container: string, codec: string): AdFormat | null {
  if (container === 'MPEG' && codec.includes('Layer 3')) return 'mp3';
  if (container === 'Ogg' && codec.startsWith('Opus')) return 'opus';
  if (container === 'Ogg' && codec.startsWith('Vorbis')) return 'ogg';
  if (container === 'WAVE') return 'wav';
  return codec.includes('AAC') && /\b(M4A|isom|mp4\d)\b/.test(container) ? 'm4a' : null;
}

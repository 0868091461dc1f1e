import { mkdir, readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { fetchPicture, fetchSound } from './ad-media.ts';
import { fetchBounded } from './bounded-fetch.ts';
import type { MediaStore } from './media-store.ts';
import type { AdSource } from './prepare-break.ts';
import type { VastAd } from './vast-ad.ts';
import { readVastAds } from './vast-ad.ts';

export interface VastSourceParts {
  /** An http or https address, or the path of a file; media of a file may lie beside it. */
  readonly location: string;
  /** For fetched media; emptied of older ones. */
  readonly cacheFolder: string;
  readonly store: MediaStore;
}

const mostVastBytes = 256 * 1024;
const wrapperLimit = 5;
/** All wrappers of one decision together: a pod of wrappers must not become a flood. */
const mostRequests = 12;

/** Ads from a server that speaks VAST 4, or from such a response in a file. */
export function createVastSource(parts: VastSourceParts): AdSource<VastAd> {
  const { location, cacheFolder, store } = parts;
  const root = /^https?:\/\//i.test(location) ? location : pathToFileURL(location).href;
  const localFolder = root.startsWith('file:') ? dirname(fileURLToPath(root)) : null;
  const cacheCleared = clearCache(cacheFolder);
  const parser = loadParser();
  // Both are for the first break; a failure shows there.
  void Promise.allSettled([cacheCleared, parser]);

  return {
    async decide(signal) {
      const { VASTClient, parseVastDocument } = await parser;
      const response: unknown = await new VASTClient().get(root, {
        wrapperLimit,
        resolveAll: true,
        // The library's own has no limit of size, and throws where nobody can catch it.
        urlHandler: createUrlHandler(parseVastDocument, signal, localFolder),
      });
      return readVastAds(response);
    },
    async fetch(offer, signal) {
      await cacheCleared;
      const media = { cacheFolder, store, signal, localFolder };
      const { companion } = offer;
      const [sound, imageId] = await Promise.all([
        fetchSound(new URL(offer.media, root).href, media),
        companion === null ? null : fetchPicture(new URL(companion.address, root).href, media),
      ]);
      const { creative, campaign, advertiser, title, clickThrough, skipAfterSeconds } = offer;
      const { categories, genres } = offer;
      return {
        ...sound,
        creative,
        campaign,
        advertiser,
        title,
        categories,
        genres,
        house: false,
        loudnessLufs: null,
        truePeakDbtp: null,
        companion: companion && imageId !== null ? { imageId, alt: companion.alt } : null,
        clickThrough,
        skipAfterSeconds,
        lastsSeconds: offer.lastsSeconds,
      };
    },
  };
}

/** Apart, so that an app with no ad server starts without it. */
async function loadParser() {
  const { VASTClient } = await import('@dailymotion/vast-client');
  const { parseVastDocument } = await import('./vast-document.ts');
  return { VASTClient, parseVastDocument };
}

/** How vast-client fetches; it wants failures as values. */
function createUrlHandler(
  parse: (bytes: Uint8Array) => Document,
  signal: AbortSignal,
  folder: string | null,
) {
  let requests = 0;
  return {
    async get(address: string) {
      try {
        requests += 1;
        if (requests > mostRequests) throw new Error('The ad server wraps too often');
        const bytes = await fetchBounded(address, { mostBytes: mostVastBytes, signal, folder });
        const details = { byteLength: bytes.byteLength, statusCode: 200 };
        return { xml: parse(bytes), details };
      } catch (error) {
        return { error };
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

import { randomUUID } from 'node:crypto';
import type { AdMediaParts } from './ad-media.ts';
import { createAdMedia } from './ad-media.ts';
import { BadStatus, fetchBounded } from './bounded-fetch.ts';
import type { AdSource } from './prepare-break.ts';
import type { Beacon } from './tracking.ts';
import { beaconOf } from './tracking.ts';
import type { VastAd } from './vast-ad.ts';
import { errorsOf, readVastAd } from './vast-ad.ts';
import type { VastChain } from './vast-chain.ts';
import { followWrappers } from './vast-chain.ts';
import { VastFault, vastCodes } from './vast-fault.ts';
import { readVastPage } from './vast-layer.ts';
import type { VastRoot } from './vast-root.ts';

export interface VastSourceParts extends Pick<AdMediaParts, 'cacheFolder' | 'store' | 'reach'> {
  readonly root: VastRoot;
  /** Tells ad servers what was wrong with theirs. */
  readonly post: (beacon: Beacon) => void;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

const mostVastBytes = 256 * 1024;

/** Ads from a server that speaks VAST 4, or from such a response in a file. */
export function createVastSource(parts: VastSourceParts): AdSource<VastAd> {
  const { root, reach, now } = parts;
  const { folder } = root;
  const media = createAdMedia({ ...parts, folder });
  const reader = loadReader();
  // It is for the first break; a failure shows there.
  void reader.catch(() => undefined);

  function complain(serving: string, templates: readonly string[], code: number): void {
    parts.post(beaconOf({ serving, event: 'error', templates, at: now(), code }));
  }

  /** None for an ad that the player does not play: its servers are told why. */
  function read(chain: VastChain): readonly VastAd[] {
    try {
      return [readVastAd(chain)];
    } catch (error) {
      if (!(error instanceof VastFault)) throw error;
      complain(chain.ad.serving || randomUUID(), errorsOf(chain), error.code);
      return [];
    }
  }

  return {
    async decide(request, signal) {
      const readPage = await reader;
      const bounds = { mostBytes: mostVastBytes, signal, reach };
      const first = await root.ask(request, bounds);
      const { chains, complaints } = await followWrappers(
        readPage(first.bytes, first.address),
        async (address) => readPage(await fetchBounded(address, { ...bounds, folder }), address),
      );
      for (const { addresses, fault } of complaints) complain(randomUUID(), addresses, fault.code);
      return chains.flatMap(read);
    },
    async fetch(offer, signal) {
      const { media: soundAddress, companion, tracking, ...ad } = offer;
      const stop = new AbortController();
      const whole = AbortSignal.any([signal, stop.signal]);
      const picture = companion === null ? null : media.fetchPicture(companion.address, whole);
      try {
        const sound = await media.fetchSound(soundAddress, signal);
        const imageId = await picture;
        const isMissing = companion !== null && imageId === null;
        return {
          ...ad,
          ...sound,
          house: false,
          loudnessLufs: null,
          truePeakDbtp: null,
          companion: companion && imageId !== null ? { imageId, alt: companion.alt } : null,
          tracking: isMissing
            ? { ...tracking, companionFault: vastCodes.companionUnavailable }
            : tracking,
        };
      } catch (error) {
        // A picture without its sound is for nobody, and must not be written after the answer.
        stop.abort();
        await picture;
        complain(tracking.serving, tracking.addresses.error ?? [], mediaCode(error, signal));
        throw error;
      }
    },
  };
}

/** Apart, so that an app with no ad server starts without it. */
async function loadReader() {
  const { VASTParser } = await import('@dailymotion/vast-client');
  const { parseVastDocument } = await import('./vast-document.ts');
  return (bytes: Uint8Array, base: string) =>
    readVastPage(parseVastDocument(bytes), base, new VASTParser());
}

function mediaCode(error: unknown, signal: AbortSignal): number {
  if (error instanceof VastFault) return error.code;
  if (signal.aborted) return vastCodes.mediaLate;
  const isMissing = error instanceof BadStatus && [404, 410].includes(error.status);
  return isMissing ? vastCodes.mediaNotFound : vastCodes.media;
}

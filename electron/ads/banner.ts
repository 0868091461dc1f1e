import type { BannerView } from '../../shared/ads.ts';
import { adUrl } from '../../shared/urls.ts';
import { clickHost } from './ad.ts';
import type { Banner } from './house-ads.ts';
import type { Ledger } from './ledger.ts';

export interface BannerParts {
  readonly banners: readonly Banner[];
  readonly ledger: Pick<Ledger, 'dismiss' | 'dismissed'>;
  readonly now: () => number;
  /** Whether the listener's tier has no slot. */
  readonly adFree: () => boolean;
  /** The sentence that answers "why this ad". */
  readonly why: string;
}

export interface BannerSlot {
  readonly shown: () => Banner | null;
  readonly view: () => BannerView | null;
  /** Empties the slot until its next turn; this banner does not come back for a week. */
  readonly dismiss: (creative: string) => void;
}

const turnMilliseconds = 10 * 60_000;

/** The slot of free listeners. What stands in it follows from the time, so nothing has to run. */
export function createBannerSlot({ banners, ledger, now, adFree, why }: BannerParts): BannerSlot {
  let emptyTurn: number | null = null;

  function turn(): number {
    return Math.floor(now() / turnMilliseconds);
  }

  function shown(): Banner | null {
    if (adFree() || turn() === emptyTurn) return null;
    const left = banners.filter(({ creative }) => !ledger.dismissed(creative));
    return left[turn() % left.length] ?? null;
  }

  return {
    shown,
    view() {
      const banner = shown();
      return banner === null
        ? null
        : {
            id: banner.creative,
            advertiser: banner.advertiser,
            imageUrl: adUrl(banner.imageId),
            alt: banner.alt,
            clickHost: clickHost(banner.clickThrough),
            why,
          };
    },
    dismiss(creative) {
      if (shown()?.creative !== creative) return;
      ledger.dismiss(creative);
      emptyTurn = turn();
    },
  };
}

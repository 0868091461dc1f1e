import type { AdReason, BannerView } from '../../shared/ads.ts';
import { adUrl } from '../../shared/urls.ts';
import type { Ad } from './ad.ts';
import { clickHost } from './ad.ts';
import type { Banner } from './house-ads.ts';
import type { Ledger } from './ledger.ts';
import { fittingGenre } from './taste.ts';

export interface BannerParts {
  readonly banners: readonly Banner[];
  readonly ledger: Pick<Ledger, 'bannerCapped' | 'bannerShown' | 'dismiss' | 'dismissed' | 'taste'>;
  readonly now: () => number;
  /** Whether the listener's tier has no slot. */
  readonly adFree: () => boolean;
}

export interface BannerSlot {
  readonly shown: () => Banner | null;
  readonly view: () => BannerView | null;
  /** Empties the slot until its next turn; this banner does not come back for a week. */
  readonly dismiss: (creative: string) => void;
  /** A break is over, and this was heard last in it: its companion stands in the slot until the next turn. */
  readonly follow: (ad: Ad) => void;
}

interface Turn {
  readonly number: number;
  readonly banner: Banner | null;
  readonly why: AdReason;
}

const turnMilliseconds = 10 * 60_000;
const byTurns: AdReason = { kind: 'turns', house: true };

/**
 * The slot of free listeners. What stands in it is settled when a turn is first looked at, so
 * nothing has to run; no banner stands in two turns that follow each other, nor in more than the
 * caps of ads let it.
 */
export function createBannerSlot({ banners, ledger, now, adFree }: BannerParts): BannerSlot {
  let turn: Turn = { number: -1, banner: null, why: byTurns };

  function look(): Turn {
    const number = Math.floor(now() / turnMilliseconds);
    if (number === turn.number) return turn;
    const { blocked } = ledger.taste();
    const before = number === turn.number + 1 ? turn.banner?.creative : undefined;
    const left = banners.filter(
      ({ creative }) =>
        creative !== before &&
        !blocked.has(creative) &&
        !ledger.dismissed(creative) &&
        !ledger.bannerCapped(creative),
    );
    const banner = left[number % left.length] ?? null;
    if (banner !== null) ledger.bannerShown(banner.creative, number * turnMilliseconds);
    turn = { number, banner, why: byTurns };
    return turn;
  }

  function shown(): Banner | null {
    if (adFree()) return null;
    const { banner } = look();
    return banner === null || ledger.taste().blocked.has(banner.creative) ? null : banner;
  }

  return {
    shown,
    view() {
      const banner = shown();
      if (banner === null) return null;
      return {
        id: banner.creative,
        advertiser: banner.advertiser,
        imageUrl: adUrl(banner.imageId),
        alt: banner.alt,
        clickHost: clickHost(banner.clickThrough),
        why: turn.why,
      };
    },
    dismiss(creative) {
      if (shown()?.creative !== creative) return;
      ledger.dismiss(creative);
      turn = { ...turn, banner: null };
    },
    follow(ad) {
      const { creative, advertiser, companion, clickThrough } = ad;
      if (companion === null || clickThrough === null || ledger.dismissed(creative)) return;
      const genre = fittingGenre(ad, ledger.taste());
      turn = {
        number: look().number,
        banner: { creative, advertiser, ...companion, clickThrough },
        why: genre === null ? { kind: 'turns', house: ad.house } : { kind: 'genre', genre },
      };
    },
  };
}

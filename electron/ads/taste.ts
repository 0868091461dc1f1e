import type { AdGenre } from '../../service/api/ads.ts';

/** What is known of an ad before its sound is fetched, as far as taste goes. */
export interface Tasted {
  readonly creative: string;
  readonly advertiser: string;
  /** What it advertises. */
  readonly categories: readonly string[];
  /** Whose listeners it is for; empty: everybody's. */
  readonly genres: readonly string[];
}

/** What the listener likes and turned down. It stays on this machine. */
export interface Taste {
  /** Of the tracks heard lately, newest last. */
  readonly genres: readonly AdGenre[];
  /** Turned down by "not my taste". */
  readonly disliked: readonly Pick<Tasted, 'advertiser' | 'categories'>[];
  /** Creatives that are never to come again. */
  readonly blocked: ReadonlySet<string>;
}

/** A whole taste for the ad's genres weighs as much as one refusal of its category. */
const categoryWeight = 1;
const advertiserWeight = 2;

/**
 * Those that may be played, the most fitting first; what fits alike stays in its order. The same
 * taste and candidates give the same order.
 */
export function byTaste<Offer extends Tasted>(
  offers: readonly Offer[],
  taste: Taste,
): readonly Offer[] {
  return offers
    .filter(({ creative }) => !taste.blocked.has(creative))
    .map((offer) => ({ offer, score: scoreOf(offer, taste) }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ offer }) => offer);
}

/** The genre heard lately that speaks for the ad; null: none does. */
export function fittingGenre(ad: Pick<Tasted, 'genres'>, taste: Taste): AdGenre | null {
  const heard = taste.genres.filter((genre) => ad.genres.includes(genre));
  const [first = null] = heard.toSorted((a, b) => shareOf(b, taste) - shareOf(a, taste));
  return first;
}

function scoreOf(offer: Tasted, taste: Taste): number {
  const liking = offer.genres.reduce((sum, genre) => sum + shareOf(genre, taste), 0);
  const ofAdvertiser = taste.disliked.some(({ advertiser }) => advertiser === offer.advertiser);
  const ofCategory = taste.disliked.some(({ categories }) =>
    categories.some((category) => offer.categories.includes(category)),
  );
  return liking - (ofAdvertiser ? advertiserWeight : 0) - (ofCategory ? categoryWeight : 0);
}

function shareOf(genre: string, { genres }: Taste): number {
  if (genres.length === 0) return 0;
  return genres.filter((heard) => heard === genre).length / genres.length;
}

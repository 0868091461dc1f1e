import type { AdGenre, DecisionQuery } from '../../service/api/ads.ts';
import { coarseGenre } from './coarse-genre.ts';

/** Where a break is, as coarsely as it is told. */
export interface BreakPlace {
  /** BCP 47 tag of the listener's language; only the language itself is told. */
  readonly locale: string;
  /** ISO 3166-1; '': not known. */
  readonly country: string;
  readonly version: string;
}

type Mood = NonNullable<DecisionQuery['mood']>;
const moodOf: Readonly<Record<AdGenre, Mood | null>> = {
  blues: 'calm',
  classical: 'calm',
  country: 'bright',
  electronic: 'driving',
  folk: 'calm',
  'hip-hop': 'driving',
  jazz: 'calm',
  latin: 'bright',
  metal: 'dark',
  pop: 'bright',
  reggae: 'bright',
  rock: 'driving',
  soul: 'bright',
  soundtrack: 'dark',
  spoken: null,
};
const longestExclude = 2000;

/**
 * All that is told to have ads chosen for a break.
 * @param genre as the track's tags have it; only its family is told
 * @param excluded campaigns that are not wanted, the most important first
 * @param now milliseconds since 1970; the part of the day is by the listener's own clock
 */
export function decisionQuery(
  breakId: string,
  genre: string,
  excluded: readonly string[],
  { locale, country, version }: BreakPlace,
  now: number,
): DecisionQuery {
  const family = coarseGenre(genre);
  const mood = family === null ? null : moodOf[family];
  const exclude = joined(excluded);
  const [, language = 'und'] = /^([a-z]{2,3})(?:[-_]|$)/i.exec(locale) ?? [];
  return {
    break: breakId,
    ...(family !== null && { genre: family }),
    ...(mood !== null && { mood }),
    daypart: dayPartOf(new Date(now).getHours()),
    language: language.toLowerCase(),
    market: /^[A-Z]{2}$/.test(country) ? country : 'ZZ',
    ...(exclude !== '' && { exclude }),
    version,
  };
}

function dayPartOf(hour: number): NonNullable<DecisionQuery['daypart']> {
  if (hour < 5 || hour >= 22) return 'night';
  if (hour < 11) return 'morning';
  return hour < 17 ? 'day' : 'evening';
}

function joined(campaigns: readonly string[]): string {
  let text = '';
  for (const campaign of campaigns) {
    const longer = text === '' ? campaign : `${text},${campaign}`;
    if (longer.length > longestExclude) break;
    text = longer;
  }
  return text;
}

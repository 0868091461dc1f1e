import type { Campaign, Creative } from '../../service/ads/catalogue.ts';

/** A campaign that runs everywhere in 2026, with one creative. */
export function aCampaign(id: string, change: Partial<Campaign> = {}): Campaign {
  return {
    id,
    advertiser: `${id} Ltd`,
    category: 'sport',
    genres: [],
    moods: [],
    dayparts: [],
    languages: [],
    markets: [],
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: '2027-01-01T00:00:00Z',
    dailyImpressions: 1000,
    creatives: [aCreative(`${id}-1`)],
    ...change,
  };
}

export function aCreative(id: string, change: Partial<Creative> = {}): Creative {
  return {
    id,
    title: `About ${id}`,
    mediaUrl: `https://media.example/${id}.mp3`,
    mediaType: 'audio/mpeg',
    seconds: 20,
    bitrateKbps: 192,
    companion: {
      url: `https://media.example/${id}.png`,
      type: 'image/png',
      width: 640,
      height: 640,
      alt: `Picture of ${id}`,
    },
    clickThrough: `https://${id}.example/offer`,
    skipAfterSeconds: null,
    ...change,
  };
}

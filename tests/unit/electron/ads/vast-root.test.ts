import { describe, expect, it } from 'vitest';
import { decisionQuery } from '../../../../electron/ads/decision-query.ts';
import { rootOfService } from '../../../../electron/ads/vast-root.ts';
import { DecisionQuery } from '../../../../service/api/ads.ts';
import { openAdServer } from '../../../support/ads-rig.ts';

const place = { locale: 'de-CH', country: 'CH', version: '0.5.0' };
const evening = new Date(2026, 10, 22, 19).getTime();
const request = { maxSpots: 2, maxSeconds: 60, genre: 'Doom Metal', musicLoudnessLufs: -18 };

describe('the request for ads', () => {
  it('says these things and nothing else: no account, no device, no artist', async () => {
    const server = await openAdServer();
    server.setDecision('inline-audio.xml');
    const root = rootOfService({
      service: { origin: server.origin, fetch },
      place,
      excluded: () => ['shoes', 'tea'],
      now: () => evening,
    });
    const bounds = {
      mostBytes: 10_000,
      signal: new AbortController().signal,
      reach: 'any',
    } as const;
    await root.ask(request, bounds);
    await root.ask({ ...request, genre: '' }, bounds);

    const [first, second] = server.requests();
    const { pathname, searchParams } = new URL(first?.path ?? '', server.origin);
    const { break: breakId, ...told } = Object.fromEntries(searchParams);
    expect(`${first?.method} ${pathname} ${first?.body}`).toBe('GET /v1/ads/vast ');
    expect(told).toEqual({
      genre: 'metal',
      mood: 'dark',
      daypart: 'evening',
      language: 'de',
      market: 'CH',
      exclude: 'shoes,tea',
      version: '0.5.0',
    });
    // Each break has a name of its own, so that two can't be told to be one listener's.
    expect(second?.path).not.toContain(breakId);
    expect(second?.path).not.toContain('genre');
    expect(first?.headers).toEqual({
      host: new URL(server.origin).host,
      accept: 'application/xml',
      'accept-encoding': 'gzip, deflate',
      'accept-language': 'de',
      connection: 'keep-alive',
      'sec-fetch-mode': 'cors',
      'user-agent': 'node',
    });
  });

  it('fits what the service takes, however long the list and odd the surroundings', () => {
    const many = Array.from({ length: 500 }, (_, index) => `campaign-${index}`);
    const odd = { locale: 'C', country: '', version: '1.0.0' };
    const query = decisionQuery(crypto.randomUUID(), 'Unheard-of', many, odd, evening);
    expect(DecisionQuery.parse(query)).toEqual(query);
    expect(query).toMatchObject({ language: 'und', market: 'ZZ' });
    expect(query.exclude?.startsWith('campaign-0,campaign-1,')).toBe(true);
  });
});

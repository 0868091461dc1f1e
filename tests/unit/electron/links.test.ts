import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLink } from '../../../electron/links.ts';

describe('deep links', () => {
  it('lead to places by id, and parameters change nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('album', 'artist', 'genre', 'playlist'),
        fc.integer({ min: 1, max: 999_999_999 }),
        fc.webQueryParameters(),
        (to, id, query) => {
          expect(parseLink(`refrain://open/${to}/${id}?${query}`)).toEqual({ to, id });
        },
      ),
    );
  });

  it.each([
    'refrain://play/album/1',
    'refrain://open/album/1/2',
    'refrain://open/album/0',
    'refrain://open/album/1e3',
    'refrain://open/buy',
    'https://open/album/1',
    `refrain://open/album/1?${'x'.repeat(3000)}`,
  ])('lead nowhere when they are not ours: %.40s', (link) => {
    expect(parseLink(link)).toBeNull();
  });

  it('never fail, whatever comes', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        parseLink(rest);
        parseLink(`refrain://open/${rest}`);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Link, parseLink } from '../../../electron/links.ts';

const noMarks = { source: '', medium: '', campaign: '', content: '' };
const libraryId = fc.integer({ min: 1, max: 999_999_999 });
const mark = fc.stringMatching(/^[\w.+~-]{1,64}$/);

/** Pieces of which attacks on a shell, a page, a path or a query are made. */
const hostile = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...['../', '..%2f', '%00', '\0', '\n', "';DROP TABLE tracks;--", '"', '`id`', '$(id)'],
        ...['javascript:', 'file:///etc/passwd', '<script>', '\\\\host\\share', '--inspect', '&'],
        ...['refrain://open/', 'album/', 'track/', '1', '?t=', '&utm_source=', '#', '@', ':', '%'],
      ),
      fc.string({ unit: 'binary', maxLength: 20 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''));

describe('deep links', () => {
  it('lead to places by id, and parameters that are not theirs change nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('album', 'artist', 'genre', 'playlist'),
        libraryId,
        fc.webQueryParameters(),
        (to, id, query) => {
          const link = `refrain://open/${to}/${id}?x=${query.replaceAll(/[?&]utm_/g, '_')}`;
          expect(parseLink(link)).toMatchObject({ target: { to, id } });
        },
      ),
    );
  });

  it('name a second of a track, a day at most', () => {
    fc.assert(
      fc.property(libraryId, fc.integer({ min: 0, max: 99_999 }), (id, seconds) => {
        expect(parseLink(`refrain://open/track/${id}?t=${seconds}`)?.target).toEqual({
          to: 'track',
          id,
          startSeconds: Math.min(seconds, 86_400),
        });
      }),
    );
    for (const t of ['-1', '1.5', '1e9', '100000', '0x10', '', '١']) {
      const link = parseLink(`refrain://open/track/7?t=${t}`);
      expect(link?.target).toEqual({ to: 'track', id: 7, startSeconds: 0 });
    }
  });

  it('carry the marks of their publisher when these are plain', () => {
    fc.assert(
      fc.property(mark, mark, mark, mark, (source, medium, campaign, content) => {
        const query = new URLSearchParams({
          utm_source: source,
          utm_medium: medium,
          utm_campaign: campaign,
          utm_content: content,
          utm_term: 'dropped',
        });
        expect(parseLink(`refrain://open/premium?${String(query)}`)).toEqual({
          target: { to: 'premium' },
          marks: { source, medium, campaign, content },
        });
      }),
    );
    expect(parseLink('refrain://open/home?utm_source=a%20b&utm_medium=%3Cb%3E')).toEqual({
      target: { to: 'home' },
      marks: noMarks,
    });
  });

  it.each([
    ['refrain://open/settings/noted', { to: 'noted' }],
    ['refrain://open/settings/sound', { to: 'sound' }],
    ['refrain://open/gift/AB-12_x', { to: 'gift' }],
    ['refrain://open/podcast/9', { to: 'podcast' }],
  ])('lead where this says: %s', (link, target) => {
    expect(parseLink(link)?.target).toEqual(target);
  });

  it.each([
    'refrain://play/album/1',
    'refrain://open/album/1/2',
    'refrain://open/album/0',
    'refrain://open/album/1e3',
    'refrain://open/album/%31',
    'refrain://open/buy',
    'refrain://open/premium/yearly',
    'refrain://open/settings/delete',
    'refrain://open/gift/../../x',
    'refrain://OPEN/album/1',
    'refrain://open:80/album/1',
    'refrain://me@open/album/1',
    'refrain://open@evil/album/1',
    'refrain:open/album/1',
    'https://open/album/1',
    `refrain://open/album/1?${'x'.repeat(3000)}`,
    `refrain://open/album/1?${'é'.repeat(1100)}`,
  ])('lead nowhere when they are not ours: %.40s', (link) => {
    expect(parseLink(link)).toBeNull();
  });

  it('give out, whatever comes, a place of ours and plain marks or nothing', () => {
    fc.assert(
      fc.property(hostile, (rest) => {
        for (const text of [rest, `refrain://open/${rest}`, `refrain://open/track/1?${rest}`]) {
          expectHarmless(parseLink(text));
        }
      }),
      { numRuns: 2000 },
    );
  });
});

function expectHarmless(link: Link | null): void {
  if (link === null) return;
  const { to, ...rest } = link.target;
  expect(to).toMatch(/^[a-z]+$/);
  for (const value of Object.values(rest)) expect(value).toBeTypeOf('number');
  for (const value of Object.values(link.marks)) expect(value).toMatch(/^[\w.+~-]{0,64}$/);
}

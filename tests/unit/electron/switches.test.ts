import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSwitches } from '../../../electron/switches.ts';

describe('the command line', () => {
  it('understands what testers and listeners pass', () => {
    const given = [
      '--user-data-dir=profile',
      '--add-folder=music',
      '--add-folder=/more',
      '--sample',
      '--qa-tier=past_due',
      '--qa-clock=2026-01-02T03:04:05Z',
      '--qa-ads=ads.xml',
      '--qa-service=service.json',
      '--no-sandbox',
      'song.flac',
      'refrain://open/album/3',
    ];
    expect(parseSwitches(given, '/home/ada', true)).toEqual({
      folders: [resolve('/home/ada', 'music'), resolve('/more')],
      sample: true,
      paths: [resolve('/home/ada', 'song.flac')],
      link: 'refrain://open/album/3',
      qaTier: 'past_due',
      qaClock: Date.UTC(2026, 0, 2, 3, 4, 5),
      qaAds: 'ads.xml',
      qaService: 'service.json',
    });
  });

  it('takes no tester switch in a release build', () => {
    const given = ['--qa-tier=premium', '--qa-clock=2026-01-01', '--qa-ads=x', '--qa-service=x'];
    expect(parseSwitches(given, '/', false)).toMatchObject({
      qaTier: null,
      qaClock: null,
      qaAds: null,
      qaService: null,
    });
  });

  it('never fails, whatever it is given', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.boolean(), (given, qa) => {
        const { paths } = parseSwitches(given, '/home/ada', qa);
        expect(paths.every((path) => resolve(path) === path || path.startsWith('/'))).toBe(true);
      }),
    );
  });
});

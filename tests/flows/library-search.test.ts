import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchResult } from '../../shared/library.ts';
import { openTestLibrary, scanFolder, trackCalled, writeMusic } from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import type { WavTags } from '../support/wav.ts';

describe('search', () => {
  it('finds by the beginnings of words from title, artist, album and album artist', async () => {
    const { titles } = await library({
      tide: { artist: 'Ana Lind', album: 'Blue Hours', albumArtist: 'Harbour Choir' },
      other: { artist: 'Ben', album: 'Red' },
    });
    for (const text of ['ti', 'lin', 'blue', 'hou blu', 'choir tide', 'ANA']) {
      expect(titles(text), text).toEqual(['tide']);
    }
    expect(titles('ide')).toEqual([]);
    expect(titles('tide ben')).toEqual([]);
  });

  it('folds accents, case, width and letters that people type plainly', async () => {
    const { titles } = await library({ 'Ænima Łódź': { artist: 'Motörhead ＡＢＣ' } });
    for (const text of ['aenima', 'lodz', 'ŁÓDŹ', 'motorhead', 'abc', 'motörhead']) {
      expect(titles(text), text).toEqual(['Ænima Łódź']);
    }
  });

  it('finds names with marks however they are typed', async () => {
    const { titles } = await library({
      "Don't Stop": { artist: 'AC/DC' },
      'Everybody Hurts': { artist: 'R.E.M.' },
      'Heart-Shaped Box': { artist: '!!!' },
    });
    expect(titles('dont')).toEqual(["Don't Stop"]);
    expect(titles('don’t')).toEqual(["Don't Stop"]);
    expect(titles('ac/dc')).toEqual(["Don't Stop"]);
    expect(titles('rem')).toEqual(['Everybody Hurts']);
    expect(titles('shaped')).toEqual(['Heart-Shaped Box']);
    expect(titles('!!!')).toEqual(['Heart-Shaped Box']);
  });

  it('finds scripts without spaces by any part, and others by their words', async () => {
    const { titles } = await library({
      春の歌が聞こえる: { artist: 'スピッツ' },
      'Ещё один день': { artist: 'Ана' },
      ภาษาไทย: {},
      '사랑의 노래': {},
    });
    for (const text of ['春の歌', '歌', '聞こえ', 'スピ', 'ピッツ']) {
      expect(titles(text), text).toEqual(['春の歌が聞こえる']);
    }
    expect(titles('еще')).toEqual(['Ещё один день']);
    expect(titles('день')).toEqual(['Ещё один день']);
    expect(titles('ไทย')).toEqual(['ภาษาไทย']);
    expect(titles('노래')).toEqual(['사랑의 노래']);
  });

  it('puts names typed in full first, then names that begin so, then the rest', async () => {
    const { titles } = await library({
      'Somebody to Love': { artist: 'Q' },
      'Love Me Do': { artist: 'B' },
      Love: { artist: 'L' },
      Heart: { artist: 'Lovers' },
    });
    expect(titles('love')).toEqual(['Love', 'Love Me Do', 'Heart', 'Somebody to Love']);
  });

  it('puts what is liked and played before the rest of its kind', async () => {
    const { test, titles } = await library({
      'Rain one': { artist: 'A' },
      'Rain two': { artist: 'B' },
      'Rain three': { artist: 'C' },
    });
    expect(titles('rain')).toEqual(['Rain one', 'Rain two', 'Rain three']);
    test.library.countPlay(trackCalled(test, 'Rain two').id, 1);
    test.library.setLiked([trackCalled(test, 'Rain three').id], true);
    expect(titles('rain')).toEqual(['Rain three', 'Rain two', 'Rain one']);
  });

  it('finds albums, artists and playlists, and names the one that stands out', async () => {
    const { test, find } = await library({
      Opening: { artist: 'Halden Lys', album: 'Lysander' },
      Lyre: { artist: 'Ben', album: 'Other' },
    });
    test.playlists.create('Évening lys', { from: 'all' });
    const found = find('lys');
    expect(found.artists.map(({ name }) => name)).toEqual(['Halden Lys']);
    expect(found.albums.map(({ title }) => title)).toEqual(['Lysander']);
    expect(found.playlists.map(({ name }) => name)).toEqual(['Évening lys']);
    expect(find('halden lys').top).toMatchObject({ kind: 'artist' });
    expect(find('lysander').top).toMatchObject({ kind: 'album' });
    expect(find('lyre').top).toMatchObject({ kind: 'track' });
    expect(find('evening').top).toMatchObject({ kind: 'playlist' });
    expect(find('nothing').top).toBeNull();
  });

  it('answers any text, and nothing to an empty one', async () => {
    const { find } = await library({ 'A "quoted" title*': { artist: 'NEAR AND OR NOT' } });
    expect(find('  ')).toMatchObject({ tracks: [], albums: [], artists: [], top: null });
    expect(find('"quoted"').tracks).toHaveLength(1);
    expect(find('near and').tracks).toHaveLength(1);
    const anything = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.string({ unit: fc.constantFrom(...marks), maxLength: 40 }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        expect(find(text).text).toBe(text);
      }),
      { numRuns: 500 },
    );
  });

  it('knows the words of scanned names when one is mistyped', async () => {
    const { find, titles } = await library({
      Harbour: { artist: 'Halden Lys', album: 'Nightfall', albumArtist: 'Morgenstern' },
    });
    for (const [text, corrected] of Object.entries({
      harbuor: 'harbour',
      haldn: 'halden',
      nihtfall: 'nightfall',
      morgnstern: 'morgenstern',
    })) {
      expect(find(text).corrected, text).toBe(corrected);
      expect(titles(text), text).toEqual(['Harbour']);
    }
  });

  it('finds a genre, a year and a format as their tags say', async () => {
    const { titles } = await library({
      one: { genre: 'Hip-Hop', year: '1994' },
      two: { genre: 'Jazz', year: '2004' },
    });
    expect(titles('genre:"hip hop"')).toEqual(['one']);
    expect(titles('year:1990s')).toEqual(['one']);
    expect(titles('-genre:jazz')).toEqual(['one']);
    expect(titles('format:wav is:lossless year:>2000')).toEqual(['two']);
    expect(titles('added:<1d')).toEqual(['one', 'two']);
  });

  it('gives the window and the queue the same tracks in the same order', async () => {
    const files = Array.from({ length: 40 }, (_, n) => [`Song ${n}`, { artist: `A${n % 7}` }]);
    const { test, find } = await library(Object.fromEntries(files) as Record<string, WavTags>);
    const ids = test.library.trackIds({ from: 'search', text: 'song' });
    expect(ids).toHaveLength(40);
    expect(find('song', 10).tracks.map(({ id }) => id)).toEqual([...ids.subarray(0, 10)]);
  });
});

/** What means something to the search engine underneath, and some that does not. */
const marks = [
  '"',
  '*',
  '(',
  ')',
  ':',
  '^',
  '-',
  '+',
  '{',
  '}',
  '\\',
  '\0',
  ' ',
  'a',
  'NEAR',
  'ド',
  '\u0301',
];

/** A library of tracks by their titles. */
async function library(tracks: Readonly<Record<string, WavTags>>) {
  const folder = await temporaryFolder();
  const files = Object.entries(tracks).map(([title, tags], n) => [`${n}.wav`, { title, ...tags }]);
  await writeMusic(folder, Object.fromEntries(files) as Record<string, WavTags>);
  const test = await openTestLibrary();
  await scanFolder(test, folder);
  const find = (text: string, limit = 50): SearchResult => test.library.search({ text, limit });
  return { test, find, titles: (text: string) => find(text).tracks.map(({ title }) => title) };
}

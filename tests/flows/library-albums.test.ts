import { describe, expect, it } from 'vitest';
import type { Album } from '../../shared/library.ts';
import {
  allTracks,
  openTestLibrary,
  rescan,
  scanFolder,
  type TestLibrary,
  trackCalled,
  writeAt,
  writeMusic,
} from '../support/library.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { taggedWav, type WavTags } from '../support/wav.ts';

describe('albums', () => {
  it('join the discs of one album, in folders of their own too', async () => {
    const { albums } = await scanned({
      'Ana/Sea/CD1/1.wav': { title: 'a', artist: 'Ana', album: 'Sea', track: '1/2', disc: '1/2' },
      'Ana/Sea/CD1/2.wav': { title: 'b', artist: 'Ana', album: 'Sea', track: '2/2', disc: '1/2' },
      'Ana/Sea/Disc 2/1.wav': { title: 'c', artist: 'Ana', album: 'Sea', track: '1', disc: '2/2' },
    });
    expect(albums).toMatchObject([{ title: 'Sea', artist: 'Ana', tracks: 3, discs: 2 }]);
  });

  it('stay apart when different artists named them alike', async () => {
    const { albums } = await scanned({
      'Ana/1.wav': { artist: 'Ana', album: 'Greatest Hits', track: '1' },
      'Ben/1.wav': { artist: 'Ben', album: 'Greatest Hits', track: '1' },
      'both/1.wav': { artist: 'Cid', album: 'Greatest Hits', track: '1' },
      'both/2.wav': { artist: 'Dee', album: 'Greatest Hits', track: '1' },
    });
    expect(albums.map(({ artist }) => artist).sort()).toEqual(['Ana', 'Ben', 'Cid', 'Dee']);
  });

  it('stay apart when one artist named two of different years alike', async () => {
    const { albums } = await scanned({
      'blue/1.wav': { artist: 'Weather', album: 'Weather', year: '1994' },
      'green/1.wav': { artist: 'Weather', album: 'Weather', year: '2001' },
    });
    expect(albums.map(({ year }) => year)).toEqual([1994, 2001]);
  });

  it('stay whole when their tracks carry different years, or lie in two folders', async () => {
    const { albums } = await scanned({
      'best/1.wav': { artist: 'Ana', album: 'Best', track: '1', year: '1970' },
      'best/2.wav': { artist: 'Ana', album: 'Best', track: '2', year: '1980' },
      'more/3.wav': { artist: 'Ana', album: 'Best', track: '3', year: '1970' },
    });
    expect(albums).toMatchObject([{ title: 'Best', tracks: 3 }]);
  });

  it('are compilations by their mark, by album artist, or by one folder of many artists', async () => {
    const { albums } = await scanned({
      'marked/1.wav': { artist: 'Ana', album: 'Summer', compilation: true },
      'marked/2.wav': { artist: 'Ben', album: 'Summer', compilation: true },
      'written/1.wav': { artist: 'Ana', album: 'Winter', albumArtist: 'Various Artists' },
      'written/2.wav': { artist: 'Ben', album: 'Winter', albumArtist: 'Various Artists' },
      'plain/1.wav': { artist: 'Ana', album: 'Autumn', track: '1' },
      'plain/2.wav': { artist: 'Ben', album: 'Autumn', track: '2' },
      'plain/3.wav': { artist: 'Ana', album: 'Autumn', track: '3' },
    });
    expect(albums).toMatchObject([
      { title: 'Autumn', artist: 'Various Artists', tracks: 3 },
      { title: 'Summer', artist: 'Various Artists', tracks: 2 },
      { title: 'Winter', artist: 'Various Artists', tracks: 2 },
    ]);
  });

  it('stay as they are when a compilation’s track is written again', async () => {
    const { test, folder } = await scanned({
      '1.wav': { title: 'one', artist: 'Ana', album: 'Autumn', track: '1' },
      '2.wav': { title: 'two', artist: 'Ben', album: 'Autumn', track: '2' },
    });
    const before = allAlbums(test);
    const tags = { title: 'two, again', artist: 'Ben', album: 'Autumn', track: '2' };
    await writeAt(folder, '2.wav', taggedWav(0.4, tags));
    await rescan(test);
    expect(allAlbums(test)).toMatchObject([{ id: before[0]?.id, tracks: 2 }]);
  });

  it('are one artist’s however many guests their tracks have', async () => {
    const { albums } = await scanned({
      '1.wav': { artist: 'Ana', album: 'Friends', track: '1' },
      '2.wav': { artist: 'Ana feat. Ben', album: 'Friends', track: '2' },
      '3.wav': { artist: 'Ana; Cid', album: 'Friends', track: '3' },
    });
    expect(albums).toMatchObject([{ artist: 'Ana', tracks: 3 }]);
  });
});

describe('artists', () => {
  it('are parted where tags part them and nowhere else', async () => {
    const { test } = await scanned({
      '1.wav': { title: 'one', artist: 'AC/DC' },
      '2.wav': { title: 'two', artist: 'Tyler, The Creator' },
      '3.wav': { title: 'three', artist: 'Ana; Ben' },
      '4.wav': { title: 'four', artist: 'Cid\0Dee' },
      '5.wav': { title: 'five', artist: 'AC/DC', albumArtist: 'Love/Hate', version: 3 },
    });
    const artists = test.library.artists([...test.library.artistIds()]).map(({ name }) => name);
    expect(artists).toEqual([
      'AC/DC',
      'Ana',
      'Ben',
      'Cid',
      'Dee',
      'Love/Hate',
      'Tyler, The Creator',
    ]);
    expect(trackCalled(test, 'five')).toMatchObject({ artist: 'AC/DC', albumArtist: 'Love/Hate' });
    expect(trackCalled(test, 'three').artist).toBe('Ana, Ben');
  });

  it('are the same in any case and with any accents', async () => {
    const { test } = await scanned({
      '1.wav': { artist: 'Björk' },
      '2.wav': { artist: 'BJORK' },
    });
    const [artist] = test.library.artists([...test.library.artistIds()]);
    expect(artist).toMatchObject({ name: 'Björk', tracks: 2 });
  });

  it('go with the last of their tracks', async () => {
    const { test, folder } = await scanned({ '1.wav': { artist: 'Anna', genre: 'Folk' } });
    await writeAt(folder, '1.wav', taggedWav(0.4, { artist: 'Ana', genre: 'Jazz; Pop' }));
    await rescan(test);
    const artists = test.library.artists([...test.library.artistIds()]);
    expect(artists.map(({ name }) => name)).toEqual(['Ana']);
    expect(test.library.genres().map(({ name }) => name)).toEqual(['Jazz', 'Pop']);
  });
});

describe('lists', () => {
  it('sort as shelves do: no articles, numbers by value, accents folded', async () => {
    const { test } = await scanned({
      '1.wav': { title: 'The Zebra' },
      '2.wav': { title: 'Track 10' },
      '3.wav': { title: 'Track 9' },
      '4.wav': { title: 'Élan' },
      '5.wav': { title: '“A Quote”' },
    });
    expect(allTracks(test).map(({ title }) => title)).toEqual([
      'Élan',
      '“A Quote”',
      'Track 9',
      'Track 10',
      'The Zebra',
    ]);
  });

  it('hold every track of an artist: their own, as a guest, and on their albums', async () => {
    const { test } = await scanned({
      'a/1.wav': { title: 'own', artist: 'Ana', album: 'A' },
      'b/2.wav': { title: 'guest', artist: 'Ben; Ana', album: 'B' },
      'c/3.wav': { title: 'curated', artist: 'Cid', album: 'C', albumArtist: 'Ana' },
      'd/4.wav': { title: 'other', artist: 'Dee', album: 'D' },
    });
    const id = trackCalled(test, 'own').artistId;
    const titles = test.library
      .tracks([...test.library.trackIds({ from: 'artist', id })])
      .map(({ title }) => title);
    expect(titles).toEqual(['own', 'guest', 'curated']);
    expect(test.library.artists([id])).toMatchObject([{ name: 'Ana', tracks: 3, albums: 3 }]);
    expect(test.library.albumIds({ from: 'artist', id })).toHaveLength(3);
  });

  it('show a source’s folders with all that lies below them', async () => {
    const { test, source } = await scanned({
      'loose.wav': { title: 'loose' },
      'a/b/1.wav': { title: 'deep' },
      'a/2.wav': { title: 'shallow' },
      'a0/3.wav': { title: 'beside' },
    });
    expect(test.library.folder({ source, path: '' })).toMatchObject({
      folders: [
        { name: 'a', path: 'a', tracks: 2 },
        { name: 'a0', path: 'a0', tracks: 1 },
      ],
      trackIds: Uint32Array.of(trackCalled(test, 'loose').id),
    });
    const below = test.library.trackIds({ from: 'folder', source, path: 'a' });
    expect(test.library.tracks([...below]).map(({ title }) => title)).toEqual(['shallow', 'deep']);
    expect(() => test.library.folder({ source: 99, path: '' })).toThrow('no such folder');
  });
});

async function scanned(files: Readonly<Record<string, WavTags>>) {
  const folder = await temporaryFolder();
  await writeMusic(folder, files);
  const test = await openTestLibrary();
  const source = await scanFolder(test, folder);
  return { test, folder, source, albums: allAlbums(test) };
}

function allAlbums({ library }: TestLibrary): Album[] {
  return library.albums([...library.albumIds({ from: 'all', sort: 'title' })]);
}

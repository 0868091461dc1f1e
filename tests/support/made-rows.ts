import { join } from 'node:path';
import type { Id } from '../../shared/track.ts';
import type { Database } from '../../electron/database.ts';
import { openDatabase } from '../../electron/database/open-database.ts';
import { fold, searchText, sortKey } from '../../electron/library/fold.ts';
import { noteWords } from '../../electron/library/search/vocabulary.ts';

/**
 * Words as a large collection has them: a few stand in very many titles, most in few, and each kind
 * of name draws from the same. The first are real, so that a bench can ask for common ones.
 */
const commonWords =
  'the love you of in a me my on to night it live all time day down blue i remix no your one heart song black man girl new world dance light rain baby good fire dream moon little home sun road sweet star river city white gold'.split(
    ' ',
  );
const syllables =
  'ka lo mi ra ten vor shi bel dan or ny stu fel gra min tor us ea ling met al won sta der pri cho bra nel qui ste zen har'.split(
    ' ',
  );
const scripts = [
  'кино',
  'песня',
  'ночь',
  '東京',
  '椎名林檎',
  '사랑',
  'スピッツ',
  'björk',
  'café',
  'señor',
];
const genreNames =
  'Rock,Pop,Jazz,Electronic,Hip-Hop,Classical,Folk,Metal,Soul,Ambient,Blues,Country,Reggae,Punk,House,Techno,Indie,Latin,Funk,Soundtrack'.split(
    ',',
  );
const formats = ['mp3', 'mp3', 'mp3', 'flac', 'flac', 'm4a', 'ogg', 'opus'];
const batchAlbums = 500;
const tracksPerAlbum = 11;
const yearMilliseconds = 365 * 86_400_000;

export interface MadeRows {
  readonly tracks: number;
  readonly likes: number;
  readonly plays: number;
}

/**
 * Writes a library of so many tracks straight into a profile's database, with likes, ratings and
 * plays. The same number makes the same rows.
 * @param now milliseconds since 1970; tracks were added in the ten years before it
 */
export function makeRows(profile: string, count: number, now: number): MadeRows {
  const db = openDatabase(join(profile, 'library.db'));
  try {
    const random = seeded(count);
    const write = rowWriter(db, random, now);
    const albums = Math.ceil(count / tracksPerAlbum);
    for (let from = 0; from < albums; from += batchAlbums) {
      db.transaction(() => {
        for (let album = from; album < Math.min(albums, from + batchAlbums); album += 1) {
          write.album(album, Math.min(tracksPerAlbum, count - album * tracksPerAlbum));
        }
      });
    }
    return { tracks: count, ...listenTo(db, count, random, now) };
  } finally {
    db.close();
  }
}

/** Mulberry32: small numbers that look like chance and are the same on every machine. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The ids of names, written when first asked for. */
function namesWriter(write: (name: string) => Id): (name: string) => Id {
  const ids = new Map<string, Id>();
  return (name) => {
    const key = fold(name);
    const id = ids.get(key) ?? write(name);
    ids.set(key, id);
    return id;
  };
}

function rowWriter(db: Database, random: () => number, now: number) {
  const { lastId: source } = db.run(
    `INSERT INTO sources (path, kind) VALUES ('/made/music', 'folder')`,
  );
  const artistCount = 60_000;
  const artistId = namesWriter((name) => {
    const { lastId } = db.run(
      'INSERT INTO artists (name, key, sort) VALUES (?, ?, ?)',
      name,
      fold(name),
      sortKey(name),
    );
    db.run('INSERT INTO artist_words (rowid, name) VALUES (?, ?)', lastId, searchText(name));
    return lastId;
  });
  const genreId = namesWriter(
    (name) => db.run('INSERT INTO genres (name, key) VALUES (?, ?)', name, fold(name)).lastId,
  );

  function name(most: number): string {
    const words = Array.from({ length: 1 + Math.floor(random() * most) }, () => wordOf(random));
    return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ');
  }
  const artistNames = Array.from({ length: artistCount }, () =>
    random() < 0.2 ? `The ${name(2)}s` : name(2),
  );

  function track(album: number, artist: string, title: string, number: number): void {
    const { id, genre, genreName, year, albumTitle, various, format } = current;
    const own = various ? (artistNames[zipf(random, artistCount, 300)] ?? '') : artist;
    const ownId = artistId(own);
    const { lastId } = db.run(
      `INSERT INTO tracks (source_id, folder, name, size, modified, format, title, title_sort,
        artist, artist_id, artist_sort, album_id, genre, seconds, track, disc, year, cover,
        cover_from, added, lossless)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, 'tags', ?, ?)`,
      source,
      `${artist}/${albumTitle} ${album}`,
      `${number} ${title}.${format}`,
      3_000_000 + Math.floor(random() * 30_000_000),
      now - album,
      format,
      title,
      sortKey(title),
      own,
      ownId,
      sortKey(own),
      id,
      genreName,
      90 + Math.floor(random() * 300_000) / 1000,
      number,
      year,
      album.toString(16).padStart(64, '0'),
      now - Math.floor((1 - album / (album + 5000)) * 10 * yearMilliseconds * random()),
      format === 'flac' ? 1 : 0,
    );
    db.run('INSERT INTO track_artists (track_id, artist_id) VALUES (?, ?)', lastId, ownId);
    db.run('INSERT INTO track_genres (track_id, genre_id) VALUES (?, ?)', lastId, genre);
    const texts = [title, own, albumTitle, current.credit].map(searchText);
    db.run(
      'INSERT INTO track_words (rowid, title, artist, album, album_artist) VALUES (?, ?, ?, ?, ?)',
      lastId,
      ...texts,
    );
    noteWords(db, texts);
  }

  let current = {
    id: 0,
    genre: 0,
    genreName: '',
    year: 0,
    albumTitle: '',
    credit: '',
    various: false,
    format: '',
  };
  return {
    album(album: number, tracks: number): void {
      const artist = artistNames[zipf(random, artistCount, 300)] ?? '';
      const various = random() < 0.03;
      const credit = various ? 'Various Artists' : artist;
      const albumTitle = name(4);
      const genreName = genreNames[zipf(random, genreNames.length)] ?? '';
      const year = 2025 - zipf(random, 75);
      const { lastId: id } = db.run(
        `INSERT INTO albums (title, title_key, title_sort, artist, artist_id, year, source_id,
          folder, credit) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'tags')`,
        albumTitle,
        albumTitle.toLowerCase(),
        sortKey(albumTitle),
        credit,
        artistId(credit),
        year,
        source,
        `${artist}/${albumTitle} ${album}`,
      );
      db.run(
        'INSERT INTO album_words (rowid, title, artist) VALUES (?, ?, ?)',
        id,
        searchText(albumTitle),
        searchText(credit),
      );
      current = {
        id,
        genre: genreId(genreName),
        genreName,
        year,
        albumTitle,
        credit,
        various,
        format: formats[Math.floor(random() * formats.length)] ?? '',
      };
      for (let number = 1; number <= tracks; number += 1) track(album, artist, name(5), number);
    },
  };
}

/** Each 50th track is liked, each 100th rated, and a third of a play falls on each, unevenly. */
function listenTo(db: Database, count: number, random: () => number, now: number) {
  const plays = Math.floor(count / 3);
  const likes = Math.floor(count / 50);
  return db.transaction(() => {
    const track = () => 1 + Math.floor(random() * count);
    for (let made = 0; made < likes; made += 1) {
      db.run('INSERT OR IGNORE INTO likes (track_id, at) VALUES (?, ?)', track(), now - made);
    }
    for (let made = 0; made < count / 100; made += 1) {
      const stars = 1 + Math.floor(random() * 5);
      db.run('INSERT OR IGNORE INTO ratings VALUES (?, ?, ?)', track(), stars, now - made);
    }
    for (let made = 0; made < plays; made += 1) {
      // A multiplier spreads the much played over the whole library.
      const id = 1 + ((zipf(random, count) * 7919) % count);
      db.run('INSERT INTO plays (track_id, at) VALUES (?, ?)', id, now - (plays - made) * 1000);
    }
    return { likes, plays };
  });
}

/**
 * Below `count`; each number about as often as its place says (Zipf's law).
 * @param flat how many of the first come about equally often (Mandelbrot's form of the law)
 */
function zipf(random: () => number, count: number, flat = 1): number {
  const place = Math.floor(flat * ((count + flat) / flat) ** random() - flat);
  return Math.max(0, Math.min(count - 1, place));
}

function wordOf(random: () => number): string {
  const rank = zipf(random, 40_000, 8);
  const common = commonWords[rank];
  if (common !== undefined) return common;
  if (rank % 97 === 0) return scripts[(rank / 97) % scripts.length] ?? '';
  const parts = [rank % 31, Math.floor(rank / 31) % 31, Math.floor(rank / 961)];
  return parts.map((part) => syllables[part % syllables.length]).join('');
}

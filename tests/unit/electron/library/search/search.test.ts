import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Database } from '../../../../../electron/database.ts';
import { openDatabase } from '../../../../../electron/database/open-database.ts';
import { fold, searchText, searchWords, sortKey } from '../../../../../electron/library/fold.ts';
import type { Limit, Query, Term } from '../../../../../electron/library/search/query.ts';
import { createArtistRows } from '../../../../../electron/library/rows.ts';
import { createSearch } from '../../../../../electron/library/search/search.ts';
import { noteWords } from '../../../../../electron/library/search/vocabulary.ts';
import type { AudioFormat, Id } from '../../../../../shared/track.ts';
import { temporaryFolder } from '../../../../support/temporary-folder.ts';

const now = Date.UTC(2026, 10, 22);
const dayMilliseconds = 86_400_000;

describe('a search', () => {
  it('finds what a look at every track finds, for any query', async () => {
    const db = await openEmpty();
    fc.assert(
      fc.property(
        fc.array(aTrack, { maxLength: 12 }),
        fc.array(aQuery, { minLength: 1, maxLength: 6 }),
        (tracks, texts) => {
          fill(db, tracks);
          const search = searchIn(db);
          for (const text of texts) {
            const { asked, trackIds } = search.find(text);
            expect(
              [...trackIds].sort((one, other) => one - other),
              text,
            ).toEqual(tracks.flatMap((track, at) => (fulfils(track, asked) ? [at + 1] : [])));
          }
        },
      ),
      { numRuns: 150 },
    );
  });

  it('finds the same for words of which there are too many to be spelled out', async () => {
    const db = await openEmpty();
    const words = Array.from({ length: 90 }, (_, at) => `word${at}`);
    const tracks = words.map((title) => track({ title }));
    fill(db, tracks);
    const search = searchIn(db);
    expect(search.findSoon('word')).toMatchObject({ more: true });
    expect(search.findSoon('word').trackIds.length).toBeLessThan(words.length);
    expect(search.findSoon('word1')).toMatchObject({ more: false });
    expect(search.find('word1').trackIds).toHaveLength(11);
    await search.prepare('word');
    expect(search.findSoon('word').trackIds).toHaveLength(words.length);
    expect(searchIn(db).find('word').trackIds).toHaveLength(words.length);
  });

  it('puts the songs that are meant first', async () => {
    const db = await openEmpty();
    const tracks = [
      track({ title: 'Help Yourself', artist: 'Tom Jones' }),
      track({ title: 'Help!', artist: 'Bananarama' }),
      track({ title: 'Yesterday', artist: 'The Beatles', album: 'Help!' }),
      track({ title: 'Help!', artist: 'The Beatles', album: 'Help!' }),
      track({ title: 'Beatles Medley', artist: 'Help Desk', album: 'Covers', plays: 20 }),
      track({ title: 'With a Little Help from My Friends', artist: 'The Beatles', liked: true }),
    ];
    fill(db, tracks);
    const search = searchIn(db);
    const best = (text: string) => tracks[(search.find(text).trackIds[0] ?? 0) - 1];
    for (const text of ['beatles help', 'help beatles', 'the beatles help', 'help! the beatl']) {
      expect(best(text), text).toMatchObject({ title: 'Help!', artist: 'The Beatles' });
    }
    for (const text of ['beatles', 'the beatles']) {
      expect(best(text), text).toMatchObject({ artist: 'The Beatles', liked: true });
    }
    expect(best('help')).toMatchObject({ title: 'Help!' });
    expect(best('help yo')).toMatchObject({ title: 'Help Yourself' });
  });

  it('puts what is liked, rated and often played first among equals', async () => {
    const db = await openEmpty();
    fill(db, [
      track({ title: 'Rain one' }),
      track({ title: 'Rain two', plays: 2 }),
      track({ title: 'Rain three', stars: 5 }),
      track({ title: 'Rain four', liked: true, plays: 9 }),
      track({ title: 'Rain five', stars: 1 }),
    ]);
    const search = searchIn(db);
    expect([...search.find('rain').trackIds].slice(0, 3)).toEqual([4, 3, 2]);
  });

  it('mends a word that finds nothing by one letter, and says so', async () => {
    const db = await openEmpty();
    fill(db, [
      track({ title: 'Help!', artist: 'The Beatles' }),
      track({ title: 'One', artist: 'Metallica' }),
      track({ title: 'Группа крови', artist: 'Кино' }),
      track({ title: 'Army of Me', artist: 'Björk' }),
    ]);
    const search = searchIn(db);
    const mended: Readonly<Record<string, readonly [Id, string]>> = {
      beetles: [1, 'beatles'],
      'the beatels': [1, 'the beatles'],
      metalica: [2, 'metallica'],
      'metallicca one': [2, 'metallica one'],
      'artist:metalica': [2, 'metallica'],
      группо: [3, 'группа'],
      bjorc: [4, 'bjork'],
    };
    for (const [text, [id, corrected]] of Object.entries(mended)) {
      expect(search.find(text), text).toMatchObject({ corrected, trackIds: Uint32Array.of(id) });
    }
    expect(search.find('beatles').corrected).toBeNull();
    expect(search.find('zzzzzz').corrected).toBeNull();
    expect(search.find('help metallica')).toMatchObject({ corrected: null });
  });

  it('finds names of every script as their listeners type them', async () => {
    const db = await openEmpty();
    const artists = [
      'Björk',
      'Кино',
      '椎名林檎',
      'Алла Пугачёва',
      '방탄소년단',
      'أم كلثوم',
      'ＢＵＭＰ ＯＦ ＣＨＩＣＫＥＮ',
      'スピッツ',
      'Sigur Rós',
      '周杰倫',
      'Μίκης Θεοδωράκης',
      'きゃりーぱみゅぱみゅ',
    ];
    fill(
      db,
      artists.map((artist, at) => track({ title: `Title ${at}`, artist })),
    );
    const search = searchIn(db);
    const typed: Readonly<Record<string, string>> = {
      bjork: 'Björk',
      björk: 'Björk',
      'bjo\u0308rk': 'Björk',
      кино: 'Кино',
      КИНО: 'Кино',
      椎名: '椎名林檎',
      林檎: '椎名林檎',
      пугачева: 'Алла Пугачёва',
      пугачёва: 'Алла Пугачёва',
      방탄: '방탄소년단',
      'ام كلثوم': 'أم كلثوم',
      bump: 'ＢＵＭＰ ＯＦ ＣＨＩＣＫＥＮ',
      ｃｈｉｃｋｅｎ: 'ＢＵＭＰ ＯＦ ＣＨＩＣＫＥＮ',
      スピ: 'スピッツ',
      ｽﾋﾟｯﾂ: 'スピッツ',
      ros: 'Sigur Rós',
      杰倫: '周杰倫',
      θεοδωρακης: 'Μίκης Θεοδωράκης',
      ぱみゅ: 'きゃりーぱみゅぱみゅ',
      'artist:林檎': '椎名林檎',
    };
    for (const [text, artist] of Object.entries(typed)) {
      expect([...search.find(text).trackIds], text).toEqual([artists.indexOf(artist) + 1]);
    }
  });

  it('still finds a title with a word that could be a field', async () => {
    const db = await openEmpty();
    fill(db, [track({ title: 'Year: Zero' }), track({ title: 'Title:Unknown' })]);
    const search = searchIn(db);
    expect([...search.find('year: zero').trackIds]).toEqual([1]);
    expect([...search.find('year:zero').trackIds]).toEqual([1]);
    expect([...search.find('title:unknown').trackIds]).toEqual([2]);
  });

  it('gives the albums and artists of what fulfils the limits', async () => {
    const db = await openEmpty();
    fill(db, [
      track({ title: 'a', artist: 'Mio', album: 'Blue', year: 1994 }),
      track({ title: 'b', artist: 'Mio', album: 'Blue Two', year: 2004 }),
      track({ title: 'c', artist: 'Una', album: 'Red', year: 1994 }),
    ]);
    const search = searchIn(db);
    const names = (text: string) => {
      const { albums, artists } = search.result(text, 50, search.find(text), []);
      return [albums.map(({ title }) => title), artists.map(({ name }) => name)];
    };
    expect(names('blue')).toEqual([['Blue', 'Blue Two'], []]);
    expect(names('blue year:1994')).toEqual([['Blue'], []]);
    expect(names('year:1994')).toEqual([
      ['Blue', 'Red'],
      ['Mio', 'Una'],
    ]);
    expect(names('mio -year:1994')).toEqual([['Blue Two'], ['Mio']]);
    expect(names('artist:mio')).toEqual([['Blue', 'Blue Two'], ['Mio']]);
    expect(names('title:a')).toEqual([[], []]);
  });
});

function searchIn(db: Database) {
  return createSearch(db, createArtistRows(db).read, () => now, {
    ids: (sql, ...values) => Promise.resolve(db.ids(sql, ...values)),
    sorted: (sql, ...values) => Promise.resolve(db.ids(sql, ...values)),
    rows: (asked) => Promise.resolve(db.all(asked)),
  });
}

interface Row {
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly genre: string;
  readonly year: number | null;
  readonly format: AudioFormat;
  readonly ageDays: number;
  readonly liked: boolean;
  readonly stars: number;
  readonly plays: number;
  readonly here: boolean;
}

function track(known: Partial<Row>): Row {
  return {
    title: '',
    artist: '',
    album: '',
    genre: '',
    year: null,
    format: 'mp3',
    ageDays: 1,
    liked: false,
    stars: 0,
    plays: 0,
    here: true,
    ...known,
  };
}

const words = [
  'love',
  'lover',
  'Ночь',
  '林檎',
  'the',
  "don't",
  'Björk',
  'live',
  '1994',
  'AC/DC',
  'a',
];
const aName = fc
  .array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
  .map((some) => some.join(' '));
const aTrack: fc.Arbitrary<Row> = fc.record({
  title: aName,
  artist: aName,
  album: aName,
  genre: fc.constantFrom('Jazz', 'Hip-Hop', 'Acid Jazz'),
  year: fc.constantFrom(null, 1989, 1990, 1994, 2000),
  format: fc.constantFrom('mp3' as const, 'flac' as const),
  ageDays: fc.constantFrom(1, 20, 400),
  liked: fc.boolean(),
  stars: fc.constantFrom(0, 1, 4, 5),
  plays: fc.constantFrom(0, 1, 3),
  here: fc.boolean(),
});
const aPart = fc.oneof(
  fc.constantFrom(...words, 'lov', '林', '"love live"', 'björ', 'dont', 'ac'),
  fc.constantFrom(
    'title:love',
    'artist:"björk"',
    'album:noch',
    'genre:jazz',
    'genre:"hip hop"',
    'genre:acid',
  ),
  fc.constantFrom('year:1994', 'year:1990..1999', 'year:<1990', 'added:<30d', 'added:>1y'),
  fc.constantFrom('rating:>=4', 'rating:0', 'plays:>1', 'plays:0', 'format:flac'),
  fc.constantFrom('is:liked', 'is:lossless', 'is:unplayed', 'is:away'),
);
const aQuery = fc
  .array(
    fc.tuple(fc.boolean(), aPart).map(([not, part]) => (not ? `-${part}` : part)),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) => parts.join(' '));

/** The same by plain looks at one row, without a database. */
function fulfils(row: Row, asked: Query): boolean {
  const { terms, limits, name } = asked;
  if (terms.length === 0 && limits.length === 0) return false;
  const hasWords =
    terms.every((term) => hasTerm(row, term) !== term.not) &&
    limits.every((limit) => isWithin(row, limit) !== limit.not);
  const isPlain =
    limits.length === 0 && terms.every(({ field, whole }) => field === null && !whole);
  const names = [row.title, row.artist, row.album].map(sortKey);
  return hasWords || (isPlain && names.some((own) => own.startsWith(name)));
}

function hasTerm(row: Row, { field, words: wanted, whole }: Term): boolean {
  const texts = field === null ? [row.title, row.artist, row.album] : [row[field]];
  const text = wanted.replaceAll(/\s+/g, ' ');
  return texts.some((own) => {
    const inOrder = ` ${searchWords(own).join(' ').replaceAll(/\s+/g, ' ')} `;
    return inOrder.includes(whole ? ` ${text} ` : ` ${text}`);
  });
}

function isWithin(row: Row, limit: Limit): boolean {
  switch (limit.on) {
    case 'year':
      return row.year !== null && row.year >= limit.from && row.year <= limit.to;
    case 'age':
      return row.ageDays >= limit.from && row.ageDays <= limit.to;
    case 'plays':
      return row.plays >= limit.from && row.plays <= limit.to;
    case 'rating':
      return row.stars >= limit.from && row.stars <= limit.to;
    case 'format':
      return limit.formats.includes(row.format);
    case 'liked':
      return row.liked;
    case 'lossless':
      return row.format === 'flac';
    case 'unplayed':
      return row.plays === 0;
    case 'away':
      return !row.here;
  }
}

async function openEmpty(): Promise<Database> {
  const db = openDatabase(join(await temporaryFolder(), 'library.db'));
  onTestFinished(() => db.close());
  return db;
}

const filled =
  'plays likes ratings track_genres track_artists tracks albums artists genres sources words'.split(
    ' ',
  );

/** Makes these the only tracks, with ids from 1 on. */
function fill(db: Database, rows: readonly Row[]): void {
  db.transaction(() => {
    for (const table of [...filled, 'track_words', 'album_words', 'artist_words']) {
      db.run(`DELETE FROM ${table}`);
    }
    db.run(`INSERT INTO sources (id, path, kind) VALUES (1, '/music', 'folder')`);
    rows.forEach((row, at) => addRow(db, at + 1, row));
  });
}

function addRow(db: Database, id: Id, row: Row): void {
  const artist = idOf(db, 'artists', row.artist);
  const genre = idOf(db, 'genres', row.genre);
  db.run(
    `INSERT INTO albums (id, title, title_key, title_sort, artist, artist_id, year, source_id,
      folder, credit) VALUES (?, ?, ?, ?, ?, ?, ?, 1, ?, 'tags')`,
    ...[id, row.album, fold(row.album), sortKey(row.album), row.artist, artist, row.year, `${id}`],
  );
  db.run(
    `INSERT INTO tracks (id, source_id, folder, name, size, modified, state, format, title,
      title_sort, artist, artist_id, artist_sort, album_id, genre, seconds, year, added, lossless)
    VALUES (?, 1, ?, 'a', 1, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?)`,
    ...[id, `${id}`, row.here ? 'here' : 'missing', row.format, row.title, sortKey(row.title)],
    ...[row.artist, artist, sortKey(row.artist), id, row.genre, row.year],
    ...[now - row.ageDays * dayMilliseconds, row.format === 'flac' ? 1 : 0],
  );
  db.run('INSERT INTO track_genres VALUES (?, ?)', id, genre);
  db.run('INSERT INTO track_artists VALUES (?, ?)', id, artist);
  if (row.liked) db.run('INSERT INTO likes VALUES (?, ?)', id, now);
  if (row.stars > 0) db.run('INSERT INTO ratings VALUES (?, ?, ?)', id, row.stars, now);
  for (let play = 0; play < row.plays; play += 1) {
    db.run('INSERT INTO plays (track_id, at) VALUES (?, ?)', id, now);
  }
  const texts = [row.title, row.artist, row.album, row.artist].map(searchText);
  const [, credit = '', album = ''] = texts;
  db.run('INSERT INTO album_words (rowid, title, artist) VALUES (?, ?, ?)', id, album, credit);
  db.run(
    'INSERT INTO track_words (rowid, title, artist, album, album_artist) VALUES (?, ?, ?, ?, ?)',
    id,
    ...texts,
  );
  noteWords(db, texts);
}

function idOf(db: Database, table: 'artists' | 'genres', name: string): Id {
  const [known] = db.ids(`SELECT id FROM ${table} WHERE key = ?`, fold(name));
  if (known !== undefined) return known;
  if (table === 'genres') {
    return db.run('INSERT INTO genres (name, key) VALUES (?, ?)', name, fold(name)).lastId;
  }
  const { lastId } = db.run(
    'INSERT INTO artists (name, key, sort) VALUES (?, ?, ?)',
    ...[name, fold(name), sortKey(name)],
  );
  db.run('INSERT INTO artist_words (rowid, name) VALUES (?, ?)', lastId, searchText(name));
  return lastId;
}

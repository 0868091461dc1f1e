import type {
  DuplicateFile,
  DuplicateGroup,
  DuplicateKind,
  DuplicatePage,
} from '../../../shared/library.ts';
import type { Id } from '../../../shared/track.ts';
import { type Database, listValue, query } from '../../database.ts';

/** One page looks at so many rows of an index at most, so that it answers soon in any library. */
const rowsAtOnce = 4000;
const mostLooks = 12;
const groupsOnPage = 25;
const mostFilesInGroup = 50;
/** Masterings and encoders differ by no more in what they leave at a track's ends. */
const secondsApart = 2;

interface SoundRow {
  readonly id: Id;
  readonly sound: string;
}
interface TitleRow {
  readonly id: Id;
  readonly title: string;
  readonly artist: string;
  readonly seconds: number;
  readonly sound: string | null;
}
interface Look {
  /** In the order of their keys. */
  readonly found: readonly { readonly key: string; readonly groups: readonly (readonly Id[])[] }[];
  /** Where the next look begins; null: at the end. */
  readonly next: string | null;
}

const bySound = query<SoundRow>(
  `SELECT id, audio_hash AS sound FROM tracks
  WHERE audio_hash IS NOT NULL AND audio_hash > ? ORDER BY audio_hash LIMIT ${rowsAtOnce}`,
);
const byTitle = query<TitleRow>(
  `SELECT id, title_sort AS title, artist_sort AS artist, seconds, audio_hash AS sound
  FROM tracks WHERE title_sort > ? AND state = 'here' ORDER BY title_sort LIMIT ${rowsAtOnce}`,
);
const files = query<
  Omit<DuplicateFile, 'liked' | 'away' | 'playlists'> & {
    readonly title: string;
    readonly artist: string;
    readonly liked: number;
    readonly away: number;
    readonly playlists: string;
  }
>(
  `SELECT tracks.id, tracks.title, tracks.artist, albums.title AS album, name, seconds, format,
    rtrim(sources.path || '/' || tracks.folder, '/') AS folder, size AS bytes, tracks.cover, away,
    (SELECT json_extract(details, '$.bitRate') FROM track_details
      WHERE track_id = tracks.id) AS bitsPerSecond,
    EXISTS (SELECT 1 FROM likes WHERE track_id = tracks.id) AS liked,
    (SELECT json_group_array(DISTINCT playlists.name) FROM playlist_items
      JOIN playlists ON playlists.id = playlist_id WHERE track_id = tracks.id) AS playlists
  FROM json_each(?) JOIN tracks ON tracks.id = value
    JOIN albums ON albums.id = album_id JOIN sources ON sources.id = tracks.source_id
  WHERE state = 'here' ORDER BY json_each.key`,
);

/**
 * A page of files that hold the same recording. Nothing is kept between pages: each goes on where
 * the one before it ended, and lets other work in between its looks.
 * @param after null: the first page; else `next` of the page before
 */
export async function duplicates(
  db: Database,
  kind: DuplicateKind,
  after: string | null,
): Promise<DuplicatePage> {
  const groups: DuplicateGroup[] = [];
  let next = after ?? '';
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const look = kind === 'same' ? lookAtSounds(db, next) : lookAtTitles(db, next);
    for (const { key, groups: alike } of look.found) {
      groups.push(...alike.flatMap((ids) => describe(db, kind, ids)));
      if (groups.length >= groupsOnPage) return { groups, next: key };
    }
    if (look.next === null) return { groups, next: null };
    next = look.next;
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { groups, next };
}

function lookAtSounds(db: Database, after: string): Look {
  const rows = db.all(bySound, after);
  const runs = runsOf(rows, ({ sound }) => sound);
  return lookOf(
    rows.length,
    runs,
    ({ sound }) => sound,
    (run) => [run.map(({ id }) => id)],
  );
}

function lookAtTitles(db: Database, after: string): Look {
  const rows = db.all(byTitle, after);
  const runs = runsOf(rows, ({ title }) => title);
  return lookOf(rows.length, runs, ({ title }) => title, alikeInTitle);
}

/** The last run may go on beyond the rows looked at: it is left to the next look. */
function lookOf<Row>(
  rows: number,
  runs: readonly (readonly Row[])[],
  keyOf: (row: Row) => string,
  groupsIn: (run: readonly Row[]) => readonly (readonly Id[])[],
): Look {
  const isEnd = rows < rowsAtOnce;
  // A run that fills a whole look is no group but a title like "Track 1"; the rest of it is skipped.
  const whole = isEnd || runs.length === 1 ? runs : runs.slice(0, -1);
  const [last] = whole.at(-1) ?? [];
  return {
    found: whole.flatMap((run) => {
      const [first] = run;
      const groups = groupsIn(run).filter(({ length }) => length > 1);
      return first === undefined || groups.length === 0 ? [] : [{ key: keyOf(first), groups }];
    }),
    next: isEnd || last === undefined ? null : keyOf(last),
  };
}

/** Neighbours with the same key. */
function runsOf<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const runs: Row[][] = [];
  let key: string | null = null;
  for (const row of rows) {
    if (keyOf(row) === key) runs.at(-1)?.push(row);
    else runs.push([row]);
    key = keyOf(row);
  }
  return runs;
}

/** Tracks of one title by the same artist and about as long, that don't all sound the same. */
function alikeInTitle(titled: readonly TitleRow[]): readonly (readonly Id[])[] {
  const ordered = titled
    .filter(({ title, artist }) => title !== '' && artist !== '')
    .sort((a, b) => (a.artist < b.artist ? -1 : a.artist > b.artist ? 1 : a.seconds - b.seconds));
  const groups: TitleRow[][] = [];
  for (const row of ordered) {
    const group = groups.at(-1);
    const first = group?.[0];
    const isAlike = first?.artist === row.artist && row.seconds - first.seconds <= secondsApart;
    if (isAlike) group?.push(row);
    else groups.push([row]);
  }
  return groups
    .filter((group) => group.some(({ sound }) => sound === null || sound !== group[0]?.sound))
    .map((group) => group.map(({ id }) => id));
}

function describe(db: Database, kind: DuplicateKind, ids: readonly Id[]): DuplicateGroup[] {
  const rows = db.all(files, listValue(ids.slice(0, mostFilesInGroup)));
  const [first] = rows;
  if (first === undefined || rows.length < 2) return [];
  return [
    {
      kind,
      title: first.title,
      artist: first.artist,
      files: rows.map((row) => ({
        id: row.id,
        album: row.album,
        folder: row.folder,
        name: row.name,
        seconds: row.seconds,
        format: row.format,
        bytes: row.bytes,
        bitsPerSecond: row.bitsPerSecond,
        cover: row.cover,
        liked: row.liked === 1,
        away: row.away === 1,
        playlists: JSON.parse(row.playlists) as string[],
      })),
    },
  ];
}

import type { Term } from './query.ts';

/** The tables of words, and which of their columns a field means; in others it can't be found. */
const columns = {
  track_words: {
    title: 'title',
    artist: 'artist album_artist',
    album: 'album',
    genre: null,
  },
  album_words: { title: null, artist: 'artist', album: 'title', genre: null },
  artist_words: { title: null, artist: 'name', album: null, genre: null },
} as const;

export type WordTable = keyof typeof columns;

/** What MATCH takes. */
export interface Match {
  /** '' when no word has to be found. */
  readonly found: string;
  /** Finds what must not be; '' when nothing. */
  readonly left: string;
}

/** @returns null when a term asks for a field that the table's rows don't have */
export function matchOf(terms: readonly Term[], table: WordTable): Match | null {
  const found: string[] = [];
  const left: string[] = [];
  for (const term of terms) {
    // Genres are a table of their own.
    if (term.field === 'genre') continue;
    const own = term.field === null ? '' : columns[table][term.field];
    if (own === null && term.not) continue;
    if (own === null) return null;
    // In quotation marks no character has a meaning, and `searchWords` leaves none inside.
    const words = `${own === '' ? '' : `{${own}} : `}"${term.words}"${term.whole ? '' : '*'}`;
    (term.not ? left : found).push(words);
  }
  // In brackets, since a column filter reaches over what follows it.
  const each = (parts: readonly string[]) => parts.map((words) => `(${words})`);
  return { found: each(found).join(' AND '), left: each(left).join(' OR ') };
}

/** Both in one, for a table that is searched by its words. */
export function matchText({ found, left }: Match): string {
  return left === '' ? found : `(${found}) NOT (${left})`;
}

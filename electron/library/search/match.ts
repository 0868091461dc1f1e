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

/** A term, perhaps with all the words that begin as it does. */
export interface Spelled extends Term {
  readonly spelledOut?: readonly string[];
}

/** @returns null when a term asks for a field that the table's rows don't have */
export function matchOf(terms: readonly Spelled[], table: WordTable): Match | null {
  const found: string[] = [];
  const left: string[] = [];
  for (const term of terms) {
    // Genres are a table of their own.
    if (term.field === 'genre') continue;
    const own = term.field === null ? '' : columns[table][term.field];
    if (own === null && term.not) continue;
    if (own === null) return null;
    // In quotation marks no character has a meaning, and `searchWords` leaves none inside.
    (term.not ? left : found).push(`${own === '' ? '' : `{${own}} : `}${textOf(term)}`);
  }
  // In brackets, since a column filter reaches over what follows it.
  const each = (parts: readonly string[]) => parts.map((words) => `(${words})`);
  return { found: each(found).join(' AND '), left: each(left).join(' OR ') };
}

function textOf({ words, whole, spelledOut }: Spelled): string {
  if (spelledOut === undefined) return `"${words}"${whole ? '' : '*'}`;
  return `(${spelledOut.map((word) => `"${word}"`).join(' OR ')})`;
}

/** Both in one, for a table that is searched by its words. */
export function matchText({ found, left }: Match): string {
  return left === '' ? found : `(${found}) NOT (${left})`;
}

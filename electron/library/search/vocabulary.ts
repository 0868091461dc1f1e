import { type Database, listValue, query } from '../../database.ts';
import type { Spelled } from './match.ts';
import type { Term } from './query.ts';

/** Words noted in this run, so that a scan writes each but once. */
const noted = new WeakMap<Database, Set<string>>();
/** More would be forgotten and written anew, which changes nothing, rather than fill the memory. */
const mostNoted = 100_000;
const shortestWord = 3;

/**
 * Keeps the words of names, for the spelling of what finds nothing. Belongs into the transaction
 * that makes the names searchable.
 * @param texts as `searchText` makes them
 */
export function noteWords(db: Database, texts: readonly string[]): void {
  const known = noted.get(db) ?? new Set();
  noted.set(db, known);
  const found: string[] = [];
  for (const text of texts) {
    for (const word of text.split(/[^\p{L}\p{N}\p{M}]+/u)) {
      if (word.length < shortestWord || known.has(word)) continue;
      if (known.size >= mostNoted) known.clear();
      known.add(word);
      found.push(word);
    }
  }
  if (found.length === 0) return;
  db.run('INSERT OR IGNORE INTO words SELECT value FROM json_each(?)', listValue(found));
}

/** Shorter beginnings have an index of their own. */
const shortestSpelledOut = 4;
/** More take longer than they save. */
const mostSpelledOut = 32;
/** Where words are parted as the index parts them. */
const plainWord = /^[a-z0-9]+$/;
const wordsThatBegin = query<{ readonly word: string }>(
  `SELECT word FROM words WHERE word >= ?1 AND word < ?1 || '\u{10ffff}' LIMIT ${mostSpelledOut + 1}`,
);

/**
 * Says for beginnings of words which words are meant. The index reads whatever begins so, as far as
 * it goes, before it gives the first row; of whole words it reads as far as rows are asked for.
 */
export function spelledOut(
  db: Database,
  terms: readonly Term[],
): { readonly terms: readonly Spelled[]; readonly areAll: boolean } {
  let areAll = true;
  const spelled = terms.map((term) => {
    if (term.whole || term.words.length < shortestSpelledOut || !plainWord.test(term.words)) {
      return term;
    }
    const words = db.all(wordsThatBegin, term.words).map(({ word }) => word);
    if (words.length === 0) return term;
    if (words.length > mostSpelledOut) areAll = false;
    return { ...term, spelledOut: words.slice(0, mostSpelledOut) };
  });
  return { terms: spelled, areAll };
}

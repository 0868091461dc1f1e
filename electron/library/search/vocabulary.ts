import { type Database, listValue } from '../../database.ts';

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

import { type Database, listValue, query } from '../../database.ts';
import type { Query } from './query.ts';

/** Shorter words are one edit away from too many others. */
const shortestWord = 4;
const longestWord = 30;
/** Beginnings of the words that come nearest, of which the most frequent is taken. */
const mostNearest = 40;
const countedUpTo = 500;

const alphabets: readonly string[] = [
  'abcdefghijklmnopqrstuvwxyz0123456789',
  'абвгдежзийклмнопрстуфхцчшщъыьэюяіїє',
  'αβγδεζηθικλμνξοπρστυφχψως',
];

const last = '\u{10ffff}';
const wordsThatBegin = query<{ readonly word: string }>(
  `SELECT DISTINCT word FROM (
    SELECT (SELECT word FROM words WHERE word >= value AND word < value || ?2 LIMIT 1) AS word
    FROM json_each(?1)
  ) WHERE word IS NOT NULL LIMIT ${mostNearest}`,
);
const wordsThatAre = query<{ readonly word: string }>(
  `SELECT word FROM json_each(?1) JOIN words ON word = value LIMIT ${mostNearest}`,
);
const frequency = query<{ readonly tracks: number }>(
  `SELECT count(*) AS tracks FROM (
    SELECT 1 FROM track_words WHERE track_words MATCH ?1 LIMIT ${countedUpTo})`,
);

/**
 * The query with words that stand in no name exchanged for the most frequent that is one letter
 * more, less, other or moved. Null: each is known, or has nothing near it.
 */
export function corrected(db: Database, asked: Query): Query | null {
  const exchanged = new Map<string, string>();
  const terms = asked.terms.map((term) => {
    if (term.not || term.field === 'genre' || term.words.includes(' ')) return term;
    const better = isKnown(db, term.words) ? null : nearest(db, term.words);
    if (better === null) return term;
    exchanged.set(term.words, better);
    return { ...term, words: better };
  });
  if (exchanged.size === 0) return null;
  const name = asked.name
    .split(' ')
    .map((word) => exchanged.get(word) ?? word)
    .join(' ');
  return { ...asked, terms, name };
}

/** @returns a whole word or the beginning of one; null when nothing is near */
export function nearest(db: Database, word: string): string | null {
  if (word.length < shortestWord || word.length > longestWord) return null;
  const edits = listValue(oneEditAway(word));
  // A whole word is what was meant rather than the beginning of some longer one.
  const whole = db.all(wordsThatAre, edits);
  const near = whole.length > 0 ? whole : db.all(wordsThatBegin, edits, last);
  let best: { readonly word: string; readonly tracks: number } | null = null;
  for (const { word: one } of near) {
    const tracks = db.first(frequency, `"${one}"`)?.tracks ?? 0;
    if (tracks > (best?.tracks ?? 0)) best = { word: one, tracks };
  }
  return best?.word ?? null;
}

function isKnown(db: Database, word: string): boolean {
  return db.all(wordsThatBegin, listValue([word]), last).length > 0;
}

/** All texts that one letter parts from this one; letters are added from the word's own alphabet. */
function oneEditAway(word: string): string[] {
  const letters = Array.from(word);
  const alphabet = alphabets.find((all) => letters.some((letter) => all.includes(letter))) ?? '';
  const edits = new Set<string>();
  for (let at = 0; at <= letters.length; at += 1) {
    const before = letters.slice(0, at).join('');
    const here = letters[at] ?? '';
    const next = letters[at + 1] ?? '';
    const rest = letters.slice(at + 1).join('');
    for (const letter of alphabet) edits.add(before + letter + here + rest);
    if (here === '') continue;
    edits.add(before + rest);
    for (const letter of alphabet) edits.add(before + letter + rest);
    if (next !== '') edits.add(before + next + here + letters.slice(at + 2).join(''));
  }
  edits.delete(word);
  return [...edits];
}

/**
 * A name as lists are ordered by it: without accents and case, without the article or the
 * punctuation that it begins with.
 */
export function shelved(text: string): string {
  const folded = text
    .normalize('NFKD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
  return folded.replace(/^[^\p{L}\p{N}]+/u, '').replace(/^(?:the|an|a) (?=\S)/, '');
}

/** Reads the sort texts of the rows from `from` up to `to`, which may lie beyond the end. */
export type ReadTexts = (from: number, to: number) => Promise<readonly string[]>;

const chunkLength = 500;
/** In an unsorted list so many rows are looked through; typing must not read a whole library. */
const rowsLookedThrough = 10_000;

/**
 * The first row of a sorted list that begins with the typed letters: about twenty reads of one row
 * in a list of a million. Null when no row does. Lists order numbers by their value, not by their
 * digits, so these can't be found this way.
 */
export async function findSorted(
  typed: string,
  count: number,
  descending: boolean,
  read: ReadTexts,
): Promise<number | null> {
  const wanted = shelved(typed);
  const textAt = async (row: number) => shelved((await read(row, row + 1))[0] ?? '');
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    const begin = (await textAt(middle)).slice(0, wanted.length);
    const isBefore = descending ? begin > wanted : begin < wanted;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low < count && (await textAt(low)).startsWith(wanted) ? low : null;
}

/** The next row that begins with the typed letters, from `start` on and round the end. */
export async function findFrom(
  typed: string,
  start: number,
  count: number,
  read: ReadTexts,
): Promise<number | null> {
  const wanted = shelved(typed);
  const span = Math.min(count, rowsLookedThrough);
  for (let done = 0; done < span;) {
    const from = (start + done) % count;
    const to = Math.min(from + Math.min(chunkLength, span - done), count);
    const texts = await read(from, to);
    const found = texts.findIndex((text) => shelved(text).startsWith(wanted));
    if (found >= 0) return from + found;
    done += to - from;
  }
  return null;
}

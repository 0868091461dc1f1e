/**
 * Letters that Unicode does not take apart into a plain one and a mark, though people type them so.
 */
const plainLetters: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  ı: 'i',
  ħ: 'h',
};
/** Accents, and the vowel signs, hamzas and lengthening of Arabic, which are seldom typed. */
const marks = /[\u0300-\u036f\u0640\u064b-\u065f\u0670]/g;
const writtenWithoutSpaces =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/gu;

/** Most names: what is done for other scripts would change nothing in them, and takes its time. */
const plain = /^[!-~]+(?: [!-~]+)*$/;

/** One spelling for all that a reader takes for the same: case, accents, width, spaces. */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replaceAll(marks, '')
    .toLowerCase()
    .replaceAll(/[łøđðþæœßıħ]/g, (letter) => plainLetters[letter] ?? letter)
    .normalize('NFC')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

/**
 * Text as the search index holds it. Scripts without spaces get one around each character, so that
 * a query finds the middle of a title.
 */
export function searchText(text: string): string {
  const words = withoutMarks(text);
  return plain.test(words) ? words : words.replaceAll(writtenWithoutSpaces, ' $& ');
}

/** The words of a query, each as `searchText` would hold it: several parts when it needs spaces. */
export function searchWords(text: string): string[] {
  return withoutMarks(text)
    .split(/[^\p{L}\p{N}\p{M}\p{Co}]+/u)
    .filter((word) => /[\p{L}\p{N}\p{Co}]/u.test(word))
    .map((word) => searchText(word).trim());
}

/** Orders names as shelves do: no leading article or punctuation, numbers by their value. */
export function sortKey(text: string): string {
  const folded = fold(text);
  const bare = folded.replace(/^[^\p{L}\p{N}]+/u, '').replace(/^(?:the|an|a) (?=\S)/, '');
  return (bare === '' ? folded : bare).replaceAll(/\d+/g, (digits) => digits.padStart(8, '0'));
}

/** Folded, less apostrophes and the dots of R.E.M., which people leave out. */
function withoutMarks(text: string): string {
  const words = fold(text).replaceAll(/['’ʼ`]/g, '');
  if (!words.includes('.')) return words;
  return words.replaceAll(/(?<![\p{L}\p{N}])(?:\p{L}\.){2,}/gu, (initials) =>
    initials.replaceAll('.', ''),
  );
}

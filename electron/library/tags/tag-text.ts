const longestText = 1000;
const longestPassage = 64 * 1024;
const mostValues = 50;

/** A tag's text on one line, bounded, without what can't be shown. */
export function cleanText(text: string | undefined): string {
  if (text === undefined || isClean(text)) return text ?? '';
  return (
    text
      .slice(0, longestText)
      // Half a letter, by a cut through a pair of surrogates or as the file has it.
      .replace(/[\ud800-\udbff]$/, '')
      .replaceAll(/\p{Cs}/gu, '\ufffd')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
  );
}

/** A text of several lines, parted by "\n". */
export function cleanPassage(text: string | undefined): string {
  if (text === undefined) return '';
  return text
    .slice(0, longestPassage)
    .replace(/[\ud800-\udbff]$/, '')
    .replaceAll(/\p{Cs}/gu, '\ufffd')
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[^\P{Cc}\n\t]+/gu, ' ')
    .trim();
}

/**
 * Several values of one tag: written apart, or in one text parted by "; ". A comma or a slash parts
 * nothing: they stand in names (Tyler, The Creator; AC/DC).
 */
export function splitValues(values: readonly string[] | undefined): string[] {
  if (values === undefined) return [];
  const found: string[] = [];
  for (const value of values) {
    if (!value.includes('; ')) addNew(found, cleanText(value));
    else for (const part of value.slice(0, longestText).split('; ')) addNew(found, cleanText(part));
  }
  return found;
}

function addNew(found: string[], text: string): void {
  if (text !== '' && found.length < mostValues && !found.includes(text)) found.push(text);
}

/** Most texts need nothing: this is one pass over a few letters. */
function isClean(text: string): boolean {
  const length = text.length;
  if (length > longestText) return false;
  for (let at = 0; at < length; at += 1) {
    const letter = text.charCodeAt(at);
    const isPlain = letter >= 0x20 && letter < 0x7f;
    if (!isPlain && (letter < 0xa1 || letter >= 0xd800 || isBlank(letter))) return false;
  }
  return text.charCodeAt(0) !== 0x20 && text.charCodeAt(length - 1) !== 0x20;
}

/** What `trim` takes off, beyond Latin. */
function isBlank(letter: number): boolean {
  return letter >= 0x1680 && (letter <= 0x180e || (letter >= 0x2000 && letter <= 0x3000));
}

import type { IAudioMetadata } from 'music-metadata';

const longestText = 1000;
const mostValues = 50;

/** A tag's text on one line, bounded, without what can't be shown. */
export function cleanText(text: string | undefined): string {
  if (text === undefined) return '';
  return (
    text
      .slice(0, longestText)
      // A cut through a pair of surrogates leaves half a letter.
      .replace(/[\ud800-\udbff]$/, '')
      .replaceAll(/\p{Cc}+/gu, ' ')
      .trim()
  );
}

/**
 * Several values of one tag: written apart, or in one text parted by "; ". A comma or a slash parts
 * nothing: they stand in names (Tyler, The Creator; AC/DC).
 */
export function splitValues(values: readonly string[]): string[] {
  const parts = values.flatMap((value) => value.slice(0, longestText).split('; ')).map(cleanText);
  return [...new Set(parts.filter((part) => part !== ''))].slice(0, mostValues);
}

/** Artists as the file wrote them. */
export function writtenNames(
  { common, native, quality }: IAudioMetadata,
  role: 'artist' | 'albumartist',
): string[] {
  const [several, one] =
    role === 'artist' ? [common.artists, common.artist] : [common.albumartists, common.albumartist];
  const names = several ?? (one === undefined ? [] : [one]);
  // Of ID3 before 2.4 the parser takes every slash for a separator, which breaks AC/DC apart.
  const isOldId3 = 'ID3v2.3' in native || 'ID3v2.2' in native;
  const wasPartedByZero = quality.warnings.some(({ message }) =>
    message.includes('null-separator'),
  );
  const frames = role === 'artist' ? ['TPE1', 'TP1'] : ['TPE2', 'TP2'];
  if (!isOldId3 || wasPartedByZero) return splitValues(names);
  const written = [...(native['ID3v2.3'] ?? []), ...(native['ID3v2.2'] ?? [])]
    .filter(({ id }) => frames.includes(id))
    .map(({ value }) => String(value));
  return splitValues(isSame(names, written) ? [names.join('/')] : names);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((name, index) => name === b[index]);
}

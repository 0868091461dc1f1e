import type { AudioFormat } from '../../../shared/track.ts';
import { searchWords, sortKey } from '../fold.ts';

/** What a text asks for: all of it has to hold. */
export interface Query {
  readonly terms: readonly Term[];
  readonly limits: readonly Limit[];
  /** The plain words together, for comparing with whole names as `sortKey` has them; '' when none. */
  readonly name: string;
}

/** Words that have to stand beside each other in one column, or must not. */
export interface Term {
  /** Null: in any column. */
  readonly field: Field | null;
  /** As `searchText` holds them, never ''. */
  readonly words: string;
  /** Whether the last word is complete; otherwise any word that begins so will do. */
  readonly whole: boolean;
  readonly not: boolean;
}

export type Field = 'title' | 'artist' | 'album' | 'genre';

export type Limit = { readonly not: boolean } & (
  Span | { readonly on: 'format'; readonly formats: readonly AudioFormat[] } | { readonly on: Flag }
);

/** Both ends belong to it. `age`: days since the track came into the library. */
interface Span {
  readonly on: 'year' | 'plays' | 'rating' | 'age';
  readonly from: number;
  readonly to: number;
}

export type Flag = 'liked' | 'lossless' | 'unplayed' | 'away';

/** More would only make the search slower; the rest of such a text is passed over. */
const mostParts = 12;
const fields: readonly Field[] = ['title', 'artist', 'album', 'genre'];
const flags: readonly Flag[] = ['liked', 'lossless', 'unplayed', 'away'];
const formatNames: Readonly<Record<string, AudioFormat>> = {
  mp3: 'mp3',
  flac: 'flac',
  m4a: 'm4a',
  m4b: 'm4a',
  alac: 'm4a',
  aac: 'aac',
  ogg: 'ogg',
  vorbis: 'ogg',
  opus: 'opus',
  wav: 'wav',
  aiff: 'aiff',
  wma: 'wma',
  ape: 'ape',
  wavpack: 'wavpack',
  wv: 'wavpack',
  musepack: 'musepack',
  mpc: 'musepack',
  dsf: 'dsf',
  dff: 'dff',
};
const daysOfUnit: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30, y: 365 };
const part = /(?<not>-)?(?:(?<field>[a-z]+):)?(?:"(?<quoted>[^"]*)(?<end>"?)|(?<plain>[^\s"]*))/giu;

/**
 * Reads what stands in the search field. Any text is a query: a limit that is not typed to its end
 * does not limit yet, and what means nothing else is a word.
 */
export function parseQuery(text: string): Query {
  const terms: Term[] = [];
  const limits: Limit[] = [];
  const names: string[] = [];
  for (const { groups = {} } of text
    .replaceAll(/[“”„]/g, '"')
    .replaceAll('：', ':')
    .matchAll(part)) {
    const { plain, quoted } = groups;
    const not = groups['not'] !== undefined;
    const field = groups['field']?.toLowerCase() ?? '';
    const value = quoted ?? plain ?? '';
    const read = field === '' ? 'word' : readLimit(field, value, not);
    if (read === 'open') continue;
    if (read !== 'word') {
      limits.push(read);
      continue;
    }
    const own = fields.find((name) => name === field) ?? null;
    const said = own === null && field !== '' ? `${field}:${value}` : value;
    terms.push(
      ...termsOf(said, own, { not, quoted: quoted !== undefined, end: groups['end'] === '"' }),
    );
    if (!not && own === null) names.push(said);
  }
  return {
    terms: terms.slice(0, mostParts),
    limits: limits.slice(0, mostParts),
    name: sortKey(names.join(' ')),
  };
}

/** The same text with nothing in it that has a meaning of its own. */
export function asWords(text: string): Query {
  const plain = text.replaceAll(/["“”„：:]|(?<!\S)-/g, ' ');
  return {
    terms: termsOf(plain, null, { not: false, quoted: false, end: false }).slice(0, mostParts),
    limits: [],
    name: sortKey(plain),
  };
}

interface Marks {
  readonly not: boolean;
  readonly quoted: boolean;
  /** The closing quotation mark stands. */
  readonly end: boolean;
}

function termsOf(text: string, field: Field | null, { not, quoted, end }: Marks): Term[] {
  const words = searchWords(text);
  if (quoted) {
    return words.length === 0 ? [] : [{ field, words: words.join(' '), whole: end || not, not }];
  }
  // What is left out is left out as typed: "-li" on the way to "-live" must not hide half of all.
  return words.map((word) => ({ field, words: word, whole: not, not }));
}

/** @returns `open` for a limit that is still being typed, `word` for none */
function readLimit(field: string, value: string, not: boolean): Limit | 'open' | 'word' {
  const typed = value.trim().toLowerCase();
  switch (field) {
    case 'is': {
      const flag = flags.find((name) => name === typed);
      if (flag !== undefined) return { on: flag, not };
      return flags.some((name) => name.startsWith(typed)) ? 'open' : 'word';
    }
    case 'format': {
      if (typed === '') return 'open';
      const names = Object.keys(formatNames).filter((name) => name.startsWith(typed));
      const formats = names.flatMap((name) => formatNames[name] ?? []);
      return formats.length === 0 ? 'word' : { on: 'format', formats: [...new Set(formats)], not };
    }
    case 'year':
      return readSpan('year', typed, not, yearsOf);
    case 'plays':
    case 'rating':
      return readSpan(field, typed, not, countOf);
    case 'added':
      return readSpan('age', typed, not, daysOf);
    default:
      return fields.some((name) => name === field) && typed === '' ? 'open' : 'word';
  }
}

/** What one value stands for: "199" and "1990s" are ten years. */
type Extent = readonly [from: number, to: number];

function readSpan(
  on: Span['on'],
  typed: string,
  not: boolean,
  read: (value: string) => Extent | null,
): Limit | 'open' | 'word' {
  const range = /^(?<from>[\da-z]*)(?:\.\.|-)(?<to>[\da-z]*)$/.exec(typed)?.groups;
  if (range !== undefined) {
    const from = range['from'] === '' ? none : read(range['from'] ?? '');
    const to = range['to'] === '' ? none : read(range['to'] ?? '');
    if (from === null || to === null) return 'word';
    return from === none && to === none ? 'open' : { on, from: from[0], to: to[1], not };
  }
  const { sign = '', value = '' } = /^(?<sign>[<>]?=?)(?<value>.*)$/s.exec(typed)?.groups ?? {};
  if (value === '' || /^\d+\.$/.test(value)) return 'open';
  const extent = read(value);
  if (extent === null) return 'word';
  const [from, to] = extent;
  switch (sign) {
    case '>':
      return { on, from: to + step(on), to: Infinity, not };
    case '>=':
      return { on, from, to: Infinity, not };
    case '<':
      return { on, from: -Infinity, to: from - step(on), not };
    case '<=':
      return { on, from: -Infinity, to, not };
    default:
      // "added:30d" says what "added:<30d" does: nobody means that very day.
      return { on, from: on === 'age' ? -Infinity : from, to, not };
  }
}

const none: Extent = [-Infinity, Infinity];

/** Between one value and the next. Ages are no whole numbers. */
function step(on: Span['on']): number {
  return on === 'age' ? 0 : 1;
}

function yearsOf(value: string): Extent | null {
  const { digits = '', decade } = /^(?<digits>\d{1,4})(?<decade>s)?$/.exec(value)?.groups ?? {};
  if (digits === '') return null;
  const unit = decade === undefined ? 10 ** (4 - digits.length) : 10;
  const first = Number(digits) * (digits.length < 4 ? 10 ** (4 - digits.length) : 1);
  return [first, first + unit - 1];
}

function countOf(value: string): Extent | null {
  return /^\d{1,9}$/.test(value) ? [Number(value), Number(value)] : null;
}

function daysOf(value: string): Extent | null {
  const { count, unit } = /^(?<count>\d{1,5})(?<unit>[dwmy]?)$/.exec(value)?.groups ?? {};
  if (count === undefined) return null;
  const days = Number(count) * (daysOfUnit[unit ?? ''] ?? 1);
  return [days, days];
}

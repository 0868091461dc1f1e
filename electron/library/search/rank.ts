import type { Id } from '../../../shared/track.ts';
import type { Query } from './query.ts';

/** What a track is ranked by. Names are sort keys, as `sortKey` makes them. */
export interface Candidate {
  readonly id: Id;
  readonly title: string;
  readonly artist: string;
  readonly album: string;
  readonly disc: number;
  readonly track: number;
  /** How dear it is to the listener. */
  readonly score: number;
}

/**
 * Best first, as listeners expect: names typed in full, then a title together with its artist or
 * album ("beatles help"), then names that begin so, then titles with all the words, then the rest;
 * within each what the listener likes and plays, then as albums are played.
 */
export function rank(candidates: readonly Candidate[], query: Query): Id[] {
  const wanted = wordsOf(query.name);
  const ranked = candidates.map((candidate) => ({
    candidate,
    step: stepOf(candidate, query.name, wanted),
  }));
  ranked.sort((one, other) => one.step - other.step || inOrder(one.candidate, other.candidate));
  return ranked.map(({ candidate }) => candidate.id);
}

function inOrder(one: Candidate, other: Candidate): number {
  return (
    other.score - one.score ||
    textOrder(one.artist, other.artist) ||
    textOrder(one.album, other.album) ||
    one.disc - other.disc ||
    one.track - other.track ||
    textOrder(one.title, other.title) ||
    one.id - other.id
  );
}

function stepOf(
  { title, artist, album }: Candidate,
  name: string,
  wanted: readonly string[],
): number {
  if (name === '') return 0;
  if (title === name) return 0;
  if (artist === name || album === name) return 1;
  if (wanted.length > 1 && isTitleOf(wanted, title, artist, album)) return 1;
  if (title.startsWith(name)) return 2;
  if (artist.startsWith(name) || album.startsWith(name)) return 3;
  return hasAll(wordsOf(title), wanted) ? 4 : 5;
}

/** Whether the words are those of the whole title, and the others all of its artist or its album. */
function isTitleOf(
  wanted: readonly string[],
  title: string,
  artist: string,
  album: string,
): boolean {
  const titled = new Set(wordsOf(title));
  if (titled.size === 0 || ![...titled].every((word) => wanted.includes(word))) return false;
  const others = wanted.filter((word) => !titled.has(word) && !articles.has(word));
  return others.length > 0 && [artist, album].some((text) => hasAll(wordsOf(text), others));
}

/** Sort keys are without the one at their beginning. */
const articles = new Set(['the', 'a', 'an']);

/** The last word may still be being typed. */
function hasAll(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((word) => words.some((own) => own.startsWith(word)));
}

function wordsOf(name: string): string[] {
  return name
    .replaceAll(/['’ʼ`]/g, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
}

/** As SQLite compares texts, but for characters outside the basic plane. */
function textOrder(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

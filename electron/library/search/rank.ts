import type { Id } from '../../../shared/track.ts';
import type { Query } from './query.ts';

/** What a track is ranked by. Names are sort keys, as `sortKey` makes them. */
export type Candidate = readonly [
  id: Id,
  title: string,
  artist: string,
  album: string,
  disc: number,
  track: number,
];

/**
 * Best first, as listeners expect: names typed in full, then a title together with its artist or
 * album ("beatles help"), then names that begin so, then titles with all the words, then the rest;
 * within each what the listener likes and plays, then as albums are played.
 * @param scoreOf how dear a track is to the listener
 */
export function rank(
  candidates: readonly Candidate[],
  query: Query,
  scoreOf: (id: Id) => number,
): Id[] {
  const wanted = wordsOf(query.name);
  const ranked = candidates.map((candidate) => ({
    candidate,
    step: stepOf(candidate, query.name, wanted),
    score: scoreOf(candidate[0]),
  }));
  ranked.sort(
    (one, other) =>
      one.step - other.step || other.score - one.score || inOrder(one.candidate, other.candidate),
  );
  return ranked.map(({ candidate: [id] }) => id);
}

function inOrder(
  [id, title, artist, album, disc, track]: Candidate,
  [otherId, otherTitle, otherArtist, otherAlbum, otherDisc, otherTrack]: Candidate,
): number {
  return (
    textOrder(artist, otherArtist) ||
    textOrder(album, otherAlbum) ||
    disc - otherDisc ||
    track - otherTrack ||
    textOrder(title, otherTitle) ||
    id - otherId
  );
}

function stepOf(
  [, title, artist, album]: Candidate,
  name: string,
  wanted: readonly string[],
): number {
  if (name === '') return 0;
  if (title === name) return 0;
  if (artist === name || album === name) return 1;
  if (wanted.length > 1 && isTitleOf(wanted, title, artist, album)) return 1;
  if (title.startsWith(name)) return 2;
  if (artist.startsWith(name) || album.startsWith(name)) return 3;
  if (!title.includes(wanted[0] ?? '')) return 5;
  return hasAll(wordsOf(title), wanted) ? 4 : 5;
}

/** Whether the words are those of the whole title, and the others all of its artist or its album. */
function isTitleOf(
  wanted: readonly string[],
  title: string,
  artist: string,
  album: string,
): boolean {
  const titled = wordsOf(title);
  if (titled.length === 0 || !titled.every((word) => wanted.includes(word))) return false;
  const others = wanted.filter((word) => !titled.includes(word) && !articles.has(word));
  return others.length > 0 && [artist, album].some((text) => hasAll(wordsOf(text), others));
}

/** Sort keys are without the one at their beginning. */
const articles = new Set(['the', 'a', 'an']);

/** The last word may still be being typed. */
function hasAll(words: readonly string[], wanted: readonly string[]): boolean {
  return wanted.every((word) => words.some((own) => own.startsWith(word)));
}

/** Most names; to part them by their letters' kinds takes five times as long. */
const plain = /^[a-z0-9 ]+$/;

function wordsOf(name: string): string[] {
  if (plain.test(name)) return name.split(' ');
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

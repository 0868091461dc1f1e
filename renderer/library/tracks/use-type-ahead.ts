import { useRef } from 'react';
import type { TrackSort } from '../../../shared/track.ts';
import { useStores } from '../../stores.ts';
import { typeAheadText } from './columns.ts';
import { findFrom, findSorted } from './type-ahead.ts';

/** After so long without a letter the next one begins a new word. */
const pauseMilliseconds = 800;
/** A longer list that is sorted by text is searched by halving instead of from row to row. */
const shortList = 10_000;

/**
 * Goes to the next row that begins with the letters typed.
 * @param found called with that row; not called when no row begins so
 * @returns a function that takes each letter, the row to go on from, and the key's time stamp
 */
export function useTypeAhead(
  ids: Uint32Array,
  sort: TrackSort | null,
  found: (row: number) => void,
): (letter: string, active: number, milliseconds: number) => void {
  const typed = useRef({ text: '', at: 0 });
  const readTracks = useStores('library', (library) => library.readTracks);

  async function readTexts(from: number, to: number): Promise<readonly string[]> {
    const wanted = [...ids.subarray(from, to)];
    const tracks = new Map((await readTracks(wanted)).map((track) => [track.id, track]));
    return wanted.map((id) => {
      const track = tracks.get(id);
      return track === undefined ? '' : typeAheadText(track, sort);
    });
  }

  return (letter, active, milliseconds) => {
    const goesOn = milliseconds - typed.current.at < pauseMilliseconds;
    const text = goesOn ? typed.current.text + letter : letter;
    typed.current = { text, at: milliseconds };
    const isSortedByText = sort !== null && ['title', 'artist', 'album'].includes(sort.by);
    // A first letter goes on to the next row, more letters may still mean this one.
    const start = Math.max(0, goesOn ? active : active + 1) % Math.max(1, ids.length);
    const search =
      isSortedByText && ids.length > shortList && !/\p{N}/u.test(text)
        ? findSorted(text, ids.length, sort.descending, readTexts)
        : findFrom(text, start, ids.length, readTexts);
    void search.then((row) => {
      // Answers to fewer letters than are typed by now come too late.
      if (row !== null && typed.current.text === text) found(row);
    });
  };
}

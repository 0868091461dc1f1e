import type { AlbumList, Genre, Home, SearchResult } from '../../shared/library.ts';
import type { Playlist } from '../../shared/playlist.ts';
import type { Id, TrackList } from '../../shared/track.ts';
import type { Database } from '../database.ts';
import { createLists } from './lists.ts';
import { type Beside, besideOrHere, createLongAnswers, isLarge } from './long-answers.ts';
import { playables } from './playables.ts';
import { createRemembered } from './remembered.ts';
import {
  albums,
  createArtistRows,
  genres,
  home,
  loadTotals,
  mostPlayedTracks,
  readTotals,
  type Totals,
  trackDetails,
  tracks,
} from './rows.ts';
import { createSearch, type Found } from './search/search.ts';

export interface AnswersParts {
  readonly db: Database;
  readonly playlists: () => readonly Playlist[];
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly beside: Beside;
  /** Told of each search. */
  readonly typed: () => void;
}

export interface SearchInput {
  readonly text: string;
  readonly limit: number;
}

/**
 * What the window shows of the library: lists of ids, rows by their ids, searches. `load…` is for
 * whoever can wait: what takes a whole large library keeps no other question waiting then.
 */
export function createAnswers(parts: AnswersParts) {
  const { db } = parts;
  const beside = besideOrHere(db, parts.beside);
  const artists = createArtistRows(db);
  const search = createSearch(db, artists.read, parts.now, beside);
  const lists = createLists(db, (text) => search.find(text).trackIds, beside);
  const homes = createRemembered<Home>(1);
  const genreLists = createRemembered<readonly Genre[]>(1);
  const longTotals = createLongAnswers<Totals>();
  const longPlayed = createLongAnswers<Uint32Array>();

  function homeNow(): Home {
    return homes.remember('', () => home(db, readTotals(db), db.ids(mostPlayedTracks)));
  }

  function genresNow(): readonly Genre[] {
    return genreLists.remember('', () => genres(db, readTotals(db)));
  }

  function totalsBeside(): Promise<Totals> {
    return longTotals.load('', () => loadTotals(beside));
  }

  function searched({ text, limit }: SearchInput, find: (text: string) => Found): SearchResult {
    parts.typed();
    const startedAt = performance.now();
    const result = search.result(text, limit, find(text), parts.playlists());
    return { text, milliseconds: performance.now() - startedAt, ...result };
  }

  return {
    questions: {
      home: homeNow,
      async loadHome(): Promise<Home> {
        if (!isLarge(db)) return homeNow();
        const totals = await totalsBeside();
        return home(db, totals, await longPlayed.load('', () => beside.ids(mostPlayedTracks)));
      },
      trackIds: (list: TrackList) => lists.trackIds(list),
      async loadTrackIds(list: TrackList): Promise<Uint32Array> {
        if (list.from === 'search') await search.prepare(list.text);
        return lists.loadTrackIds(list);
      },
      /** Rows in the order of the ids; ids that are gone are left out. So for albums and artists. */
      tracks: (ids: readonly Id[]) => tracks(db, ids),
      playables: (ids: readonly Id[]) => playables(db, ids),
      details: (id: Id) => trackDetails(db, id),
      albumIds: (list: AlbumList) => lists.albumIds(list),
      loadAlbumIds: (list: AlbumList) => lists.loadAlbumIds(list),
      albums: (ids: readonly Id[]) => albums(db, ids),
      artistIds: () => lists.artistIds(),
      artists: (ids: readonly Id[]) => artists.read(ids),
      genres: genresNow,
      async loadGenres(): Promise<readonly Genre[]> {
        return isLarge(db) ? genres(db, await totalsBeside()) : genresNow();
      },
      search: (input: SearchInput) => searched(input, search.find),
      /** What is found at once, or the whole of it. */
      async loadSearch(input: SearchInput & { readonly whole: boolean }): Promise<SearchResult> {
        if (!input.whole) return searched(input, search.findSoon);
        await search.prepare(input.text);
        return searched(input, search.find);
      },
    },

    /** @param trackIds rows that changed in themselves; absent: lists may be others, too */
    forget(trackIds?: Uint32Array): void {
      search.forget(trackIds);
      lists.forget(trackIds === undefined ? 'all' : 'listening');
      homes.forget();
      longPlayed.forget();
      if (trackIds !== undefined) return;
      genreLists.forget();
      longTotals.forget();
      artists.forget();
    },
    /** Resolves when nothing is being loaded. */
    async close(): Promise<void> {
      await lists.close();
      await longTotals.close();
      await longPlayed.close();
    },
  };
}

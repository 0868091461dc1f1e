import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Input } from '../../shared/contract.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { RefrainError } from '../../shared/errors.ts';
import type {
  Album,
  Artist,
  DuplicateKind,
  DuplicatePage,
  ScanProgress,
  SearchResult,
} from '../../shared/library.ts';
import type { Id, Track, TrackSort } from '../../shared/track.ts';
import type { MainProcess } from '../main-process.ts';
import type { RowCache } from './row-cache.ts';
import { createRowCache } from './row-cache.ts';

/** The questions whose answers a screen follows for as long as it is open. */
export type Question =
  | 'library.home'
  | 'library.trackIds'
  | 'library.albumIds'
  | 'library.artistIds'
  | 'library.genres'
  | 'library.sources'
  | 'library.folder'
  | 'library.missing'
  | 'playlists.items';

/** What main last said. An older value stays while a newer one is under way, so nothing flickers. */
export interface Answer<Value> {
  readonly value: Value | undefined;
  readonly failed: ErrorCode | null;
}

export interface LibraryStore {
  readonly answers: ReadonlyMap<string, Answer<unknown>>;
  readonly scan: ScanProgress | null;
  /** Counts the changes beyond single rows, for whoever reads something in pages of its own. */
  readonly revision: number;
  readonly tracks: RowCache<Track>;
  readonly albums: RowCache<Album>;
  readonly artists: RowCache<Artist>;
  /** What stands in the search field. */
  readonly searchText: string;
  /** The newest answer; its `text` says to what. Null: nothing is searched for. */
  readonly found: SearchResult | null;

  /** Keeps an answer in `answers` up to date until the returned function is called. */
  readonly follow: <Name extends Question>(name: Name, input: Input<Name>) => () => void;
  readonly search: (text: string) => void;
  /** Rows that are needed now and in full, e.g. to look through their titles. */
  readonly readTracks: (ids: Id[]) => Promise<readonly Track[]>;
  readonly setLiked: (ids: Id[], liked: boolean) => Promise<void>;
  /** 0 takes the rating back. */
  readonly setRating: (ids: Id[], stars: number) => Promise<void>;
  /** @returns whether a folder was chosen */
  readonly chooseFolder: () => Promise<boolean>;
  /** Files and folders dropped on the window. */
  readonly addFiles: (files: readonly File[]) => Promise<void>;
  readonly addSample: () => Promise<void>;
  readonly removeSource: (id: Id) => Promise<void>;
  readonly keepMissing: (source: Id) => Promise<void>;
  readonly letGo: (source: Id) => Promise<void>;
  readonly readDuplicates: (kind: DuplicateKind, after: string | null) => Promise<DuplicatePage>;
  readonly showInFolder: (id: Id) => Promise<void>;
  readonly rescan: () => Promise<void>;
  readonly cancelScan: () => Promise<void>;
}

/** The name under which `answers` holds the answer to a question. */
export function answerKey<Name extends Question>(name: Name, input: Input<Name>): string {
  return input === undefined ? name : `${name} ${JSON.stringify(input)}`;
}

/** Answers that no screen follows any more but that going back would show at once. */
const answersKept = 16;
const searchLimit = 50;

interface Followed {
  readonly ask: () => Promise<unknown>;
  readonly changesWith: 'lists' | 'rows' | 'playlists';
  followers: number;
  asking: boolean;
  /** Something changed since the answer, or since the request that is under way. */
  stale: boolean;
}

/** Shows what is found at once, and then the rest, if there may be any. */
async function findAll(
  main: MainProcess,
  text: string,
  isNewest: () => boolean,
  show: (found: SearchResult) => void,
): Promise<void> {
  const soon = await main.ask('library.search', { text, limit: searchLimit, whole: false });
  if (!isNewest()) return;
  // That nothing was found at once does not say that there is nothing.
  if (!soon.more || soon.tracks.length > 0) show(soon);
  if (!soon.more) return;
  const whole = await main.ask('library.search', { text, limit: searchLimit, whole: true });
  if (isNewest()) show(whole);
}

export function createLibraryStore(main: MainProcess): StoreApi<LibraryStore> {
  const followed = new Map<string, Followed>();
  let searches = 0;

  const store = createStore<LibraryStore>()((set) => ({
    answers: new Map(),
    scan: null,
    revision: 0,
    tracks: createRowCache((ids) => main.ask('library.tracks', { ids })),
    albums: createRowCache((ids) => main.ask('library.albums', { ids })),
    artists: createRowCache((ids) => main.ask('library.artists', { ids })),
    searchText: '',
    found: null,

    follow(name, input) {
      const key = answerKey(name, input);
      const entry = followed.get(key) ?? {
        ask: () => main.ask(...([name, input] as unknown as Parameters<typeof main.ask>)),
        changesWith: whatChanges(name, input),
        followers: 0,
        asking: false,
        stale: true,
      };
      followed.delete(key);
      followed.set(key, entry);
      entry.followers += 1;
      void bringUpToDate(key, entry);
      return () => {
        entry.followers -= 1;
        forgetOldest();
      };
    },

    search(text) {
      const search = (searches += 1);
      set({ searchText: text });
      if (text.trim() === '') {
        set({ found: null });
        return;
      }
      // A slower answer to an earlier text must not replace a newer one.
      const isNewest = () => search === searches;
      findAll(main, text.slice(0, 200), isNewest, (found) => set({ found })).catch(() => undefined);
    },

    readTracks: (ids) => main.ask('library.tracks', { ids }),
    setLiked: (ids, liked) => main.ask('library.setLiked', { ids, liked }),
    setRating: (ids, stars) => main.ask('library.setRating', { ids, stars }),
    chooseFolder: () => main.ask('library.chooseFolder'),
    async addFiles(files) {
      const paths = [...main.pathsOf(files)];
      if (paths.length > 0) await main.ask('library.addPaths', { paths });
    },
    addSample: () => main.ask('library.addSample'),
    removeSource: (id) => main.ask('library.removeSource', { id }),
    keepMissing: (source) => main.ask('library.keepMissing', { source }),
    letGo: (source) => main.ask('library.letGo', { source }),
    readDuplicates: (kind, after) => main.ask('library.duplicates', { kind, after }),
    showInFolder: (id) => main.ask('library.showInFolder', { id }),
    rescan: () => main.ask('library.rescan'),
    cancelScan: () => main.ask('library.cancelScan'),
  }));

  async function bringUpToDate(key: string, entry: Followed): Promise<void> {
    if (entry.asking) return;
    entry.asking = true;
    while (entry.stale && entry.followers > 0) {
      entry.stale = false;
      try {
        remember(key, { value: await entry.ask(), failed: null });
      } catch (error) {
        const failed = error instanceof RefrainError ? error.code : 'internal';
        // Away for a moment: what is shown stays; main says `library.changed` when it is back.
        const value =
          failed === 'unavailable' ? store.getState().answers.get(key)?.value : undefined;
        remember(key, { value, failed });
      }
    }
    entry.asking = false;
  }

  function remember(key: string, answer: Answer<unknown>): void {
    if (!followed.has(key)) return;
    store.setState(({ answers }) => ({ answers: new Map(answers).set(key, answer) }));
  }

  function forgetOldest(): void {
    const idle = [...followed].filter(([, { followers }]) => followers === 0);
    const gone = idle.slice(0, Math.max(0, idle.length - answersKept)).map(([key]) => key);
    if (gone.length === 0) return;
    for (const key of gone) followed.delete(key);
    store.setState(({ answers }) => ({
      answers: new Map([...answers].filter(([key]) => followed.has(key))),
    }));
  }

  /** What nobody looks at is asked anew only when it is next opened. */
  function expire(isConcerned: (entry: Followed) => boolean): void {
    for (const [key, entry] of followed) {
      if (!isConcerned(entry)) continue;
      entry.stale = true;
      void bringUpToDate(key, entry);
    }
  }

  main.on('library.changed', ({ trackIds }) => {
    const { tracks, albums, artists, searchText, search } = store.getState();
    tracks.expire(trackIds);
    if (trackIds === undefined) {
      albums.expire();
      artists.expire();
    }
    if (trackIds === undefined || trackIds.length === 0) {
      store.setState(({ revision }) => ({ revision: revision + 1 }));
    }
    expire(({ changesWith }) => trackIds === undefined || changesWith === 'rows');
    if (searchText !== '') search(searchText);
  });
  main.on('playlists.changed', () => {
    expire(({ changesWith }) => changesWith === 'playlists');
  });
  main.on('library.scanned', (scan) => {
    store.setState({ scan });
  });
  main
    .ask('library.scan')
    .then((scan) => {
      // An event that came first is newer than this answer.
      store.setState((state) => (state.scan === null ? { scan } : {}));
    })
    .catch(() => undefined);

  return store;
}

/** A like, a rating or a count leaves most lists as they are: a million ids are not asked for again. */
function whatChanges(name: Question, input: unknown): Followed['changesWith'] {
  if (name === 'playlists.items') return 'playlists';
  if (name === 'library.home') return 'rows';
  const list = input as Partial<{ from: string; sort: TrackSort }> | undefined;
  const followsListening = list?.from === 'liked' || list?.from === 'search';
  const by = list?.sort?.by;
  return followsListening || by === 'plays' || by === 'rating' ? 'rows' : 'lists';
}

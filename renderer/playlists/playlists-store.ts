import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { Playlist } from '../../shared/playlist.ts';
import type { Id, TrackList } from '../../shared/track.ts';
import type { MainProcess } from '../main-process.ts';

/** Every change is main's: these ask for it, and `all` follows when it has been made. */
export interface PlaylistsStore {
  /** Null until main has answered for the first time. */
  readonly all: readonly Playlist[] | null;
  /** A playlist that is being made: the listener is asked for its name. */
  readonly naming: Naming | null;
  /** The playlist whose name is being changed where it stands. */
  readonly renaming: Id | null;

  /** @param suggestion stands in the field at first */
  readonly askName: (tracks: TrackList | null, suggestion: string) => void;
  readonly dropName: () => void;
  readonly startRenaming: (id: Id) => void;
  readonly stopRenaming: () => void;

  /** @returns the new playlist's id */
  readonly create: (name: string, tracks: TrackList | null) => Promise<Id>;
  readonly rename: (id: Id, name: string) => Promise<void>;
  readonly remove: (id: Id) => Promise<void>;
  /** @returns the copy's id */
  readonly duplicate: (id: Id) => Promise<Id>;
  readonly add: (id: Id, tracks: TrackList) => Promise<void>;
  readonly removeItems: (id: Id, itemIds: Id[]) => Promise<void>;
  /** Puts the items, in their present order, in front of `before`; null: at the end. */
  readonly moveItems: (id: Id, itemIds: Id[], before: Id | null) => Promise<void>;
}

export interface Naming {
  readonly tracks: TrackList | null;
  readonly suggestion: string;
}

export function createPlaylistsStore(main: MainProcess): StoreApi<PlaylistsStore> {
  const store = createStore<PlaylistsStore>()((set) => ({
    all: null,
    naming: null,
    renaming: null,
    askName: (tracks, suggestion) => set({ naming: { tracks, suggestion } }),
    dropName: () => set({ naming: null }),
    startRenaming: (renaming) => set({ renaming }),
    stopRenaming: () => set({ renaming: null }),

    create: (name, tracks) => main.ask('playlists.create', { name, tracks }),
    rename: (id, name) => main.ask('playlists.rename', { id, name }),
    remove: (id) => main.ask('playlists.remove', { id }),
    duplicate: (id) => main.ask('playlists.duplicate', { id }),
    add: (id, tracks) => main.ask('playlists.add', { id, tracks }),
    removeItems: (id, itemIds) => main.ask('playlists.removeItems', { id, itemIds }),
    moveItems: (id, itemIds, before) => main.ask('playlists.moveItems', { id, itemIds, before }),
  }));

  main.on('playlists.changed', (all) => {
    store.setState({ all });
  });
  main
    .ask('playlists.all')
    .then((all) => {
      // An event that came first is newer than this answer.
      store.setState((state) => (state.all === null ? { all } : {}));
    })
    .catch(() => undefined);

  return store;
}

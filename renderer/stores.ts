import { createContext, useContext } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Words } from '../shared/words/en.ts';
import type { AccountStore } from './account/account-store.ts';
import type { AdsStore } from './ads/ads-store.ts';
import type { LibraryStore } from './library/library-store.ts';
import type { SessionStore } from './player/session-store.ts';
import type { PlaylistsStore } from './playlists/playlists-store.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { ShellStore } from './shell/shell-store.ts';

/**
 * Every store of the window, built in main.tsx. Each is a vanilla zustand store whose state holds
 * what main last said and the functions that ask main; none imports another.
 */
export interface Stores {
  readonly session: StoreApi<SessionStore>;
  readonly library: StoreApi<LibraryStore>;
  readonly playlists: StoreApi<PlaylistsStore>;
  readonly account: StoreApi<AccountStore>;
  readonly ads: StoreApi<AdsStore>;
  readonly settings: StoreApi<SettingsStore>;
  readonly shell: StoreApi<ShellStore>;
}

export const StoresContext = createContext<Stores | null>(null);
export const WordsContext = createContext<Words | null>(null);

type StateOf<Store> = Store extends StoreApi<infer State> ? State : never;

/** Follows one part of one store: `useStores('session', (session) => session.view.now)`. */
export function useStores<Name extends keyof Stores, Part>(
  name: Name,
  select: (state: StateOf<Stores[Name]>) => Part,
): Part {
  const stores = useContext(StoresContext);
  if (stores === null) throw new Error('useStores outside of StoresContext');
  return useZustand(stores[name] as StoreApi<StateOf<Stores[Name]>>, select);
}

/** The words of the listener's language. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('useWords outside of WordsContext');
  return words;
}

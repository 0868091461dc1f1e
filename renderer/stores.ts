import { createContext, useContext } from 'react';
import { useStore as useZustand } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';
import type { Words } from '../shared/words/en.ts';
import type { AccountStore } from './account/account-store.ts';
import type { AdsStore } from './ads/ads-store.ts';
import type { EditingStore } from './editing/editing-store.ts';
import type { LibraryStore } from './library/library-store.ts';
import type { OutputsStore } from './player/outputs-store.ts';
import type { SessionStore } from './player/session-store.ts';
import type { WaveformStore } from './player/waveform-store.ts';
import type { NotedStore } from './noted/noted-store.ts';
import type { PlaylistsStore } from './playlists/playlists-store.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { ShellStore } from './shell/shell-store.ts';

/** What each store of the window holds: what main last said, and the functions that ask main. */
interface States {
  readonly session: SessionStore;
  readonly waveform: WaveformStore;
  readonly library: LibraryStore;
  readonly playlists: PlaylistsStore;
  readonly editing: EditingStore;
  readonly account: AccountStore;
  readonly ads: AdsStore;
  readonly settings: SettingsStore;
  readonly noted: NotedStore;
  readonly outputs: OutputsStore;
  readonly shell: ShellStore;
}

/** Vanilla zustand stores, built in main.tsx; none imports another. */
export type Stores = { readonly [Name in keyof States]: StoreApi<States[Name]> };

export const StoresContext = createContext<Stores | null>(null);
export const WordsContext = createContext<Words | null>(null);

/** Follows one part of one store: `useStores('session', (session) => session.view.now)`. */
export function useStores<Name extends keyof States, Part>(
  name: Name,
  select: (state: States[Name]) => Part,
): Part {
  const stores = useContext(StoresContext);
  if (stores === null) throw new Error('useStores outside of StoresContext');
  return useZustand<StoreApi<States[Name]>, Part>(stores[name], select);
}

/** The words of the listener's language. */
export function useWords(): Words {
  const words = useContext(WordsContext);
  if (words === null) throw new Error('useWords outside of WordsContext');
  return words;
}

import {
  Check,
  CircleStop,
  CornerUpRight,
  Disc3,
  FolderOpen,
  Heart,
  HeartOff,
  ListEnd,
  ListMinus,
  ListMusic,
  ListPlus,
  Mic2,
  Pencil,
  Play,
  Plus,
  Star,
} from 'lucide-react';
import type { Id, Track, TrackList } from '../../../shared/track.ts';
import { useStores, useWords } from '../../stores.ts';
import type { MenuEntry } from '../../ui/menu.tsx';

/** What a menu is about. */
export interface ChosenTracks {
  /** Null: more than a request may carry. */
  readonly tracks: TrackList | null;
  /** The same tracks one by one; null when they are too many to name. */
  readonly ids: Id[] | null;
  /** The row the menu was asked on; places to go to and "liked" are its. */
  readonly track: Track | null;
  /** What a playlist made of them would be called. */
  readonly suggestion: string;
  readonly play: () => void;
  /** Absent where tracks can't be taken out of the list. */
  readonly remove?: (() => void) | undefined;
}

/** Builds the menu that is the same wherever tracks are: for a row, a selection, a whole album. */
export function useTrackMenu(): (chosen: ChosenTracks) => readonly MenuEntry[] {
  const words = useWords().tracks;
  const go = useStores('shell', (shell) => shell.go);
  const enqueue = useStores('session', (session) => session.enqueue);
  const setLiked = useStores('library', (library) => library.setLiked);
  const showInFolder = useStores('library', (library) => library.showInFolder);
  const addTo = usePlaylistMenu();
  const rate = useRateMenu();
  const edit = useEditMenu();
  const stop = useStopMenu();

  return ({ tracks, ids, track, suggestion, play, remove }) => {
    if (tracks === null)
      return [{ label: words.tooMany, disabled: true, onAction: () => undefined }];
    const liked = track?.liked === true;
    return [
      { label: words.play, icon: Play, onAction: play },
      {
        label: words.playNext,
        icon: CornerUpRight,
        onAction: () => void enqueue(tracks, 'next'),
      },
      { label: words.enqueue, icon: ListEnd, onAction: () => void enqueue(tracks, 'end') },
      ...stop(track),
      addTo(tracks, suggestion),
      ...(ids === null
        ? []
        : [
            {
              label: liked ? words.unlike : words.like,
              icon: liked ? HeartOff : Heart,
              onAction: () => void setLiked(ids, !liked),
            },
            rate(ids, track?.rating ?? 0),
          ]),
      ...(track === null
        ? []
        : ([
            'separator',
            {
              label: words.goToAlbum,
              icon: Disc3,
              onAction: () => go({ screen: 'album', id: track.albumId }),
            },
            {
              label: words.goToArtist,
              icon: Mic2,
              onAction: () => go({ screen: 'artist', id: track.artistId }),
            },
            {
              label: words.showInFolder,
              icon: FolderOpen,
              onAction: () => void showInFolder(track.id),
            },
          ] as const)),
      'separator',
      edit(tracks),
      ...(remove === undefined
        ? []
        : ([
            'separator',
            { label: words.removeFromPlaylist, icon: ListMinus, keys: 'Del', onAction: remove },
          ] as const)),
    ];
  };
}

/** Of what plays: that the queue stops at its end, or doesn't. */
function useStopMenu(): (track: Track | null) => readonly MenuEntry[] {
  const { player } = useWords();
  const now = useStores('session', ({ view }) => view.now);
  const stopsHere = useStores('session', ({ view }) => view.stopAfter === view.now?.entry);
  const toggle = useStores('session', (session) => session.toggleStopAfterCurrent);
  return (track) => {
    if (track === null || track.id !== now?.track.id) return [];
    const icon = stopsHere ? Check : CircleStop;
    return [
      { label: player.stopAfterCurrent, icon, keys: 'Ctrl+.', onAction: () => void toggle() },
    ];
  };
}

/** Opens the tag editor. */
export function useEditMenu(): (tracks: TrackList) => MenuEntry {
  const words = useWords().editing;
  const open = useStores('editing', (editing) => editing.open);
  return (tracks) => ({ label: words.edit, icon: Pencil, onAction: () => void open(tracks) });
}

/** "Rate" with every rating below it; the present one is marked. */
function useRateMenu(): (ids: Id[], present: number) => MenuEntry {
  const words = useWords().rating;
  const setRating = useStores('library', (library) => library.setRating);
  return (ids, present) => ({
    label: words.rate,
    icon: Star,
    items: ratings.map((stars) => ({
      label: stars === 0 ? words.none : words.stars(stars),
      keys: `Ctrl+${stars}`,
      ...(stars === present && { icon: Check }),
      onAction: () => void setRating(ids, stars),
    })),
  });
}

const ratings = [5, 4, 3, 2, 1, 0] as const;

/** "Add to playlist" with every playlist, and a new one, below it. */
export function usePlaylistMenu(): (tracks: TrackList, suggestion: string) => MenuEntry {
  const words = useWords().tracks;
  const playlists = useStores('playlists', (store) => store.all);
  const add = useStores('playlists', (store) => store.add);
  const askName = useStores('playlists', (store) => store.askName);
  return (tracks, suggestion) => ({
    label: words.addToPlaylist,
    icon: ListPlus,
    items: [
      { label: words.newPlaylist, icon: Plus, onAction: () => askName(tracks, suggestion) },
      ...(playlists === null || playlists.length === 0 ? [] : (['separator'] as const)),
      ...(playlists ?? []).map(({ id, name }) => ({
        label: name,
        icon: ListMusic,
        onAction: () => void add(id, tracks),
      })),
    ],
  });
}

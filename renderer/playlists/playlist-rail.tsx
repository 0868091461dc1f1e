import { Copy, FolderOpen, ListEnd, ListMusic, Pencil, Play, Plus, Trash2 } from 'lucide-react';
import type { DragEvent } from 'react';
import { useState } from 'react';
import type { Playlist } from '../../shared/playlist.ts';
import { coverUrl } from '../../shared/urls.ts';
import type { Id } from '../../shared/track.ts';
import { RouteLink } from '../route-link.tsx';
import { useStores, useWords } from '../stores.ts';
import { carriedTracks, carriesTracks } from '../track-drag.ts';
import { IconButton } from '../ui/button.tsx';
import type { MenuEntry } from '../ui/menu.tsx';
import { useContextMenu } from '../ui/menu.tsx';
import { NewPlaylistDialog } from './new-playlist-dialog.tsx';
import './playlist-rail.css';

/** The listener's playlists. Tracks dropped on one are added; dropped on "+" they make a new one. */
export function PlaylistRail() {
  const words = useWords();
  const all = useStores('playlists', (store) => store.all);
  const askName = useStores('playlists', (store) => store.askName);
  const add = useStores('playlists', (store) => store.add);
  const { open, menu } = useContextMenu(words.playlists.menu);
  const menuOf = usePlaylistMenu();
  const drop = useTrackDrop();

  return (
    <nav className="playlist-rail" aria-label={words.rail.playlists}>
      <div
        className="playlist-rail-head"
        {...drop('new', (tracks) => askName(tracks, words.playlists.defaultName))}
      >
        <h2>{words.rail.playlists}</h2>
        <IconButton
          size="small"
          icon={Plus}
          label={words.playlists.create}
          onPress={() => askName(null, words.playlists.defaultName)}
        />
      </div>
      {all?.length === 0 && <p className="playlist-rail-none">{words.playlists.noneYet}</p>}
      <ul>
        {(all ?? []).map((playlist) => (
          <li
            key={playlist.id}
            title={playlist.name}
            onContextMenu={(event) => open(event, menuOf(playlist))}
            {...drop(playlist.id, (tracks) => void add(playlist.id, tracks))}
          >
            <PlaylistLink playlist={playlist} />
          </li>
        ))}
      </ul>
      {menu}
      <NewPlaylistDialog />
    </nav>
  );
}

function PlaylistLink({ playlist: { id, name, covers } }: { readonly playlist: Playlist }) {
  const isHere = useStores('shell', ({ route }) => route.screen === 'playlist' && route.id === id);
  const [cover] = covers;
  return (
    <RouteLink to={{ screen: 'playlist', id }} className="playlist-link" current={isHere}>
      <span className="playlist-link-art">
        {cover === undefined ? (
          <ListMusic size={16} aria-hidden />
        ) : (
          <img src={coverUrl(cover, 96)} alt="" draggable={false} />
        )}
      </span>
      <span className="playlist-link-name ellipsis">{name}</span>
    </RouteLink>
  );
}

function usePlaylistMenu(): (playlist: Playlist) => readonly MenuEntry[] {
  const words = useWords();
  const go = useStores('shell', (shell) => shell.go);
  const play = useStores('session', (session) => session.play);
  const enqueue = useStores('session', (session) => session.enqueue);
  const startRenaming = useStores('playlists', (store) => store.startRenaming);
  const duplicate = useStores('playlists', (store) => store.duplicate);
  const remove = useStores('playlists', (store) => store.remove);
  return ({ id, tracks }) => {
    const list = { from: 'playlist', id } as const;
    const isEmpty = tracks === 0;
    const show = (shown: Id) => go({ screen: 'playlist', id: shown });
    return [
      {
        label: words.tracks.play,
        icon: Play,
        disabled: isEmpty,
        onAction: () => void play(list, 0),
      },
      {
        label: words.tracks.enqueue,
        icon: ListEnd,
        disabled: isEmpty,
        onAction: () => void enqueue(list, 'end'),
      },
      'separator',
      { label: words.playlists.open, icon: FolderOpen, onAction: () => show(id) },
      {
        label: words.playlists.rename,
        icon: Pencil,
        onAction: () => {
          show(id);
          startRenaming(id);
        },
      },
      {
        label: words.playlists.duplicate,
        icon: Copy,
        onAction: () => void duplicate(id).then(show),
      },
      {
        label: words.playlists.remove,
        icon: Trash2,
        danger: true,
        onAction: () => void remove(id),
      },
    ];
  };
}

type Dropped = NonNullable<ReturnType<typeof carriedTracks>>;

/** Makes an element take dropped tracks, and marks the one that they are held over. */
function useTrackDrop() {
  const [over, setOver] = useState<Id | 'new' | null>(null);
  return (target: Id | 'new', take: (tracks: Dropped) => void) => ({
    'data-over': over === target || undefined,
    onDragOver(event: DragEvent) {
      if (!carriesTracks(event.dataTransfer)) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setOver(target);
    },
    onDragLeave(event: DragEvent) {
      if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(null);
    },
    onDrop(event: DragEvent) {
      setOver(null);
      const tracks = carriedTracks(event.dataTransfer);
      if (tracks === null) return;
      event.preventDefault();
      take(tracks);
    },
  });
}

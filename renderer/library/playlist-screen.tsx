import { Copy, Ellipsis, ListEnd, ListMusic, Pencil, Trash2 } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Playlist } from '../../shared/playlist.ts';
import type { Id } from '../../shared/track.ts';
import { useStores, useWords } from '../stores.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { useAnswer } from './answers.ts';
import { Collage } from './cards/collage.tsx';
import { Gone } from './gone.tsx';
import { Hero } from './hero.tsx';
import { PlayButtons } from './play-buttons.tsx';
import { Screen } from './screen.tsx';
import { TrackGrid } from './tracks/track-grid.tsx';

export function PlaylistScreen({ id }: { readonly id: Id }) {
  const all = useStores('playlists', (store) => store.all);
  if (all === null) return <Screen key={id}>{null}</Screen>;
  const playlist = all.find((known) => known.id === id);
  return playlist === undefined ? <Gone /> : <PlaylistPage key={id} playlist={playlist} />;
}

function PlaylistPage({ playlist }: { readonly playlist: Playlist }) {
  const words = useWords();
  const { id, name } = playlist;
  const go = useStores('shell', (shell) => shell.go);
  const removeItems = useStores('playlists', (store) => store.removeItems);
  const moveItems = useStores('playlists', (store) => store.moveItems);
  const { value: items } = useAnswer('playlists.items', { id });
  const edits = useMemo(
    () =>
      items && {
        keys: items.itemIds,
        remove: (keys: Id[]) => removeItems(id, keys),
        move: (keys: Id[], before: Id | null) => moveItems(id, keys, before),
      },
    [items, id, removeItems, moveItems],
  );
  return (
    <Screen>
      <PlaylistHero playlist={playlist} isEmpty={items?.itemIds.length === 0} />
      {items?.itemIds.length === 0 && (
        <EmptyState
          icon={ListMusic}
          title={words.playlists.emptyTitle}
          text={words.playlists.emptyText}
        >
          <Button look="filled" onPress={() => go({ screen: 'songs' })}>
            {words.library.browseSongs}
          </Button>
        </EmptyState>
      )}
      {items !== undefined && items.itemIds.length > 0 && edits !== undefined && (
        <TrackGrid
          label={name}
          list={{ from: 'playlist', id }}
          ids={items.trackIds}
          edits={edits}
          suggestion={name}
        />
      )}
    </Screen>
  );
}

function PlaylistHero({
  playlist,
  isEmpty,
}: {
  readonly playlist: Playlist;
  readonly isEmpty: boolean;
}) {
  const words = useWords();
  const { id, name, tracks, seconds, covers } = playlist;
  const go = useStores('shell', (shell) => shell.go);
  const enqueue = useStores('session', (session) => session.enqueue);
  const startRenaming = useStores('playlists', (store) => store.startRenaming);
  const remove = useStores('playlists', (store) => store.remove);
  const duplicate = useStores('playlists', (store) => store.duplicate);
  const list = { from: 'playlist', id } as const;
  return (
    <Hero
      kind={words.library.playlist}
      title={<PlaylistName key={name} playlist={playlist} />}
      art={<Collage title={name} covers={covers} />}
      ground={covers[0] ?? null}
      notes={[words.tracks.songs(tracks), tracks === 0 ? null : words.library.length(seconds)]}
    >
      <PlayButtons tracks={list} disabled={isEmpty} />
      <MenuButton
        label={words.library.moreFor(name)}
        button={<IconButton icon={Ellipsis} label={words.library.moreFor(name)} />}
        entries={[
          {
            label: words.tracks.enqueue,
            icon: ListEnd,
            disabled: isEmpty,
            onAction: () => void enqueue(list, 'end'),
          },
          'separator',
          { label: words.playlists.rename, icon: Pencil, onAction: () => startRenaming(id) },
          {
            label: words.playlists.duplicate,
            icon: Copy,
            onAction: () => void duplicate(id).then((copy) => go({ screen: 'playlist', id: copy })),
          },
          {
            label: words.playlists.remove,
            icon: Trash2,
            danger: true,
            onAction: () => void remove(id).then(() => go({ screen: 'home' })),
          },
        ]}
      />
    </Hero>
  );
}

/** The name as a heading; a double click, or "Rename", makes it a field in the same place. */
function PlaylistName({ playlist: { id, name } }: { readonly playlist: Playlist }) {
  const isRenaming = useStores('playlists', (store) => store.renaming === id);
  const startRenaming = useStores('playlists', (store) => store.startRenaming);
  if (isRenaming) return <NameField id={id} name={name} />;
  return (
    <h1 className="hero-title" title={name} onDoubleClick={() => startRenaming(id)}>
      {name}
    </h1>
  );
}

function NameField({ id, name }: { readonly id: Id; readonly name: string }) {
  const words = useWords();
  const stopRenaming = useStores('playlists', (store) => store.stopRenaming);
  const rename = useStores('playlists', (store) => store.rename);
  const [typed, setTyped] = useState(name);
  const field = useRef<HTMLInputElement>(null);

  useEffect(() => {
    // A menu that led here gives the focus back to its button in the next frame, and comes first.
    const frame = requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.select();
    });
    return () => cancelAnimationFrame(frame);
  }, []);

  function keep(): void {
    stopRenaming();
    const next = typed.trim();
    if (next !== '' && next !== name) void rename(id, next);
  }
  function pressKey(event: KeyboardEvent): void {
    if (event.key === 'Enter') keep();
    if (event.key === 'Escape') stopRenaming();
  }
  return (
    <h1>
      <input
        ref={field}
        className="hero-name-field"
        aria-label={words.playlists.name}
        value={typed}
        maxLength={200}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={pressKey}
        onBlur={keep}
      />
    </h1>
  );
}

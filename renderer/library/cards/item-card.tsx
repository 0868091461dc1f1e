import { CornerUpRight, ListEnd, Mic2, Play, Shuffle } from 'lucide-react';
import { useStores, useWords } from '../../stores.ts';
import { Cover } from '../../ui/cover.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { useEditMenu, usePlaylistMenu } from '../tracks/track-menu.ts';
import type { CardItem } from './card-item.ts';
import type { CardPlace } from './card.tsx';
import { Card } from './card.tsx';
import { Collage } from './collage.tsx';
import { Tile } from './tile.tsx';

export function ItemCard({ item, place }: { readonly item: CardItem; readonly place: CardPlace }) {
  if (item.kind === 'genre') return <Tile item={item} place={place} />;
  return (
    <Card
      to={item.to}
      title={item.title}
      note={item.note}
      tracks={item.tracks}
      round={item.kind === 'artist'}
      away={item.away ?? false}
      place={place}
      art={
        item.kind === 'playlist' ? (
          <Collage title={item.title} covers={item.covers} />
        ) : (
          <Cover hash={item.covers[0] ?? null} title={item.title} size={320} decorative />
        )
      }
    />
  );
}

/** The menu of a card: everything that its page's buttons do, without going there. */
export function useItemMenu(): (item: CardItem) => readonly MenuEntry[] {
  const words = useWords();
  const play = useStores('session', (session) => session.play);
  const enqueue = useStores('session', (session) => session.enqueue);
  const go = useStores('shell', (shell) => shell.go);
  const addTo = usePlaylistMenu();
  const edit = useEditMenu();
  return ({ tracks, title, artist }) => [
    { label: words.tracks.play, icon: Play, onAction: () => void play(tracks, 0) },
    {
      label: words.library.shuffle,
      icon: Shuffle,
      onAction: () => void play(tracks, null, { shuffle: true }),
    },
    {
      label: words.tracks.playNext,
      icon: CornerUpRight,
      onAction: () => void enqueue(tracks, 'next'),
    },
    { label: words.tracks.enqueue, icon: ListEnd, onAction: () => void enqueue(tracks, 'end') },
    addTo(tracks, title),
    ...(artist === undefined
      ? []
      : ([
          'separator',
          { label: words.tracks.goToArtist, icon: Mic2, onAction: () => go(artist) },
        ] as const)),
    'separator',
    edit(tracks),
  ];
}

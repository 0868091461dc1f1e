import { ArrowDown, ArrowUp, Blend, CircleStop, Disc3, MicVocal, Play, X } from 'lucide-react';
import type { QueueView } from '../../../shared/session.ts';
import type { Track } from '../../../shared/track.ts';
import { useStores, useWords } from '../../stores.ts';
import type { MenuEntry } from '../../ui/menu.tsx';
import type { SessionStore } from '../session-store.ts';

/**
 * What can be done with an entry, as a menu.
 * @param askJoin asks how the track at a place is to go over into the next
 */
export function useQueueMenu(
  { entryIds, index }: QueueView,
  session: Pick<SessionStore, 'jump' | 'removeEntries' | 'moveEntries'>,
  askJoin: (place: number) => void,
): (place: number, track: Track | null) => readonly MenuEntry[] {
  const { queue: words } = useWords();
  const go = useStores('shell', (shell) => shell.go);
  const stopAfter = useStores('session', ({ view }) => view.stopAfter);
  const setStopAfter = useStores('session', (store) => store.setStopAfter);
  return (place, track) => {
    const entry = entryIds[place];
    if (entry === undefined) return [];
    return [
      { label: words.playNow, icon: Play, keys: 'Enter', onAction: () => void session.jump(entry) },
      {
        label: words.moveUp,
        icon: ArrowUp,
        keys: 'Alt+↑',
        disabled: place === 0,
        onAction: () => void session.moveEntries([entry], entryIds[place - 1] ?? null),
      },
      {
        label: words.moveDown,
        icon: ArrowDown,
        keys: 'Alt+↓',
        disabled: place === entryIds.length - 1,
        onAction: () => void session.moveEntries([entry], entryIds[place + 2] ?? null),
      },
      'separator',
      {
        label: stopAfter === entry ? words.stopNot : words.stopAfterThis,
        icon: CircleStop,
        disabled: place < index,
        onAction: () => void setStopAfter(stopAfter === entry ? null : entry),
      },
      {
        label: words.join,
        icon: Blend,
        disabled: place === entryIds.length - 1,
        onAction: () => askJoin(place),
      },
      ...(track === null ? [] : placesOf(track)),
      'separator',
      {
        label: words.remove,
        icon: X,
        keys: 'Del',
        onAction: () => void session.removeEntries([entry]),
      },
    ];
  };

  function placesOf(track: Track): readonly MenuEntry[] {
    return [
      'separator',
      {
        label: words.goToAlbum,
        icon: Disc3,
        onAction: () => go({ screen: 'album', id: track.albumId }),
      },
      {
        label: words.goToArtist,
        icon: MicVocal,
        onAction: () => go({ screen: 'artist', id: track.artistId }),
      },
    ];
  }
}

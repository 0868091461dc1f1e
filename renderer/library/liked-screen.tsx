import { Heart } from 'lucide-react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useTrackList } from './answers.ts';
import { PlayButtons } from './play-buttons.tsx';
import { Screen, ScreenHead } from './screen.tsx';
import { TrackGrid } from './tracks/track-grid.tsx';
import { useSorting } from './use-sorting.ts';

/** What the listener has given a heart, the newest first unless sorted otherwise. */
export function LikedScreen() {
  const words = useWords();
  const go = useStores('shell', (shell) => shell.go);
  const sorting = useSorting('liked', true);
  const known = useTrackList({
    from: 'liked',
    ...(sorting.sort && { sort: sorting.sort }),
  });
  const count = known?.ids.length;
  return (
    <Screen>
      <ScreenHead
        title={words.rail.liked}
        note={count === undefined ? undefined : words.tracks.songs(count)}
      >
        {known !== null && known.ids.length > 0 && <PlayButtons tracks={known.list} />}
      </ScreenHead>
      {count === 0 && (
        <EmptyState
          icon={Heart}
          title={words.library.noLikedTitle}
          text={words.library.noLikedText}
        >
          <Button look="filled" onPress={() => go({ screen: 'songs' })}>
            {words.library.browseSongs}
          </Button>
        </EmptyState>
      )}
      {known !== null && known.ids.length > 0 && (
        <TrackGrid label={words.rail.liked} {...known} sorting={sorting} />
      )}
    </Screen>
  );
}

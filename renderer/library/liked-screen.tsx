import { Heart } from 'lucide-react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useAnswer } from './answers.ts';
import { PlayButtons } from './play-buttons.tsx';
import { Screen, ScreenHead } from './screen.tsx';
import { TrackGrid } from './tracks/track-grid.tsx';
import { useSorting } from './use-sorting.ts';

/** What the listener has given a heart, the newest first unless sorted otherwise. */
export function LikedScreen() {
  const words = useWords();
  const go = useStores('shell', (shell) => shell.go);
  const sorting = useSorting('liked', true);
  const list = { from: 'liked', ...(sorting.sort && { sort: sorting.sort }) } as const;
  const { value: ids } = useAnswer('library.trackIds', list);
  return (
    <Screen>
      <ScreenHead title={words.rail.liked} note={ids && words.tracks.songs(ids.length)}>
        {ids !== undefined && ids.length > 0 && <PlayButtons tracks={list} />}
      </ScreenHead>
      {ids?.length === 0 && (
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
      {ids !== undefined && ids.length > 0 && (
        <TrackGrid label={words.rail.liked} list={list} ids={ids} sorting={sorting} />
      )}
    </Screen>
  );
}

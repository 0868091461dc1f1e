import { useWords } from '../stores.ts';
import { useAnswer } from './answers.ts';
import { NoMusic } from './no-music.tsx';
import { PlayButtons } from './play-buttons.tsx';
import { Screen, ScreenHead } from './screen.tsx';
import { TrackGrid } from './tracks/track-grid.tsx';
import { useSorting } from './use-sorting.ts';

/** Every track of the library. */
export function SongsScreen() {
  const words = useWords();
  const sorting = useSorting('songs', false);
  const list = { from: 'all', ...(sorting.sort && { sort: sorting.sort }) } as const;
  const { value: ids } = useAnswer('library.trackIds', list);
  return (
    <Screen>
      <ScreenHead title={words.rail.songs} note={ids && words.tracks.songs(ids.length)}>
        {ids !== undefined && ids.length > 0 && <PlayButtons tracks={list} />}
      </ScreenHead>
      {ids?.length === 0 && <NoMusic />}
      {ids !== undefined && ids.length > 0 && (
        <TrackGrid label={words.rail.songs} list={list} ids={ids} sorting={sorting} />
      )}
    </Screen>
  );
}

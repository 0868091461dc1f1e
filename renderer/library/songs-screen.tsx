import { RouteLink } from '../route-link.tsx';
import { useWords } from '../stores.ts';
import { useTrackList } from './answers.ts';
import { NoMusic } from './no-music.tsx';
import { PlayButtons } from './play-buttons.tsx';
import { Screen, ScreenHead } from './screen.tsx';
import { TrackGrid } from './tracks/track-grid.tsx';
import { useSorting } from './use-sorting.ts';

/** Every track of the library. */
export function SongsScreen() {
  const words = useWords();
  const sorting = useSorting('songs', false);
  const known = useTrackList({
    from: 'all',
    ...(sorting.sort && { sort: sorting.sort }),
  });
  const count = known?.ids.length;
  return (
    <Screen>
      <ScreenHead
        title={words.rail.songs}
        note={count === undefined ? undefined : words.tracks.songs(count)}
      >
        {known !== null && known.ids.length > 0 && (
          <>
            <PlayButtons tracks={known.list} />
            <RouteLink to={{ screen: 'duplicates' }} className="ui-button ui-button-quiet">
              {words.duplicates.title}
            </RouteLink>
          </>
        )}
      </ScreenHead>
      {count === 0 && <NoMusic />}
      {known !== null && known.ids.length > 0 && (
        <TrackGrid label={words.rail.songs} {...known} sorting={sorting} />
      )}
    </Screen>
  );
}

import { useWords } from '../stores.ts';
import { useAnswer } from './answers.ts';
import { albumItem, genreItem } from './cards/card-item.ts';
import { Shelf } from './cards/shelf.tsx';
import { NoMusic } from './no-music.tsx';
import { Screen, ScreenHead } from './screen.tsx';
import { TrackTiles } from './track-tiles.tsx';

/** Ways back into the music, the nearest first. */
export function HomeScreen() {
  const words = useWords();
  const { value: home } = useAnswer('library.home');
  return (
    <Screen>
      <ScreenHead title={words.rail.home} />
      {home?.tracks === 0 && <NoMusic />}
      {home !== undefined && (
        <>
          <Shelf
            title={words.library.jumpBackIn}
            items={home.recentlyPlayed.map((album) => albumItem(album, words))}
          />
          <Shelf
            title={words.library.recentlyAdded}
            items={home.recentlyAdded.map((album) => albumItem(album, words))}
            all={{ screen: 'albums' }}
          />
          <TrackTiles title={words.library.mostPlayed} tracks={home.mostPlayed} />
          <Shelf
            title={words.rail.genres}
            items={home.genres.map((genre) => genreItem(genre, words))}
            all={{ screen: 'genres' }}
          />
        </>
      )}
    </Screen>
  );
}

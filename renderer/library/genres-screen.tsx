import { Tags } from 'lucide-react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useAnswer } from './answers.ts';
import { CardGrid } from './cards/card-grid.tsx';
import { genreItem } from './cards/card-item.ts';
import { Screen, ScreenHead } from './screen.tsx';

export function GenresScreen() {
  const words = useWords();
  const go = useStores('shell', (shell) => shell.go);
  const { value: genres } = useAnswer('library.genres');
  return (
    <Screen>
      <ScreenHead title={words.rail.genres} note={genres && words.library.genres(genres.length)} />
      {genres?.length === 0 && (
        <EmptyState
          icon={Tags}
          title={words.library.noGenresTitle}
          text={words.library.noGenresText}
        >
          <Button onPress={() => go({ screen: 'songs' })}>{words.library.browseSongs}</Button>
        </EmptyState>
      )}
      {genres !== undefined && genres.length > 0 && (
        <CardGrid
          label={words.rail.genres}
          count={genres.length}
          shape="tile"
          itemAt={(place) => {
            const genre = genres[place];
            return genre && genreItem(genre, words);
          }}
        />
      )}
    </Screen>
  );
}

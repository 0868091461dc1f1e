import { useCallback } from 'react';
import { useStores, useWords } from '../stores.ts';
import { useAnswer, useRows } from './answers.ts';
import { CardGrid } from './cards/card-grid.tsx';
import { artistItem } from './cards/card-item.ts';
import { NoMusic } from './no-music.tsx';
import { Screen, ScreenHead } from './screen.tsx';

export function ArtistsScreen() {
  const words = useWords();
  const { value: ids } = useAnswer('library.artistIds');
  return (
    <Screen>
      <ScreenHead title={words.rail.artists} note={ids && words.library.artists(ids.length)} />
      {ids?.length === 0 && <NoMusic />}
      {ids !== undefined && ids.length > 0 && <ArtistCards ids={ids} />}
    </Screen>
  );
}

function ArtistCards({ ids }: { readonly ids: Uint32Array }) {
  const words = useWords();
  const cache = useStores('library', (library) => library.artists);
  const rows = useRows(cache);
  const want = useCallback(
    (from: number, to: number) => cache.want(ids.subarray(from, to)),
    [cache, ids],
  );
  return (
    <CardGrid
      label={words.rail.artists}
      count={ids.length}
      itemAt={(place) => {
        const artist = rows.get(ids[place] ?? 0);
        return artist ? artistItem(artist, words) : undefined;
      }}
      onShown={want}
    />
  );
}

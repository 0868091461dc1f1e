import { ArrowUpDown } from 'lucide-react';
import { useCallback } from 'react';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { MenuButton } from '../ui/menu.tsx';
import { useAnswer, useRows } from './answers.ts';
import { CardGrid } from './cards/card-grid.tsx';
import { albumItem } from './cards/card-item.ts';
import { NoMusic } from './no-music.tsx';
import { Screen, ScreenHead } from './screen.tsx';
import { useSorting } from './use-sorting.ts';

const sorts = ['artist', 'title', 'year', 'added'] as const;

export function AlbumsScreen() {
  const words = useWords();
  const { sort: remembered, change } = useSorting('albums', true);
  const sort = sorts.find((name) => name === remembered?.by) ?? 'artist';
  const { value: ids } = useAnswer('library.albumIds', { from: 'all', sort });
  return (
    <Screen>
      <ScreenHead title={words.rail.albums} note={ids && words.library.albums(ids.length)}>
        <MenuButton
          label={words.library.sortBy}
          button={
            <Button look="quiet" icon={ArrowUpDown}>
              <span className="sr-only">{words.library.sortBy}</span>
              {words.library.albumSorts[sort]}
            </Button>
          }
          entries={sorts.map((by) => ({
            label: words.library.albumSorts[by],
            onAction: () => change({ by, descending: false }),
          }))}
        />
      </ScreenHead>
      {ids?.length === 0 && <NoMusic />}
      {ids !== undefined && ids.length > 0 && <AlbumCards label={words.rail.albums} ids={ids} />}
    </Screen>
  );
}

/** @param props.note what stands below each title */
export function AlbumCards({
  label,
  ids,
  note = 'artist',
}: {
  readonly label: string;
  readonly ids: Uint32Array;
  readonly note?: 'artist' | 'year';
}) {
  const words = useWords();
  const cache = useStores('library', (library) => library.albums);
  const rows = useRows(cache);
  const want = useCallback(
    (from: number, to: number) => cache.want(ids.subarray(from, to)),
    [cache, ids],
  );
  return (
    <CardGrid
      label={label}
      count={ids.length}
      itemAt={(place) => {
        const album = rows.get(ids[place] ?? 0);
        return album ? albumItem(album, words, note) : undefined;
      }}
      onShown={want}
    />
  );
}

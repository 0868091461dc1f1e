import { Search, SearchX } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { SearchResult } from '../../shared/library.ts';
import { useStores, useWords } from '../stores.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useAnswer } from './answers.ts';
import { albumItem, artistItem, playlistItem } from './cards/card-item.ts';
import { Shelf } from './cards/shelf.tsx';
import { Screen, Section } from './screen.tsx';
import { SearchHints } from './search-hints.tsx';
import { TopResult } from './top-result.tsx';
import { TrackGrid } from './tracks/track-grid.tsx';
import './search.css';

/** What is found for the text in the search field, as it is typed. */
export function SearchScreen() {
  const words = useWords();
  const text = useStores('library', (library) => library.searchText.trim());
  const found = useStores('library', (library) => library.found);
  return (
    <Screen>
      <h1 className="sr-only">{words.rail.search}</h1>
      {text === '' && (
        <>
          <EmptyState
            icon={Search}
            title={words.library.searchEmptyTitle}
            text={words.library.searchEmptyText}
          />
          <SearchHints />
        </>
      )}
      {text !== '' && found !== null && <Results found={found} />}
      <div className="sr-only" aria-live="polite">
        {text !== '' && found !== null && words.library.found(countOf(found), found.corrected)}
      </div>
    </Screen>
  );
}

const fewTracks = 6;

function Results({ found }: { readonly found: SearchResult }) {
  const words = useWords();
  /** The text whose songs are all shown; another text begins with the best few again. */
  const [allOf, setAllOf] = useState<string | null>(null);
  const showsAll = allOf === found.text;
  const { top, tracks, albums, artists, playlists } = found;
  if (countOf(found) === 0) {
    return (
      <>
        <EmptyState
          icon={SearchX}
          title={words.library.searchNothingTitle(found.text)}
          text={words.library.searchNothingText}
        />
        <SearchHints />
      </>
    );
  }
  return (
    <div data-search-results>
      {found.corrected !== null && (
        <p className="search-corrected">{words.library.searchedInstead(found.corrected)}</p>
      )}
      <div className="search-top">
        {top !== null && !showsAll && <TopResult top={top} />}
        {tracks.length > 0 && (
          <Section
            title={words.rail.songs}
            aside={
              tracks.length > fewTracks && (
                <Button look="quiet" onPress={() => setAllOf(showsAll ? null : found.text)}>
                  {showsAll ? words.library.showFewer : words.library.allSongsFound}
                </Button>
              )
            }
          >
            {showsAll ? <AllSongs text={found.text} /> : <BestSongs found={found} />}
          </Section>
        )}
      </div>
      <Shelf title={words.rail.albums} items={albums.map((album) => albumItem(album, words))} />
      <Shelf
        title={words.rail.artists}
        items={artists.map((artist) => artistItem(artist, words))}
      />
      <Shelf
        title={words.rail.playlists}
        items={playlists.map((playlist) => playlistItem(playlist, words))}
      />
    </div>
  );
}

/** The best few; what follows them when one is played is the rest of what came with them. */
function BestSongs({ found }: { readonly found: SearchResult }) {
  const words = useWords();
  const ids = useMemo(() => Uint32Array.from(found.tracks, ({ id }) => id), [found]);
  return (
    <TrackGrid
      label={words.rail.search}
      list={{ from: 'tracks', ids: [...ids] }}
      ids={ids}
      shownAtMost={fewTracks}
    />
  );
}

function AllSongs({ text }: { readonly text: string }) {
  const words = useWords();
  const list = { from: 'search', text } as const;
  const { value: ids } = useAnswer('library.trackIds', list);
  return ids && <TrackGrid label={words.rail.search} list={list} ids={ids} />;
}

function countOf({ tracks, albums, artists, playlists }: SearchResult): number {
  return tracks.length + albums.length + artists.length + playlists.length;
}

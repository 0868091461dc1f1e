import type { Genre } from '../../shared/library.ts';
import type { Id } from '../../shared/track.ts';
import { useStores, useWords } from '../stores.ts';
import { useAnswer, useListRows, useTrackList } from './answers.ts';
import { albumItem } from './cards/card-item.ts';
import { Collage } from './cards/collage.tsx';
import { Shelf } from './cards/shelf.tsx';
import { Gone } from './gone.tsx';
import { Hero, HeroTitle } from './hero.tsx';
import { PlayButtons } from './play-buttons.tsx';
import { Screen, Section } from './screen.tsx';
import { TrackGrid } from './tracks/track-grid.tsx';
import { useSorting } from './use-sorting.ts';

const noIds = new Uint32Array();
const shelfLength = 50;

export function GenreScreen({ id }: { readonly id: Id }) {
  const { value: genres } = useAnswer('library.genres');
  if (genres === undefined) return <Screen key={id}>{null}</Screen>;
  const genre = genres.find((known) => known.id === id);
  if (genre === undefined) return <Gone />;
  return <GenrePage key={id} genre={genre} />;
}

function GenrePage({ genre }: { readonly genre: Genre }) {
  const words = useWords();
  const sorting = useSorting('genre', true);
  const list = {
    from: 'genre',
    id: genre.id,
    ...(sorting.sort && { sort: sorting.sort }),
  } as const;
  const known = useTrackList(list);
  return (
    <Screen>
      <Hero
        kind={words.library.genre}
        title={<HeroTitle>{genre.name}</HeroTitle>}
        art={<Collage title={genre.name} covers={genre.covers} />}
        ground={genre.covers[0] ?? null}
        notes={[words.library.albums(genre.albums), words.tracks.songs(genre.tracks)]}
      >
        <PlayButtons tracks={list} />
      </Hero>
      <GenreAlbums id={genre.id} />
      <Section title={words.rail.songs}>
        {known !== null && (
          <TrackGrid label={genre.name} {...known} sorting={sorting} suggestion={genre.name} />
        )}
      </Section>
    </Screen>
  );
}

function GenreAlbums({ id }: { readonly id: Id }) {
  const words = useWords();
  const cache = useStores('library', (library) => library.albums);
  const { value: ids = noIds } = useAnswer('library.albumIds', { from: 'genre', id });
  const rows = useListRows(cache, ids, 0, shelfLength);
  const items = [...ids.subarray(0, shelfLength)].flatMap((albumId) => {
    const album = rows.get(albumId);
    return album ? [albumItem(album, words)] : [];
  });
  return <Shelf title={words.rail.albums} items={items} />;
}
